"""Where a painting is at home and whose its picture is, for collections that pull pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from benchmark.collections import pulled_folder
from benchmark.collections.declaration import NOT_STATED
from benchmark.collections.pulled import Picture
from benchmark.collections.registry import Place

_COMMONS = "https://commons.wikimedia.org/wiki/File:"
_WIKIDATA = "https://www.wikidata.org/wiki/"
_LONGEST = 80
"""Characters of whom a server names; the file's page at Commons has the rest."""


@dataclass(frozen=True)
class Work:
    """What is known of a painting beside its title: the museums that Wikidata names, past ones
    among them, its pages at Wikidata and at Commons, and whom to name beside its picture, with the
    licence; empty where unknown."""

    museums: str = ""
    wikidata: str = ""
    commons: str = ""
    credit: str = ""


def works(place: Place) -> Mapping[str, Work]:
    """Painting -> its work; none where pictures lie in the collection's folder. Raises BadInput."""
    if not place.pulls:
        return {}
    here = place.pulled()
    pictures = here.pictures if here else {}
    museums = pulled_folder.stated(place.folder, "museums")
    return {
        painting: _work(painting, museums[painting], str(file or ""), pictures.get(painting))
        for painting, file in pulled_folder.stated(place.folder, "file").items()
    }


def _work(painting: str, museums: object, file: str, picture: Picture | None) -> Work:
    names = [str(name) for name in museums] if isinstance(museums, list) else []
    if picture and picture.file_title:  # what Commons calls it now
        file = picture.file_title.removeprefix("File:")
    return Work(
        museums=", ".join(names),
        wikidata=_WIKIDATA + painting if re.fullmatch(r"Q[1-9]\d{0,15}", painting) else "",
        commons=_COMMONS + quote(file.replace(" ", "_"), safe="") if file else "",
        credit=_credit(picture) if picture else "",
    )


def _credit(picture: Picture) -> str:
    """Author, or else source, and licence."""
    whom = picture.artist or picture.credit
    if len(whom) > _LONGEST:
        whom = whom[: _LONGEST - 1].rstrip() + "…"
    licence = "licence not stated" if picture.licence == NOT_STATED else picture.licence
    return ", ".join(part for part in (whom, licence) if part)
