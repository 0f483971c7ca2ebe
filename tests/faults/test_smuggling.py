"""Folders that are refused before anything of them is run, each in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.submission import load_all
from tests.conftest import make_submission


def _link(folder: Path) -> None:
    (folder / "passwd.txt").symlink_to("/etc/passwd")


def _pickle(folder: Path) -> None:
    (folder / "weights.pt").write_bytes(b"\x80\x04N.")


def _pickle_in_disguise(folder: Path) -> None:
    (folder / "weights.safetensors").write_bytes(b"\x80\x04N." + bytes(20))


def _header(folder: Path, header: bytes, length: int | None = None) -> None:
    size = (len(header) if length is None else length).to_bytes(8, "little")
    (folder / "weights.safetensors").write_bytes(size + header)


def _manifest(old: str, new: str) -> Callable[[Path], None]:
    def go(folder: Path) -> None:
        path = folder / "submission.toml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return go


ADAPTER = 'adapter = "python"'
SMUGGLED: dict[str, tuple[Callable[[Path], object], str]] = {
    "links-outside": (_link, "passwd.txt: is a link; copy the file into the submission"),
    "holds-a-pickle": (
        _pickle,
        "weights.pt: may be a pickle, which can run code; save it as .safetensors",
    ),
    "disguises-a-pickle": (
        _pickle_in_disguise,
        "weights.safetensors: is a pickle, which can run code; save it as safetensors",
    ),
    "nests-a-header": (
        lambda folder: _header(folder, b'{"a": ' + b"[" * 100_000),
        "weights.safetensors: has a broken safetensors header; save it again",
    ),
    "lies-about-a-header": (
        lambda folder: _header(folder, b"{}", 2**62),
        "weights.safetensors: is 10 bytes where its header says 4611686018427387912; copy it again",
    ),
    "has-no-card": (
        lambda folder: (folder / "README.md").unlink(),
        "README.md: missing; every submission has a model card",
    ),
    "names-a-file-outside": (
        _manifest(ADAPTER, ADAPTER + '\nfile = "../a-healthy-one/encoder.py"'),
        "submission.toml: model.file: '../a-healthy-one/encoder.py' lies outside the submission",
    ),
    "names-a-hidden-file": (
        _manifest(ADAPTER, ADAPTER + '\nfile = ".x/encoder.py"'),
        "submission.toml: model.file: '.x/encoder.py' is hidden; "
        "what a model uses is seen and digested",
    ),
    "takes-another-name": (
        _manifest('name = "takes-another-name"', 'name = "a-healthy-one"'),
        "submission.toml: name: 'a-healthy-one', which is already .../a-healthy-one; "
        "use the folder's name 'takes-another-name'",
    ),
    "asks-for-all-memory": (
        _manifest("[model]", "[limits]\nmemory_gb = 1000\n[model]"),
        "submission.toml: limits.memory_gb: Input should be less than or equal to 64, not 1000",
    ),
    "asks-for-ever": (
        _manifest("[model]", "[limits]\nwall_s = 1000000\n[model]"),
        "submission.toml: limits.wall_s: Input should be less than or equal to 86400, not 1000000",
    ),
    "asks-for-endless-memory": (
        _manifest("[model]", "[limits]\nmemory_gb = inf\n[model]"),
        "submission.toml: limits.memory_gb: Input should be less than or equal to 64, not inf",
    ),
    "adds-keys": (
        _manifest("[model]", "trusted = true\n[model]"),
        "submission.toml: trusted: unknown key; known: ...",
    ),
    "is-its-own-teacher": (
        _manifest("[model]", 'teacher = "is-its-own-teacher"\n[model]'),
        "submission.toml: teacher: names the submission itself",
    ),
    "is-no-toml": (
        lambda folder: (folder / "submission.toml").write_bytes(b"\xff\xfe\x00"),
        "submission.toml: not valid TOML (...)",
    ),
}


def smuggle(home: Path, name: str) -> None:
    """A healthy submission, and what one smuggles in."""
    SMUGGLED[name][0](make_submission(home / name))


@pytest.mark.parametrize("name", SMUGGLED)
def test_is_refused_in_one_line(name: str, tmp_path: Path) -> None:
    make_submission(tmp_path / "a-healthy-one")
    smuggle(tmp_path, name)
    found = load_all(tmp_path)
    assert not isinstance(found["a-healthy-one"], BadInput)
    line = str(found[name])
    assert isinstance(found[name], BadInput) and "\n" not in line
    before, _, after = SMUGGLED[name][1].partition("...")
    assert line.startswith(f"{tmp_path / name}/{before}") and line.endswith(after)
