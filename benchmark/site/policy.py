"""The Content-Security-Policy of every page: what a reader's browser may do there, and no more."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from benchmark.errors import BadInput

_BARE = "404.html"
"""The theme's page without contents: whatever script stands in it is the theme's."""

_BASE = re.compile(r'new URL\("[./]*",location\)')
"""All that differs from page to page in a script of the theme: the way back to the front."""

_POLICY = (
    "default-src 'none'",
    "script-src 'self' {scripts}",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",  # search
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
# frame-ancestors has no effect in a <meta>: who may frame the site is for its host to say.


def protect(site: Path) -> None:
    """Give every page of a built site its policy, ahead of all that it governs.

    Allowed by hash are the scripts that the theme writes into pages, as they stand there now. A
    script that came in any other way has no hash and does not run. Raises BadInput where a page
    has no <head>.
    """
    theme = {_BASE.sub("", script) for script in _inline(_read(site / _BARE))}
    for path in sorted(site.rglob("*.html")):
        page = _read(path)
        scripts = [script for script in _inline(page) if _BASE.sub("", script) in theme]
        hashes = " ".join(dict.fromkeys(map(_hash, scripts)))
        policy = "; ".join(_POLICY).format(scripts=hashes)
        if "<head>" not in page:
            raise BadInput(path, "has no <head>", "the theme writes pages in another way now")
        tag = f'<head>\n    <meta http-equiv="Content-Security-Policy" content="{policy}">'
        path.write_bytes(page.replace("<head>", tag, 1).encode())


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _read(path: Path) -> str:
    return path.read_bytes().decode()  # ends of lines as they are: they count in a hash


def _inline(page: str) -> list[str]:
    """The scripts without an attribute, so neither files nor data.

    What this takes for a script and a browser does not, or the other way round, does no harm: only
    a script of the theme, letter by letter, gets a hash.
    """
    return re.findall("<script>(.*?)</script>", page, re.DOTALL)
