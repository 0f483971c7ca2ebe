"""Twelve pictures that were described, and what is asked of them: enough to learn heads from."""

from __future__ import annotations

from pathlib import Path

from benchmark.queries.museum.visual_concepts import Concept
from tests.conftest import paint

ROWS = [
    ("animal", "", "animal", "animal", ""),
    ("cat", "animal", "cat", "chat", "any cat"),
    ("dog", "animal", "dog", "chien", "any dog"),
    ("boat", "", "boat", "bateau", "any boat"),
    ("sea", "", "sea", "mer", "open water"),
    ("red", "", "mostly red", "surtout rouge", "red strikes the eye"),
]
"""Concept, broader, English, French, note."""
CONCEPTS = {row[0]: Concept(*row, wikidata="", iconclass="") for row in ROWS}
SEEN = ["cat* red", "dog*", "boat* sea", "boat sea* red"]
"""What each four pictures show, again and again."""
REQUESTS = [
    ("cat", "", "a cat", "un chat"),
    ("boat sea", "", "a boat on the sea", "un bateau en mer"),
    ("cat|dog", "", "a pet", "un animal familier"),
    ("red", "sea", "something red, no sea", "du rouge, sans la mer"),
    ("boat", "", "a ship", "un navire"),
    ("animal", "", "some animal", "un animal"),
]
PICTURES = 12


def queries(folder: Path) -> Path:
    """A vocabulary, annotations and requests, as they lie under queries/."""
    head = "concept,broader,en,fr,note,wikidata,iconclass\n"
    write(folder / "museum-core" / "vocabulary.csv", head + lines([(*one, "", "") for one in ROWS]))
    head = "file,title,artist,date,style,genre,concepts,en,fr\n"
    rows = [
        (f"{n}.png", f"Work {n}" if n else "", "Ann Onymous" if n % 2 else "", "", "", "",
         SEEN[n % 4], f"Picture {n} of {SEEN[n % 4].replace('*', '')}", f"Image {n}")
        for n in range(PICTURES)
    ]  # fmt: skip
    write(folder / "training-paintings" / "annotations.csv", head + lines(rows))
    asked = "".join("\t".join(one) + "\n" for one in REQUESTS)
    write(folder / "training-paintings" / "requests.tsv", asked)
    return folder


def pictures(folder: Path) -> Path:
    """The twelve pictures, each of a colour of its own."""
    for n in range(PICTURES):
        paint(folder / f"{n}.png", (20 * n, 255 - 20 * n, 60 * (n % 4)), n)
    return folder


def lines(rows: list[tuple[str, ...]]) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
