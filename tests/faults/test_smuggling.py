"""Folders that are refused before anything of them is run, each in one line."""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import onnx
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


def _file(name: str, content: bytes = b"x") -> Callable[[Path], None]:
    def go(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return go


def _socket(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)  # a socket's own path may be too long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{here}/ear")
    os.close(here)


def _holes(folder: Path) -> None:
    with (folder / "vast.npy").open("wb") as stream:
        stream.truncate(900 * 10**6)


def _many(folder: Path) -> None:
    for number in range(1_100):
        (folder / f"{number}.txt").touch()


def _declared(adapter: str, config: str, told: dict[str, object], *others: str) -> Step:
    """A folder of config and weights, with something in it that would run."""

    def go(folder: Path) -> None:
        (folder / "encoder.py").unlink()
        named = f'config = "{config}"\nweights = "w.safetensors"' if adapter == "open_clip" else ""
        named = 'folder = "."' if adapter == "transformers" else named
        _manifest(ADAPTER, f'adapter = "{adapter}"\n{named}')(folder)
        _header(folder, b"{}")
        (folder / "weights.safetensors").rename(folder / "w.safetensors")
        (folder / config).write_text(json.dumps(told))
        for name in others:
            (folder / name).write_text("raise SystemExit")

    return go


def _graph(domain: str, external: str = "") -> Step:
    """An ONNX graph that calls another domain's operator, or keeps weights elsewhere."""

    def go(folder: Path) -> None:
        (folder / "encoder.py").unlink()
        _manifest(ADAPTER, 'adapter = "onnx"')(folder)
        node = onnx.helper.make_node("Run", ["x"], ["y"], domain=domain)
        shape = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
        out = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
        weights = onnx.helper.make_tensor("w", onnx.TensorProto.FLOAT, [1], [1.0])
        if external:
            weights.ClearField("float_data")
            weights.data_location = onnx.TensorProto.EXTERNAL
            weights.external_data.add(key="location", value=external)
        graph = onnx.helper.make_graph([node], "g", [shape], [out], [weights])
        for name in ("vision_model.onnx", "text_model.onnx"):
            (folder / name).write_bytes(onnx.helper.make_model(graph).SerializeToString())

    return go


Step = Callable[[Path], None]
ADAPTER = 'adapter = "python"'
NO_CODE = ' of a model without code; remove it, or use adapter = "python"'
TRUSTING = {
    "model_cfg": {"embed_dim": 8, "text_cfg": {"tokenizer_kwargs": {"trust_remote_code": True}}}
}
SMUGGLED: dict[str, tuple[Callable[[Path], object], str]] = {
    "links-outside": (_link, "passwd.txt: is a link; copy the file into the submission"),
    "holds-a-pickle": (
        _pickle,
        "weights.pt: may be a pickle, which can run code; save it as .safetensors",
    ),
    "disguises-a-pickle": (
        _pickle_in_disguise,
        "weights.safetensors: is a pickle, which can run code; save it with safetensors",
    ),
    "nests-a-header": (
        lambda folder: _header(folder, b'{"a": ' + b"[" * 100_000),
        "weights.safetensors: has a broken safetensors header; save it again",
    ),
    "lies-about-a-header": (
        lambda folder: _header(folder, b"{}", 2**62),
        "weights.safetensors: has a header of more than 16 MB; save it with safetensors",
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
        "submission.toml: limits.memory_gb: Input should be a finite number, not inf",
    ),
    "adds-keys": (
        _manifest("[model]", "trusted = true\n[model]"),
        "submission.toml: trusted: unknown key; known: ...",
    ),
    "is-its-own-teacher": (
        _manifest("[model]", 'teacher = "is-its-own-teacher"\n[model]'),
        "submission.toml: teacher: names the submission itself",
    ),
    "is-hidden": (
        _file(".hidden.py"),
        ".hidden.py: is hidden; what a model uses is seen and digested: remove it",
    ),
    "is-compiled-already": (
        _file("__pycache__/encoder.cpython-311.pyc"),
        "__pycache__: holds compiled code, which can differ from the source; remove it",
    ),
    "is-packed": (_file("more.whl"), "more.whl: is compiled or packed code; ..."),
    "is-a-library-in-disguise": (
        _file("weights.txt", b"\x7fELF\x02\x01\x01"),
        "weights.txt: is a compiled program or library; submit the source",
    ),
    "has-a-pipe": (lambda folder: os.mkfifo(folder / "pipe.npy"), "pipe.npy: ..."),
    "has-a-socket": (_socket, "ear: is neither a file nor a folder; remove it"),
    "has-a-second-name": (
        lambda folder: os.link(folder / "README.md", folder.parent / f"{folder.name}.linked"),
        "...has a second name elsewhere (a hard link); copy the file into the submission",
    ),
    "has-holes": (_holes, "vast.npy: has holes (a sparse file); copy it whole"),
    "is-too-many": (_many, "...holds more than 1000 files; remove some"),
    "is-too-deep": (_file("/".join("d" * 20) + "/x.txt"), "...lies more than 16 folders deep; ..."),
    "reads-like-an-option": (_file("--help"), "--help: has a name that reads like an option; ..."),
    "moves-the-cursor": (
        _file("a\x1b[2Jb.txt"),
        "...has a name that cannot be shown (control characters); rename it",
    ),
    "titles-a-script": (
        _manifest('title = "titles-a-script"', 'title = "\\u001b]0;x\\u0007"'),
        "submission.toml: title: has control or invisible characters, ...",
    ),
    "nests-a-manifest": (
        lambda folder: (folder / "submission.toml").write_text("a = " + "[" * 30_000),
        "submission.toml: ...",
    ),
    "is-a-vast-manifest": (
        lambda folder: (folder / "submission.toml").write_text("#" * 70_000),
        "submission.toml: is larger than 64 KB; make it smaller",
    ),
    "brings-a-python-file": (
        _declared("open_clip", "open_clip_config.json", {"model_cfg": {}}, "evil.py"),
        "evil.py: is not among the files" + NO_CODE.replace(";", " (open_clip);"),
    ),
    "trusts-remote-code": (
        _declared("open_clip", "open_clip_config.json", TRUSTING),
        "open_clip_config.json: model_cfg.text_cfg.tokenizer_kwargs.trust_remote_code: is no key"
        + NO_CODE,
    ),
    "maps-to-code": (
        _declared("transformers", "config.json", {"model_type": "clip", "auto_map": {"A": "b.C"}}),
        "config.json: auto_map: is no key" + NO_CODE,
    ),
    "brings-an-operator": (
        _graph("evil.example"),
        "...calls evil.example.Run, which is no arithmetic of ONNX; ...",
    ),
    "keeps-weights-elsewhere": (
        _graph("", "../../../etc/passwd"),
        "...keeps weights in '../../../etc/passwd', outside the submission; ...",
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
    pattern = ".*".join(re.escape(part) for part in SMUGGLED[name][1].split("..."))
    assert re.fullmatch(re.escape(f"{tmp_path / name}") + "[/:]" + pattern, line), line
