"""When a server wants to be asked again."""

from __future__ import annotations

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from benchmark.collections.pulling.polite_http import Http, _retry_after
from benchmark.errors import BadInput


def said(text: str) -> float:
    return _retry_after(urllib3.HTTPResponse(headers={"Retry-After": text}))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120), (" 7 ", 7), ("0", 0), ("", 0), ("soon", 0), ("-5", 0), ("9" * 5000, 0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
    ],
)  # fmt: skip
def test_retry_after(text: str, seconds: float) -> None:
    assert said(text) == seconds


@given(
    st.one_of(
        st.text("MonJa GT0123456789:+-,", max_size=40), st.lists(st.integers(-99, 10**12)).map(str)
    )
)
def test_whatever_it_says_is_a_time_to_wait(text: str) -> None:
    assert said(text) >= 0


def test_a_proxy_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")
    with pytest.raises(BadInput) as error:
        Http("a@example.org")
    said = "HTTPS_PROXY: 'proxy.example:3128' is no proxy; write http://HOST:PORT"
    assert str(error.value) == said


@pytest.mark.parametrize("text", ["Wed, 99 Foo 99999999 99:99:99 +9999", "Mon, 1 Jan 0 0:0:0"])
def test_a_date_that_is_none(text: str) -> None:
    assert said(text) >= 0
