"""Templates to Markdown pages with HTML in them, where no word of a stranger can act."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from benchmark.errors import plain
from benchmark.results.formats import p_value
from benchmark.results.schema import Interval
from benchmark.scorers.measures import MAIN

_ACTING = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>\"'\\`*_{}[]#|~!"})
"""Signs that mean something to HTML or to Markdown and its extensions, as HTML entities: these
are read by nobody but the browser, and only as the sign itself."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_inert,
    )
    environment.globals["MAIN"] = MAIN.name
    environment.filters["interval_bar"] = interval_bar
    environment.filters["file_name"] = file_name
    environment.filters["front_matter"] = front_matter
    environment.filters["p_value"] = p_value
    return environment


def text(value: object) -> Markup:
    """A text as one line that reads as it is in HTML, in an attribute and in Markdown."""
    return _harmless(str(value))


@lru_cache(1 << 16)
def _harmless(text: str) -> Markup:
    # A page of a query says the same titles and grades a thousand times.
    return Markup(plain(re.sub(r"[\t\n\r]+", " ", text)).translate(_ACTING))


def front_matter(value: object) -> Markup:
    """The same as a string in a page's front matter, which MkDocs takes for HTML wherever it
    stands: in <title>, in menus, in the search index."""
    return Markup(json.dumps(text(value), ensure_ascii=False))


def _inert(value: object) -> object:
    """Whatever a template puts on a page, unless it is HTML that we made."""
    return value if isinstance(value, Markup) else text(value)


def render(template: str, **values: object) -> str:
    """A page from its template, which lies beside its file in `pages/`.

    Leading blanks go, since Markdown would take them for code: no nested YAML in front matter.
    """
    text = _environment().get_template(template).render(**values)
    return "\n".join(line.lstrip() for line in text.splitlines()) + "\n"


def file_name(name: str) -> str:
    """The id itself where it can name a file and stand in an address, else a word made from it.

    Different ids have different file names.
    """
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", name):
        return name
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    return f"{readable or 'x'}-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def interval_bar(value: Interval) -> Markup:
    """A bar from 0 to 1 with the mean as a filled length and the interval as a line, as SVG."""
    low, mean, high = (max(0.0, min(1.0, v)) * 100 for v in (value.low, value.mean, value.high))
    return Markup(
        '<svg class="bar" viewBox="0 0 100 10" role="img" preserveAspectRatio="none" '
        'aria-label="{:.3f}, 95 % interval {:.3f} to {:.3f}">'
        '<rect class="bar-back" width="100" height="10"/>'
        '<rect class="bar-mean" width="{:.1f}" height="10"/>'
        '<rect class="bar-range" x="{:.1f}" y="3.5" width="{:.1f}" height="3"/></svg>'
    ).format(value.mean, value.low, value.high, mean, low, max(0.6, high - low))
