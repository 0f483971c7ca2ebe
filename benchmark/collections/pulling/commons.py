"""What Commons says of its files: the address of a thumbnail, the licence, whom to name.

`prop=imageinfo` is asked; `thumburl` is followed as it is given. Addresses are never built, for
which widths are served and from which host has changed before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from benchmark.collections.pulling.api import Api
from benchmark.collections.pulling.inspection import KINDS
from benchmark.collections.pulling.markup import plain_text
from benchmark.collections.pulling.servers import Servers
from benchmark.parsing import shown

WIDTHS = (20, 40, 60, 120, 250, 330, 500, 960, 1280, 1920, 3840)
"""Pixels: the widths of 2026; any other is answered with an error."""
_CONTINUED = 60
"""Calls at most for one batch: an answer that would be too large comes in parts."""

_LINK = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]{1,2400}")
_ASKED = {"iiprop", "iiurlwidth", "iiextmetadatafilter"}


class Described(NamedTuple):
    """A file at Commons, and what is to be said with it."""

    url: str
    title: str
    licence: str
    licence_url: str
    artist: str
    credit: str
    page: str


def described(
    api: Api, servers: Servers, names: Sequence[str], width: int
) -> dict[str, Described | str]:
    """Name of a file, without "File:" -> what Commons says of it, or why it gives no picture.

    At most 50 names; each is in the answer. Raises Ended.
    """
    titles = {name: unicodedata.normalize("NFC", f"File:{name}") for name in names}
    pages, called = _pages(api, list(titles.values()), width)
    found: dict[str, Described | str] = {}
    for name, title in titles.items():
        for _ in range(3):  # spelt as Commons does, then moved
            title = called.get(title, title)
        found[name] = _described(pages.get(title, {}), title, servers)
    return found


def _pages(
    api: Api, titles: Sequence[str], width: int
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Title -> page, and title asked for -> title that is meant."""
    form = {
        "action": "query", "prop": "imageinfo", "titles": "|".join(titles), "redirects": "1",
        "iiprop": "url|size|mime|sha1|extmetadata", "iiurlwidth": str(width),
        "iiextmetadatafilter": "LicenseShortName|LicenseUrl|Artist|Credit",
    }  # fmt: skip
    pages: dict[str, dict[str, Any]] = {}
    called: dict[str, str] = {}
    more: Mapping[str, str] = {}
    for _ in range(_CONTINUED):
        answer = api.ask(**form, **more)
        query = answer.get("query")
        if not isinstance(query, dict) or not isinstance(query.get("pages"), list):
            raise api.broken("no pages")
        for page in _tables(query["pages"]):
            pages.setdefault(str(page.get("title")), {}).update(page)
        for move in (*_tables(query.get("normalized")), *_tables(query.get("redirects"))):
            called[str(move.get("from"))] = str(move.get("to"))
        more = _rest(answer.get("continue"))
        if not more:
            return pages, called
    raise api.broken("it never ends")


def _described(page: Mapping[str, Any], title: str, servers: Servers) -> Described | str:
    if page.get("missing") and not page.get("known"):
        return "Commons has no such file"
    info = next(iter(_tables(page.get("imageinfo"))), None)
    if info is None:
        return "Commons says nothing of the file"
    if (kind := info.get("mime")) not in KINDS:
        return f"the file at Commons is {shown(kind)[:60]}"
    url = info.get("thumburl")
    if not isinstance(url, str) or not _LINK.fullmatch(url):
        return "Commons gives no thumbnail of the file"
    about = info.get("extmetadata")
    about = about if isinstance(about, dict) else {}
    page_url = info.get("descriptionurl")
    page_url = page_url if isinstance(page_url, str) and servers.may_serve(page_url) else ""
    return Described(
        url,
        plain_text(title.removeprefix("File:")),
        plain_text(_said(about, "LicenseShortName")) or "not stated",
        _link(_said(about, "LicenseUrl")),
        plain_text(_said(about, "Artist")),
        plain_text(_said(about, "Credit")),
        _link(page_url),
    )


def _said(about: Mapping[str, Any], key: str) -> object:
    entry = about.get(key)
    return entry.get("value") if isinstance(entry, dict) else None


def _link(url: object) -> str:
    """An address that can stand in a page; "" for what is none."""
    text = f"https:{url}" if isinstance(url, str) and url.startswith("//") else url
    return text if isinstance(text, str) and _LINK.fullmatch(text) else ""


def _rest(more: object) -> dict[str, str]:
    """What to add to the same question for the next part of its answer; {} at the end."""
    if not isinstance(more, dict):
        return {}
    ours = {key: value for key, value in more.items() if key == "continue" or key[:2] == "ii"}
    return {key: str(value)[:500] for key, value in ours.items() if key not in _ASKED}


def _tables(values: object) -> Iterable[dict[str, Any]]:
    """The tables of a list; none where it is no list."""
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []
