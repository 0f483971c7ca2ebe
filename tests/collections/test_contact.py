from __future__ import annotations

import pytest

from benchmark.collections.contact import contact
from benchmark.errors import BadInput


@pytest.mark.parametrize("said", ["ann@museum.example", "https://museum.example/robots"])
def test_an_address_or_a_page(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIMAISE_CONTACT", said)
    assert contact() == said


@pytest.mark.parametrize(
    "said", ["ann", "a@b\r\nHost: c", "a@(b)", "é@museum.example", "@" * 201, "a @b"]
)
def test_none(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIMAISE_CONTACT", said)
    with pytest.raises(BadInput, match=r"^CIMAISE_CONTACT: is '.*', no address or page; servers"):
        contact()


def test_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CIMAISE_CONTACT", raising=False)
    with pytest.raises(BadInput) as caught:
        contact()
    assert str(caught.value) == (
        "CIMAISE_CONTACT: is not set; servers ask whom to write to: "
        "export CIMAISE_CONTACT=you@example.org, or your page"
    )
