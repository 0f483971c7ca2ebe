"""Galleries of a person's own: from a SPARQL endpoint over Wikidata, or from a data set's rows."""
