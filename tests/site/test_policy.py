from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.site.policy import protect

THEME = (
    '<script>base=new URL("{}",location),x=1</script><script type="application/json">{{}}</script>'
)
PAGE = "<!doctype html>\n<html><head><meta charset=utf-8></head><body>{}</body></html>"


def sha(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def protected(site: Path, body: str) -> str:
    """The page after protection."""
    (site / "deep").mkdir()
    (site / "404.html").write_text(PAGE.format(THEME.format("/")))
    (site / "deep/page.html").write_text(PAGE.format(body))
    protect(site)
    return (site / "deep/page.html").read_text()


def test_the_policy_stands_first_and_says_all(tmp_path: Path) -> None:
    page = protected(tmp_path, THEME.format(".."))
    script = 'base=new URL("..",location),x=1'
    assert re.search(
        r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page
    )[1] == (
        f"default-src 'none'; script-src 'self' '{sha(script)}'; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
        "object-src 'none'; base-uri 'none'; form-action 'none'"
    )
    assert page.index("charset") < 1024  # browsers look no further for it


@pytest.mark.parametrize(
    "script",
    [
        "x=1",
        'base=new URL("javascript:x",location),x=1',
        'base=new URL("..",location),x=1;evil()',
        'base=new URL("..",location),x=1\n',
    ],
)
def test_a_script_that_is_not_the_themes_gets_no_hash(tmp_path: Path, script: str) -> None:
    page = protected(tmp_path, THEME.format("..") + f"<script>{script}</script>")
    assert sha(script) not in page
    assert page.count("sha256-") == 1


def test_every_page_of_a_site_has_it(site: Path) -> None:
    for path in site.rglob("*.html"):
        head = path.read_text().partition("<head>")[2].lstrip()
        assert head.startswith('<meta http-equiv="Content-Security-Policy"'), path
        assert head.partition(">")[0].count("sha256-") == 3, path


def test_a_page_without_a_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text("<p>x")
    with pytest.raises(BadInput, match=r"404\.html: has no <head>; the theme writes"):
        protect(tmp_path)
