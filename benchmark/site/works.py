"""Where a painting is at home and whose its picture is, for collections that pull pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from benchmark.collections import pulled_folder
from benchmark.collections.registry import Place

_COMMONS = "https://commons.wikimedia.org/wiki/"
_WIKIDATA = "https://www.wikidata.org/wiki/"


@dataclass(frozen=True)
class Work:
    """The page of a painting, and who is to be named beside its picture; empty where unknown."""

    page: str = ""
    credit: str = ""


def works(place: Place) -> Mapping[str, Work]:
    """Painting -> its work; none where pictures lie in the collection's folder."""
    if not place.pulls:
        return {}
    here = place.pulled()
    pictures = here.pictures if here else {}
    found = {}
    for painting, file in pulled_folder.files(place.folder).items():
        picture, page = pictures.get(painting), ""
        if file:
            page = f"{_COMMONS}File:{quote(file.replace(' ', '_'))}"
        elif re.fullmatch(r"Q[1-9]\d*", painting):
            page = _WIKIDATA + painting
        if picture and picture.page.startswith(_COMMONS):
            page = picture.page
        said = (picture.artist or picture.credit, picture.licence) if picture else ()
        found[painting] = Work(page, ", ".join(part for part in said if part))
    return found
