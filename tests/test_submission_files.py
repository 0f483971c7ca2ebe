from __future__ import annotations

import os
import pickle
import socket
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmark.errors import BadInput
from benchmark.parsing import shown as harmless
from benchmark.submission import load
from benchmark.submission_files import digest, files, inspect
from tests.manifests import HEAD, make_valid, refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_valid(tmp_path)


def test_a_pickle_under_another_name(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(pickle.dumps({"a": [1.0] * 50}))
    assert refusal(folder) == (
        "mine/model.safetensors: is a pickle, which can run code; save it with safetensors"
    )


def test_a_torch_archive_under_another_name(folder: Path) -> None:
    import torch

    torch.save({"a": torch.ones(3)}, folder / "model.safetensors")
    assert refusal(folder) == (
        "mine/model.safetensors: is a pickle, which can run code; save it with safetensors"
    )


def test_a_pickle_beside(folder: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(b"x")
    assert refusal(folder) == (
        "mine/pytorch_model.bin: may be a pickle, which can run code; save it as .safetensors"
    )


def test_truncated_weights(folder: Path) -> None:
    path = folder / "model.safetensors"
    whole = path.read_bytes()
    path.write_bytes(whole[:-4])
    assert refusal(folder) == (
        f"mine/model.safetensors: is {len(whole) - 4} bytes where its header says {len(whole)}; "
        "copy it again"
    )


def test_empty_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"")
    assert refusal(folder) == (
        "mine/model.safetensors: is not a safetensors file; save it with safetensors"
    )


@pytest.mark.parametrize(
    "header",
    [
        "{not json",
        '{"a": 3}',
        '{"a": {"data_offsets": []}}',
        '{"a": {"data_offsets": [0, "x"]}}',
        '{"a": {"data_offsets": [0, null]}}',
        "[" * 3,
    ],
)
def test_broken_header(folder: Path, header: str) -> None:
    text = header.encode() if header[0] == "{" else b"{" + header.encode()
    (folder / "model.safetensors").write_bytes(len(text).to_bytes(8, "little") + text)
    assert refusal(folder) == (
        "mine/model.safetensors: has a broken safetensors header; save it again"
    )


def test_safetensors_with_metadata_are_good(folder: Path) -> None:
    save_file({"a": np.ones(2)}, folder / "model.safetensors", metadata={"format": "pt"})
    load(folder)


def test_a_link_inside(folder: Path) -> None:
    (folder / "notes.txt").symlink_to(folder.parent / "other" / "encoder.py")
    assert refusal(folder) == "mine/notes.txt: is a link; copy the file into the submission"


def test_weights_that_are_a_link_to_elsewhere(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder.parent / "far.safetensors")
    (folder / "model.safetensors").symlink_to(folder.parent / "far.safetensors")
    assert refusal(folder) == "mine/model.safetensors: is a link; copy the file into the submission"


def test_a_folder_is_no_weights(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors").mkdir()
    assert "'model.safetensors' is not in the folder" in refusal(folder)


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        (lambda f: (f / "model.safetensors").write_bytes(b"other"), True),
        (lambda f: (f / "encoder.py").write_text("x = 1"), True),
        (lambda f: (f / "submission.toml").write_text(HEAD), True),
        (lambda f: (f / "README.md").write_text("other"), False),
        (lambda f: (f / "recipe.toml").write_text("seed = 1"), False),
        (lambda f: (f / "training.json").write_text("{}"), False),
    ],
)
def test_digest(folder: Path, change: Callable[[Path], object], counts: bool) -> None:
    before = digest(folder)
    change(folder)
    assert (digest(folder) != before) is counts


def test_digest_knows_a_renamed_file(folder: Path) -> None:
    (folder / "a.txt").write_text("x")
    before = digest(folder)
    (folder / "a.txt").rename(folder / "b.txt")
    assert digest(folder) != before


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in files(folder)]


def test_the_files_are_those_of_the_digest_and_what_is_said_of_them(folder: Path) -> None:
    (folder / "b" / "c").mkdir(parents=True)
    for name in ("recipe.toml", "training.json", "b.txt", "b/c/d.txt", "b/a.txt"):
        (folder / name).write_text("x")
    assert names(folder) == [
        "README.md", "b/a.txt", "b/c/d.txt", "b.txt", "model.safetensors", "recipe.toml",
        "submission.toml", "training.json",
    ]  # fmt: skip


def _socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(here)


NOT_VISIBLE = "mine/{}: is hidden; what a model uses is seen and digested: remove it"
COMPILED = "mine/{}: holds compiled code, which can differ from the source; remove it"
OPTION = "mine/{}: has a name that reads like an option; rename it"
UNSEEN = "mine/{}: has a name that cannot be shown (control characters); rename it"
PACKED = "mine/{}: is compiled or packed code; submit the source, unpacked"
UNPORTABLE = "mine/{}: has a name that not every system can write; rename it"
PICKLE = "mine/{}: may be a pickle, which can run code; save it as .safetensors"
SPECIAL = "mine/{}: is neither a file nor a folder; remove it"


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        (".note", Path.touch, NOT_VISIBLE),
        (".git", Path.mkdir, NOT_VISIBLE),
        ("__pycache__", Path.mkdir, COMPILED),
        ("--help", Path.touch, OPTION),
        ("-rf", Path.mkdir, OPTION),
        ("a\nb.txt", Path.touch, UNSEEN),
        ("\x1b[31m.txt", Path.touch, UNSEEN),
        ("\u202etxt.md", Path.touch, UNSEEN),
        ("bad\udcff.txt", Path.touch, UNSEEN),
        ("a\\b.txt", Path.touch, UNPORTABLE),
        ("a:b.txt", Path.touch, UNPORTABLE),
        ("<b>.txt", Path.touch, UNPORTABLE),
        ("end.", Path.touch, UNPORTABLE),
        ("fifo", os.mkfifo, SPECIAL),
        ("model.sock", _socket, SPECIAL),
        ("x.pyc", Path.touch, PACKED),
        ("x.SO", Path.touch, PACKED),
        ("x.cpython-311-x86_64-linux-gnu.so", Path.touch, PACKED),
        ("x.whl", Path.touch, PACKED),
        ("x.pyd", Path.touch, PACKED),
        ("x.PT", Path.touch, PICKLE),
        ("x.joblib", Path.touch, PICKLE),
    ],
)
def test_what_may_not_lie_there(
    folder: Path, name: str, make: Callable[[Path], object], message: str
) -> None:
    try:
        make(folder / name)
    except OSError:
        pytest.skip("this file system has no such name")
    shown = harmless(name)
    assert refusal(folder) == message.format(shown)
    if message not in (PACKED, PICKLE):
        with pytest.raises(BadInput):
            digest(folder)


@pytest.mark.parametrize(
    "head",
    [
        b"\x7fELF\x02\x01", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xce", b"\xca\xfe\xba\xbe",
        b"!<arch>\n", b"\0asm", b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0",
        b"MZ" + bytes(58) + b"\0\x10\0\0",
    ],
)  # fmt: skip
def test_a_library_under_another_name(folder: Path, head: bytes) -> None:
    (folder / "notes.txt").write_bytes(head + bytes(64))
    assert refusal(folder) == "mine/notes.txt: is a compiled program or library; submit the source"


def test_a_pickle_in_a_text(folder: Path) -> None:
    (folder / "notes.txt").write_bytes(pickle.dumps([1]))
    assert (
        refusal(folder) == "mine/notes.txt: is a pickle, which can run code; save it as safetensors"
    )


def test_prose_is_no_program(folder: Path) -> None:
    (folder / "notes.txt").write_text("MZ is how programs of Windows begin. " * 40)
    load(folder)


def test_a_second_name_elsewhere(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("x")
    os.link(folder.parent / "secret.txt", folder / "notes.txt")
    assert refusal(folder) == (
        "mine/notes.txt: has a second name elsewhere (a hard link); "
        "copy the file into the submission"
    )


def test_a_link_to_a_folder(folder: Path) -> None:
    (folder / "more").symlink_to(folder.parent / "other", target_is_directory=True)
    assert refusal(folder) == "mine/more: is a link; copy the file into the submission"


def test_a_file_with_holes(folder: Path) -> None:
    with (folder / "big.txt").open("wb") as stream:
        stream.truncate(1 << 30)
    assert refusal(folder) == "mine/big.txt: has holes (a sparse file); copy it whole"
    with (folder / "big.txt").open("wb") as stream:
        stream.truncate((64 << 30) + 1)
    assert refusal(folder) == "mine/big.txt: is larger than 64 GB; make it smaller"


def test_too_many_files(folder: Path) -> None:
    (folder / "many").mkdir()
    for number in range(1000):
        (folder / "many" / str(number)).touch()
    assert refusal(folder) == "mine: holds more than 1000 files; remove some"


def test_too_deep(folder: Path) -> None:
    deep = folder
    for _ in range(16):
        deep = deep / "d"
    deep.mkdir(parents=True)
    path = "mine" + "/d" * 16
    assert refusal(folder) == f"{path}: lies more than 16 folders deep; flatten the folder"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("README.md", b"#" * ((1 << 20) + 1), "is larger than 1024 KB; make it smaller"),
        ("recipe.toml", b"a = " + b"[" * 9000, "is nested too deeply; flatten it"),
        ("training.json", b"[" * 9000, "is nested too deeply; flatten it"),
    ],
)
def test_what_is_said_of_a_model_is_bounded_too(
    folder: Path, name: str, data: bytes, message: str
) -> None:
    (folder / name).write_bytes(data)
    assert refusal(folder) == f"mine/{name}: {message}"


@pytest.mark.parametrize(("one", "two"), [("a.txt", "A.TXT"), ("\u00e9.txt", "e\u0301.txt")])
def test_two_names_that_are_one_elsewhere(folder: Path, one: str, two: str) -> None:
    (folder / one).touch()
    if (folder / two).exists():
        pytest.skip("they are one here")
    (folder / two).touch()
    assert "differs only in case or accents from" in refusal(folder)


@pytest.mark.parametrize("call", ["scandir", "open"])
def test_what_this_user_may_not_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    # Whoever runs this may be root, for whom every file can be read.
    def refuse(path: object, *args: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, call, refuse)
    where = "mine" if call == "scandir" else "mine/submission.toml"
    assert refusal(folder) == (
        f"{where}: cannot be read (Permission denied); make it readable, or remove it"
    )


def test_a_file_exchanged_for_a_pipe_is_not_waited_for(folder: Path) -> None:
    path = folder / "model.safetensors"
    found = files(folder)
    path.unlink()
    os.mkfifo(path)
    for one in found:
        if one == path:
            with pytest.raises(BadInput, match="is not a regular file"):
                inspect(one)
