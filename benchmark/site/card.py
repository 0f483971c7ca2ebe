"""A submission's model card, made harmless, as a part of its page."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import nh3

from benchmark.errors import plain
from benchmark.submission_files import CARD

_LONGEST = 200_000
"""Characters of a card that are shown."""

_MARKDOWN = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\n`~*_{}[]\\"})
"""Signs that Markdown would read a second time, inside HTML that is finished."""


def model_card(folder: Path) -> str:
    """The card as HTML below the page's own headings; its title goes, the page has one.

    A card is a stranger's text, so whatever could run in a reader's browser, or load something
    from elsewhere, is taken out, and so are links to files that are not on the site. Only a file
    of the submission's own folder is a card, never where a link leads.
    """
    path = folder / CARD
    if not path.is_file() or path.resolve() != folder.parent.resolve() / folder.name / CARD:
        return ""
    with path.open(encoding="utf-8", errors="replace") as stream:
        lines = stream.read(_LONGEST).expandtabs(4).split("\n")
    body = re.sub(r"\A\s*# .*\n", "", "\n".join(map(plain, lines)))
    html = markdown.markdown(body, extensions=["tables", "fenced_code"])
    demoted = re.sub(r"(</?h)([1-5])(?=>)", lambda m: f"{m[1]}{int(m[2]) + 1}", html)
    clean = nh3.clean(
        demoted,
        tags=nh3.ALLOWED_TAGS - {"img"},
        url_schemes={"http", "https", "mailto"},
        attribute_filter=_elsewhere,
    )
    # A closing tag of ours in the card is gone by now, so the div ends where it should. It is one
    # line: in several, a fence among them would be read as a fence of this page.
    return f"## Model card\n\n<div>{clean.translate(_MARKDOWN)}</div>\n"


def _elsewhere(tag: str, attribute: str, value: str) -> str | None:
    """Attributes as they are, but for addresses of files beside the card: those are not here."""
    local = attribute == "href" and not value.startswith(("http:", "https:", "mailto:"))
    return None if local else value
