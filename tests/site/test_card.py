from __future__ import annotations

from pathlib import Path

from benchmark.site.card import model_card


def card(folder: Path, words: str) -> str:
    (folder / "README.md").write_text(words, encoding="utf-8")
    return model_card(folder)


def test_a_card_is_one_line_that_markdown_reads_no_further(tmp_path: Path) -> None:
    """Regression: a fence inside a code block was read as one of the page, attributes and all."""
    fence = "# T\n\n    a\n    ``` {.python onclick=x}\n    b\n    ```\n"
    assert card(tmp_path, fence) == (
        "## Model card\n\n<div><pre><code>a&#10;&#96;&#96;&#96; &#123;.python onclick=x&#125;"
        "&#10;b&#10;&#96;&#96;&#96;&#10;</code></pre></div>\n"
    )


def test_only_a_file_of_the_folder_is_a_card(tmp_path: Path) -> None:
    """Regression: a link in the place of a card put any file of the machine on the site."""
    (tmp_path / "secret").write_text("secret")
    for name in ("linked", "real"):
        (tmp_path / name).mkdir()
    (tmp_path / "linked/README.md").symlink_to(tmp_path / "secret")
    (tmp_path / "real/README.md").write_text("secret")
    (tmp_path / "led").symlink_to(tmp_path / "real")
    assert model_card(tmp_path / "linked") == ""
    assert model_card(tmp_path / "led") == ""
    assert model_card(tmp_path / "none") == ""
    assert "secret" in model_card(tmp_path / "real")


def test_what_would_act_is_shown_and_code_keeps_its_lines(tmp_path: Path) -> None:
    made = card(tmp_path, "x\u202ey\x1b[2J\n\n```\na\tb\nc\n```\n")
    assert r"x\u202ey\x1b&#91;2J".replace("\\", "&#92;") in made
    assert "a   b&#10;c" in made
