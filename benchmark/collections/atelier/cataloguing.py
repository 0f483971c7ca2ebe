"""The catalogue graph of a gallery: what a museum would know of it, out of all that is so.

Every painting has its title, painter, date, genre and style; of what it depicts some is recorded
and some is not. Concepts are recorded unevenly, as cataloguers record them: each concept has a
rate of its own, drawn from Beta(3, 2) (mean 0.6, deviation 0.2) and the same in every gallery; then
all rates of a gallery are shifted alike on the logit scale until RECORDED of all pairs of painting
and concept are to be had. Sacred and mythological figures are recorded in the same way. Which
paintings of a concept have it recorded is drawn by digest. No colour, count, order, relation,
light, weather, mood or palette is told.

    python -m benchmark.collections.atelier.cataloguing

writes catalogue.ttl beside each graph.ttl and pins it anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

import pyoxigraph as ox
from scipy.optimize import brentq
from scipy.special import expit, logit

from benchmark.collections import graph
from benchmark.collections.atelier.paths import CATALOGUE, GALLERY, GRAPH, HOME, SPLITS
from benchmark.collections.atelier.terms import CRM, DCT, OWN, PREFIXES, RDFS, SCHEMA, SKOS
from benchmark.collections.pins import pin
from benchmark.errors import one_line
from benchmark.workspace import digest_of

RECORDED = 0.6
SEED = "the catalogue of the atelier, 1"
_BETA = (3.0, 2.0)

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DEPICTS, _FIGURE = f"{CRM}P62_depicts", f"{OWN}figure"
_KINDS = ("concept", "figure", "genre", "style", "painter", "school")
"""Kinds of things (as their addresses say) that a museum keeps apart."""
_KEPT = frozenset((
    _TYPE, f"{SCHEMA}identifier", f"{SCHEMA}name", f"{SCHEMA}creator", f"{SCHEMA}dateCreated",
    f"{SCHEMA}birthDate", f"{SCHEMA}deathDate", f"{OWN}genre", f"{OWN}style", f"{OWN}attribute",
    f"{OWN}kind", f"{OWN}pupilOf", f"{CRM}P107i_is_current_or_former_member_of", f"{RDFS}label",
    f"{RDFS}comment", f"{DCT}source", f"{SKOS}inScheme", f"{SKOS}notation", f"{SKOS}prefLabel",
    f"{SKOS}broader",
))  # fmt: skip
_OWN_TERMS = ("vocabulary", "genre", "style", "figure", "attribute", "kind", "pupilOf")
_PAINTING = f"{OWN}painting:"


def catalogue(facts: Path) -> list[ox.Triple]:
    """The triples of a gallery's graph that its catalogue has; the same at every call.

    What is depicted stands in the order of its addresses, so that no order tells the main subject.
    """
    told: list[ox.Triple] = []
    depicted: list[ox.Triple] = []
    for quad in ox.parse(path=str(facts), format=ox.RdfFormat.TURTLE):
        triple = quad.triple
        subject, verb = _address(triple.subject), triple.predicate.value
        if "/" in subject.removeprefix(OWN) and subject.startswith(_PAINTING):
            continue  # a single thing, with its colour and number
        if verb in (_DEPICTS, _FIGURE) and subject.startswith(_PAINTING):
            depicted.append(triple)
        elif verb in _KEPT and _kept(subject):
            told.append(triple)
    ours: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in recorded(depicted):
        ours[_address(triple.subject)].append(triple)
    found: list[ox.Triple] = []
    for triple, following in zip(told, [*told[1:], None], strict=True):
        found.append(triple)
        if following is None or following.subject != triple.subject:
            found += ours.pop(_address(triple.subject), [])
    return found


def recorded(depicted: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Those of what paintings depict that are recorded, in the order of their addresses."""
    found: list[ox.Triple] = []
    for verb in (_FIGURE, _DEPICTS):
        of: dict[str, set[ox.Triple]] = defaultdict(set)
        for triple in depicted:
            if triple.predicate.value == verb:
                of[_address(triple.object)].add(triple)
        numbers = quotas({concept: len(triples) for concept, triples in of.items()})
        for concept, triples in of.items():
            drawn = sorted(triples, key=lambda t: digest_of(SEED, *_ends(t)))
            found += drawn[: numbers[concept]]
    return sorted(found, key=lambda t: (t.predicate.value, *_ends(t)))


def rate(concept: str) -> float:
    """The share of its paintings that a concept is recorded for, before the shift."""
    return Random(f"{SEED}/{concept}").betavariate(*_BETA)


def quotas(counts: Mapping[str, int]) -> dict[str, int]:
    """How many of the paintings of each concept have it recorded: RECORDED of all, rounded."""
    own = {concept: float(logit(rate(concept))) for concept in counts}
    wanted = round(RECORDED * sum(counts.values()))

    def expected(shift: float) -> dict[str, float]:
        return {c: counts[c] * float(expit(own[c] + shift)) for c in counts}

    shift = brentq(lambda s: sum(expected(s).values()) - RECORDED * sum(counts.values()), -20, 20)
    shares = expected(shift)
    found = {concept: int(share) for concept, share in shares.items()}
    # The largest remainders get what rounding down has left over.
    rest = sorted(shares, key=lambda concept: (found[concept] - shares[concept], concept))
    for concept in rest[: wanted - sum(found.values())]:
        found[concept] += 1
    return found


def write(folder: Path) -> None:
    """Write the catalogue graph of a gallery's folder from its exhaustive graph."""
    graph.write(catalogue(folder / GRAPH), folder / CATALOGUE, PREFIXES)


def _ends(triple: ox.Triple) -> tuple[str, str]:
    return _address(triple.subject), _address(triple.object)


def _address(term: object) -> str:
    assert isinstance(term, ox.NamedNode), "this graph has no blank nodes"
    return term.value


def _kept(subject: str) -> bool:
    kind = subject.removeprefix(OWN).partition(":")[0]
    return (
        subject.removeprefix(OWN) in _OWN_TERMS or subject.startswith(_PAINTING) or kind in _KINDS
    )


if __name__ == "__main__":
    with one_line():
        for split in SPLITS:
            write(GALLERY / split)
        pin(HOME)
