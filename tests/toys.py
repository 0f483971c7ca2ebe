"""Toy submissions of the abilities beyond encoding, over the gallery of eight colours."""

from __future__ import annotations

RERANKER = '''
"""The share of a picture that has the colours a text names: it sees both together."""
import numpy as np

COLOURS = {
    "red": (230, 20, 20), "green": (20, 200, 30), "blue": (20, 30, 230),
    "yellow": (240, 230, 20), "white": (250, 250, 250), "black": (5, 5, 5),
}


class Encoder:
    def rerank(self, text, images):
        wanted = [COLOURS[word] for word in text.split() if word in COLOURS] or [(127, 127, 127)]
        seen = [np.asarray(image, np.float32).reshape(-1, 3).mean(axis=0) for image in images]
        return [-min(np.abs(colour - one).max() for one in wanted) for colour in seen]
'''

CAPTIONER = '''
"""The word of the nearest colour."""
import numpy as np

COLOURS = {
    "red": (230, 20, 20), "green": (20, 200, 30), "blue": (20, 30, 230),
    "yellow": (240, 230, 20), "white": (250, 250, 250), "black": (5, 5, 5),
    "orange": (250, 140, 10), "violet": (140, 20, 200),
}


class Encoder:
    def caption(self, images):
        return [self.one(np.asarray(image).reshape(-1, 3).mean(axis=0)) for image in images]

    def one(self, colour):
        near = min(COLOURS, key=lambda name: np.abs(np.array(COLOURS[name]) - colour).sum())
        return f"a {near} field,\\n  café\\n"
'''

GRAPH_SEARCHER = '''
"""It finds paintings by what the catalogue graph says of them, and is shown nothing else."""


class Encoder:
    def graph(self, store):
        found = store.query(
            "SELECT ?id ?what WHERE { ?p <https://schema.org/identifier> ?id ; "
            "<https://schema.org/about> ?what }"
        )
        self.about = {row["id"].value: row["what"].value for row in found}

    def index(self, paintings):
        assert all(one.image is None and not one.metadata for one in paintings)
        self.ids = [one.id for one in paintings]

    def search(self, texts, k):
        lists = [[i for i in self.ids if self.about[i] in text.split()][:k] for text in texts]
        return lists, [[1.0] * len(ids) for ids in lists]
'''

EXPLAINER = (
    GRAPH_SEARCHER
    + """
    def explain(self, text, ids):
        return [[self.said(i)] for i in ids]

    def said(self, i):
        about = "<https://schema.org/about>"
        return f"<urn:p:{self.about[i]}>", about, f'"{self.about[i]}"'
"""
)

TITLES = '''
"""It finds paintings by the words of their titles."""


class Encoder:
    def index(self, paintings):
        self.titles = {one.id: set(one.metadata["title"].split()) for one in paintings}

    def search(self, texts, k):
        lists, scores = [], []
        for text in texts:
            found = {i: len(words & set(text.split())) for i, words in self.titles.items()}
            ids = sorted((i for i in found if found[i]), key=found.get, reverse=True)[:k]
            lists.append(ids)
            scores.append([float(found[i]) for i in ids])
        return lists, scores
'''

FUSION = """name = "{name}"
title = "{name}"
summary = "A test."
role = "hybrid"
inputs = {inputs}
licence = "Apache-2.0"

[pipeline]
{pipeline}
"""


def catalogue() -> str:
    """A catalogue graph of the gallery in Turtle: the colour that each painting is about."""
    names = ["red", "green", "blue", "yellow", "white", "black", "orange", "violet"]
    about = '<urn:p:{0}> s:identifier "p-{0}" ; s:about "{0}" .'
    lines = [about.format(name) for name in names]
    return "\n".join(["@prefix s: <https://schema.org/> .", *lines]) + "\n"
