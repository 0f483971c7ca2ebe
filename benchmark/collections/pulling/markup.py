"""Text out of the HTML in which Commons keeps who made a file and under which licence."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

_READ, _KEPT = 4_000, 300
"""Characters of HTML that are read, and of text that are kept. The parser of Python takes time
that grows with the square of what is left open: of 20,000 characters, eight seconds."""
_UNSAID = {"script", "style"}


def plain_text(html: object) -> str:
    """The words of a piece of HTML in one line of at most 300 characters; "" for what is none."""
    if not isinstance(html, str):
        return ""
    words = _Words()
    try:
        words.feed(html[:_READ])
        words.close()
    except AssertionError:  # the parser's answer to some broken declarations
        return ""
    seen = (" " if c.isspace() else c for c in "".join(words.said))
    text = " ".join("".join(c for c in seen if unicodedata.category(c)[0] != "C").split())
    return text if len(text) <= _KEPT else text[: _KEPT - 1] + "…"


class _Words(HTMLParser):
    """Collects what a reader of the page would read."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unsaid += tag in _UNSAID
        self.said.append(" " if tag in ("br", "p", "div", "li", "td", "tr") else "")

    def handle_endtag(self, tag: str) -> None:
        self._unsaid = max(0, self._unsaid - (tag in _UNSAID))

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.said.append(data)
