"""Any text whatever reads as itself on a page, in its front matter and in its Markdown."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET

import markdown
from hypothesis import example, given
from hypothesis import strategies as st
from mkdocs.utils import meta

from benchmark.errors import plain
from benchmark.site.templates import front_matter, text
from tests.site.strangers import PAYLOADS

EXTENSIONS = ["tables", "admonition", "attr_list", "pymdownx.superfences", "toc"]
SIGNS = "<>&\"'\\`*_{}[]()#|~!:=^$-+. \n\tax1é😀\x02\x03\u2028"
WORDS = st.one_of(st.text(), st.text(SIGNS, max_size=30), st.sampled_from(PAYLOADS))


def read(words: str) -> str:
    """The words as a reader sees them: one line, what would act shown."""
    return plain(re.sub(r"[\t\n\r]+", " ", words))


@given(WORDS)
@example("{: onclick=x }")
@example("a &lt;b&gt; &#60;")
def test_in_html_and_in_attributes(words: str) -> None:
    element = ET.fromstring(f'<p title="{text(words)}">{text(words)}</p>')
    assert element.attrib["title"] == element.text or (words == "" and element.text is None)
    assert (element.text or "") == read(words)


@given(WORDS)
@example("x {: onclick=x }")
@example("[x](javascript:x)")
@example("x #")
def test_in_markdown(words: str) -> None:
    made = markdown.markdown(f"# On {text(words)} now {{: #id }}", extensions=EXTENSIONS)
    found = re.fullmatch(r'<h1 id="id">([^<>]*)</h1>', made)
    assert found is not None, made
    assert html.unescape(found[1]).split() == f"On {read(words)} now".split()


@given(WORDS)
@example("a\n---\nevil: 1")
@example("\ufffe\ud83d")
def test_in_front_matter(words: str) -> None:
    """Regression: a title with an emoji in it, as JSON, was no text that can be written."""
    page = f"---\ntitle: {front_matter(words)}\nhide: [toc]\n---\nbody"
    body, found = meta.get_data(page)
    assert (body, found) == ("body", {"title": str(text(words)), "hide": ["toc"]})
    assert html.unescape(found["title"]) == read(words)
    found["title"].encode()
