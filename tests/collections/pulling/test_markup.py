"""Words out of the HTML of Commons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.pulling.markup import plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="//x" title="y">Claude&nbsp;Monet</a>', "Claude Monet"),
        ("<p>One</p><p>two &amp; <b>three</b></p>", "One two & three"),
        ("a<script>alert(1)</script>b<style>c {}</style>", "ab"),
        ("1 &lt; 2 &#x1b;[31m", "1 < 2 [31m"),
        ("left\u202eright\x00", "leftright"),
        ("x" * 400, "x" * 299 + "…"),
        (" " * 3_999 + "ab", "a"),
        ("<![bad[ x", ""),
        ("", ""),
        (None, ""),
        (7, ""),
        (["x"], ""),
    ],
)
def test_plain_text(html: object, text: str) -> None:
    assert plain_text(html) == text


@given(st.text(alphabet="<>!/[]&;-=\"' abps\x1b\u202e\ud800", max_size=200))
def test_any_html_gives_a_short_line_that_acts_on_nothing(html: str) -> None:
    text = plain_text(html)
    assert len(text) <= 300 and not set(text) & set("\n\r\t\x1b\u202e\ud800")
