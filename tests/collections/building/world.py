"""A small graph in Wikidata's terms: what the shipped query finds, and what it leaves out."""

from __future__ import annotations

PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix commons: <http://commons.wikimedia.org/wiki/Special:FilePath/> .
"""

GRAPH = (
    PREFIXES
    + """
wd:Q5582 rdfs:label "Vincent van Gogh"@en , "Vincent van Gogh"@nl ;
    wdt:P569 "1853-03-30T00:00:00Z"^^xsd:dateTime ; wdt:P570 "1890-07-29T00:00:00Z"^^xsd:dateTime .
wd:Q296 rdfs:label "Claude Monet"@mul ;
    wdt:P569 "1840-11-14T00:00:00Z"^^xsd:dateTime ; wdt:P570 "1926-12-05T00:00:00Z"^^xsd:dateTime .
wd:Q5593 rdfs:label "Pablo Picasso"@en ;
    wdt:P569 "1881-10-25T00:00:00Z"^^xsd:dateTime ; wdt:P570 "1973-04-08T00:00:00Z"^^xsd:dateTime .
wd:Q1955 rdfs:label "Painter of the last year"@en ;
    wdt:P570 "1955-12-31T00:00:00Z"^^xsd:dateTime .

# Found: many values in every list, the title in both languages.
wd:Q45585 wdt:P31 wd:Q3305213 ; wdt:P18 commons:VanGogh%20Starry%20Night.jpg ; wdt:P170 wd:Q5582 ;
    rdfs:label "The Starry Night"@en , "La Nuit étoilée"@fr , "De sterrennacht"@nl ;
    wdt:P571 "1889-06-01T00:00:00Z"^^xsd:dateTime ; wdt:P135 wd:Q1 ; wdt:P136 wd:Q2 , wd:Q3 ;
    wdt:P186 wd:Q4 , wd:Q5 ; wdt:P195 wd:Q6 ; wdt:P180 wd:Q7 , wd:Q8 , wd:Q9 .
wd:Q1 rdfs:label "Post-Impressionism"@en , "postimpressionnisme"@fr .
wd:Q2 rdfs:label "landscape painting"@en . wd:Q3 rdfs:label "nocturne"@en .
wd:Q4 rdfs:label "canvas"@en . wd:Q5 rdfs:label "oil paint"@en .
wd:Q6 rdfs:label "Museum of Modern Art"@en .
wd:Q7 rdfs:label "moon"@en . wd:Q8 rdfs:label "star"@en .
wd:Q9 rdfs:label "village"@en , "dorp"@nl .

# Found: a French title alone, an unknown date, two pictures, a name for all languages.
wd:Q9000 wdt:P31 wd:Q3305213 ; wdt:P18 commons:A%20b.jpg , commons:C.jpg ; wdt:P170 wd:Q296 ;
    rdfs:label "Un jardin"@fr ; wdt:P571 _:some .
# Found: two painters who both died in time; nothing else is known.
wd:Q70 wdt:P31 wd:Q3305213 ; wdt:P18 commons:Two.png ; wdt:P170 wd:Q1955 , wd:Q296 ;
    rdfs:label "Two hands"@en .

# Not found, in this order: no picture; no title in English or French; died too late; one of two
# died too late; no painter known; not a painting.
wd:Q101 wdt:P31 wd:Q3305213 ; wdt:P170 wd:Q5582 ; rdfs:label "No picture"@en .
wd:Q102 wdt:P31 wd:Q3305213 ; wdt:P170 wd:Q5582 ; wdt:P18 commons:X.jpg ; rdfs:label "Titel"@de .
wd:Q103 wdt:P31 wd:Q3305213 ; wdt:P170 wd:Q5593 ; wdt:P18 commons:X.jpg ; rdfs:label "Late"@en .
wd:Q104 wdt:P31 wd:Q3305213 ; wdt:P170 wd:Q5593 , wd:Q5582 ; wdt:P18 commons:X.jpg ;
    rdfs:label "Late, too"@en .
wd:Q105 wdt:P31 wd:Q3305213 ; wdt:P18 commons:X.jpg ; rdfs:label "Nobody"@en .
wd:Q106 wdt:P31 wd:Q860861 ; wdt:P170 wd:Q5582 ; wdt:P18 commons:X.jpg ; rdfs:label "Bronze"@en .
"""
)


def many(count: int, things: int = 3) -> str:
    """Paintings Q1000 to Q(1000 + count - 1), each with a title and so many things."""
    lines = [
        f'wd:Q{number} rdfs:label "Painting {number}"@en ; wdt:P180 '
        + " , ".join(f'"thing {n} of {number}"' for n in range(things))
        + " ."
        for number in range(1000, 1000 + count)
    ]
    return PREFIXES + "\n".join(lines)


QUERY = """
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?painting ?title ?depicts
WHERE { ?painting rdfs:label ?title ; wdt:P180 ?depicts }  # as many rows as things
"""
