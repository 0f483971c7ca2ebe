from __future__ import annotations

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmark import cli
from benchmark.errors import HIDDEN, LONGEST, BadInput, SubmissionFailed, plain


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b31m", r"\x9b31m"),
        ("a\r\nok", r"a\r\nok"),
        ("\x7f\x00", r"\x7f\x00"),
        ("safe\u202egnp.exe", r"safe\u202egnp.exe"),
        ("\u2066x\u2069\u2028\u2029", r"\u2066x\u2069\u2028\u2029"),
        ("\ud800", r"\ud800"),
        ("L'été, 日本 😀 – “ok” [/]", "L'été, 日本 😀 – “ok” [/]"),
    ],
)
def test_what_would_act_is_shown(said: str, shown: str) -> None:
    assert plain(said) == shown


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_nothing_hidden_is_left_and_all_can_be_printed(text: str) -> None:
    shown = plain(text)
    assert not HIDDEN.search(shown)
    assert plain(shown) == shown
    shown.encode()


def test_an_error_is_one_short_line_whatever_it_quotes() -> None:
    """Regression: escapes in a failure's text reached the terminal."""
    assert str(BadInput("a\nb", "\x1b]0;x\x07", "\u202e")) == r"a\nb: \x1b]0;x\x07; \u202e"
    assert str(SubmissionFailed("first\nfailed: other")) == r"first\nfailed: other"
    for error in (BadInput("x" * 400, "y" * 400), SubmissionFailed("\x1b" * 400)):
        assert len(str(error)) == LONGEST and str(error).endswith("…")


@pytest.mark.parametrize("module", ["fcntl", "resource"])
def test_where_a_module_of_unix_is_missing_one_line_says_so(
    module: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise ModuleNotFoundError(name=module)

    monkeypatch.setattr(cli, "app", missing)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    wanted = "error: this needs Linux or macOS; on Windows, run it inside WSL\n"
    assert capsys.readouterr().err == wanted


@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.EROFS, "Read-only file system"), (errno.ENOSPC, "No space left on device")],
)
def test_a_place_that_cannot_be_written_to_is_one_line(
    code: int, reason: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> None:
        raise OSError(code, reason, "site/\x1bindex.html")

    monkeypatch.setattr(cli, "app", full)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        f"error: site/\\x1bindex.html: {reason}; "
        "give it a place that you may write to and that has room\n"
    )
