"""A submission's model card, made harmless, as a part of its page."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import nh3


def model_card(path: Path) -> str:
    """The card as HTML below the page's own headings; its title goes, the page has one.

    A card is a stranger's text, so whatever could run in a reader's browser, or load something
    from elsewhere, is taken out, and so are links to files that are not on the site.
    """
    if not path.is_file():
        return ""
    body = re.sub(r"\A\s*# .*\n", "", path.read_text(encoding="utf-8", errors="replace"))
    html = markdown.markdown(body, extensions=["tables", "fenced_code"])
    demoted = re.sub(r"(</?h)([1-5])(?=>)", lambda m: f"{m[1]}{int(m[2]) + 1}", html)
    clean = nh3.clean(
        demoted,
        tags=nh3.ALLOWED_TAGS - {"img"},
        url_schemes={"http", "https", "mailto"},
        attribute_filter=_elsewhere,
    )
    # A closing tag of ours in the card is gone by now, so the div ends where it should.
    return f"## Model card\n\n<div>\n{clean}\n</div>\n"


def _elsewhere(tag: str, attribute: str, value: str) -> str | None:
    """Attributes as they are, but for addresses of files beside the card: those are not here."""
    local = attribute == "href" and not value.startswith(("http:", "https:", "mailto:"))
    return None if local else value
