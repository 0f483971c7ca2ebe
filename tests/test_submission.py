from __future__ import annotations

import json
import os
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmark.errors import BadInput
from benchmark.submission import Submission, load, load_all
from tests.manifests import HEAD, OPEN_CLIP, PYTHON, make_valid, refusal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_valid(tmp_path)


def rewrite(folder: Path, old: str, new: str) -> str:
    """The refusal after one change to the manifest."""
    path = folder / "submission.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    return refusal(folder)


def test_a_valid_one_loads(folder: Path) -> None:
    submission = load(folder)
    assert submission.name == "mine"
    assert submission.batch_size == 32
    assert submission.model.adapter == "open_clip"


def test_training_data_are_a_list_or_not_stated(folder: Path) -> None:
    assert load(folder).training_data is None
    path, valid = folder / "submission.toml", (folder / "submission.toml").read_text()
    for said, meant in (("[]", []), ('["LAION-2B"]', ["LAION-2B"])):
        path.write_text(valid.replace("licence =", f"training_data = {said}\nlicence ="))
        assert load(folder).training_data == meant


def requiring(folder: Path, *requirements: str) -> Path:
    """The folder, its manifest with these `requires`."""
    path = folder / "submission.toml"
    path.write_text(f"requires = {json.dumps(requirements)}\n" + path.read_text())
    return folder


def test_packages_that_are_required_are_there(folder: Path) -> None:
    assert load(folder).requires == []
    there = [f"numpy=={version('numpy')}", f"Open.Clip_torch=={version('open_clip_torch')}"]
    assert load(requiring(folder, *there)).requires == there


def test_packages_that_are_not_there_are_one_command(folder: Path) -> None:
    wanted = ("nowhere-a==1.0", f"numpy=={version('numpy')}", "pillow==0.1", "nowhere_b==2!3+x")
    assert refusal(requiring(folder, *wanted)) == (
        "mine/submission.toml: requires: needs nowhere-a==1.0, none is installed; "
        "pip install nowhere-a==1.0 pillow==0.1 nowhere_b==2!3+x"
    )


@pytest.mark.parametrize(
    "requirement",
    [
        "numpy", "numpy>=2", "numpy==", "numpy==2.*", "numpy == 2.0", "numpy==2.0 --pre",
        "numpy==2.0; rm", "numpy[all]==2.0", "-e==1", "../evil==1", "git+https://x/y==1",
        "numpy==2.0\n", "numpy==2.0,evil==1", "",
    ],
)  # fmt: skip
def test_a_requirement_is_a_name_and_an_exact_version(folder: Path, requirement: str) -> None:
    said = refusal(requiring(folder, requirement))
    assert said.startswith("mine/submission.toml: requires.0: String should match pattern '^[A-Za-")


CHANGES: list[tuple[str, str, str]] = [
    (
        "licence =",
        'batch_size = "big"\nlicence =',
        "mine/submission.toml: batch_size: is a whole number from 1 to 4096, "
        "or \"auto\", not 'big'",
    ),
    (
        "licence =",
        "license =",
        "mine/submission.toml: license: unknown key; did you mean 'licence'?",
    ),
    ('licence = "Apache-2.0"', "", "mine/submission.toml: licence: missing; add it"),
    (
        'title = "Mine"',
        'title = "Mine"\ntitel = "x"',
        "mine/submission.toml: titel: unknown key; did you mean 'title'?",
    ),
    (
        "adapter =",
        "adaptor =",
        "mine/submission.toml: model.adapter: missing; one of onnx, open_clip, pretrained, "
        "python, transformers",
    ),
    (
        "architecture =",
        "arquitecture =",
        "mine/submission.toml: model.arquitecture: unknown key; did you mean 'architecture'?",
    ),
    (
        '"baseline"',
        '"student"',
        "mine/submission.toml: role: Input should be 'teacher', 'distilled', 'fine-tuned', "
        "'hybrid' or 'baseline', not 'student'",
    ),
    (
        '"baseline"',
        '"distilled"',
        "mine/submission.toml: teacher: a distilled model names the submission it learned from",
    ),
    (
        'role = "baseline"',
        'role = "distilled"\nteacher = "nobody"',
        "mine/submission.toml: teacher: no submission is named 'nobody'",
    ),
    (
        "licence =",
        'training_data = "LAION-2B"\nlicence =',
        "mine/submission.toml: training_data: Input should be a valid list, not 'LAION-2B'",
    ),
    (
        "licence =",
        f'training_data = ["atelier", "{"x" * 201}"]\nlicence =',
        "mine/submission.toml: training_data.1: String should have at most 200 characters, not "
        f"'{'x' * 201}'",
    ),
    (
        "licence =",
        'training_data = ["a\\u202eb"]\nlicence =',
        "mine/submission.toml: training_data.0: has control or invisible characters, "
        "not 'a\\u202eb'",
    ),
    (
        "licence =",
        'training_data = [""]\nlicence =',
        "mine/submission.toml: training_data.0: String should have at least 1 character, not ''",
    ),
    (
        'role = "baseline"',
        'role = "distilled"\nteacher = "mine"',
        "mine/submission.toml: teacher: names the submission itself",
    ),
    (
        'role = "baseline"',
        'role = "fine-tuned"\nbase = "nobody"',
        "mine/submission.toml: base: no submission is named 'nobody'",
    ),
    (
        'name = "mine"',
        'name = "elsewhere"',
        "mine/submission.toml: name: 'elsewhere'; use the folder's name 'mine'",
    ),
    (
        'name = "mine"',
        'name = "Mine!"',
        "mine/submission.toml: name: String should match pattern '^[a-z0-9][a-z0-9-]{0,79}$', "
        "not 'Mine!'",
    ),
    (
        '["image"]',
        '["sound"]',
        "mine/submission.toml: inputs.0: Input should be 'image', 'metadata' or 'graph', "
        "not 'sound'",
    ),
    (
        '"open_clip"',
        '"keras"',
        "mine/submission.toml: model.adapter: 'keras' is unknown; one of onnx, open_clip, "
        "pretrained, python, transformers",
    ),
    (
        "model.safetensors",
        "other.safetensors",
        "mine/submission.toml: model.weights: 'other.safetensors' is not in the folder; "
        "add it, or mend the name",
    ),
    (
        "model.safetensors",
        "../other/x.safetensors",
        "mine/submission.toml: model.weights: '../other/x.safetensors' lies outside the submission",
    ),
    (
        "model.safetensors",
        "/etc/x.safetensors",
        "mine/submission.toml: model.weights: '/etc/x.safetensors' lies outside the submission",
    ),
    (
        "model.safetensors",
        "model.dat",
        "mine/submission.toml: model.weights: 'model.dat' is not a .safetensors file; "
        "save it as one",
    ),
    (
        "model.safetensors",
        ".model.safetensors",
        "mine/submission.toml: model.weights: '.model.safetensors' is hidden; "
        "what a model uses is seen and digested",
    ),
    (
        "weights =",
        'pretrained = "laion2b"\nweights =',
        "mine/submission.toml: model: name exactly one of weights, hub, pretrained",
    ),
    (
        "weights =",
        'hub = "a/b"\nweights =',
        "mine/submission.toml: model: hub and revision go together: name the commit that is pinned",
    ),
    (
        'title = "Mine"',
        f'title = "{"x" * 201}"',
        "mine/submission.toml: title: String should have at most 200 characters, not "
        f"'{'x' * 201}'",
    ),
    (
        'title = "Mine"',
        'title = "Mi\\u202ene"',
        "mine/submission.toml: title: has control or invisible characters, not 'Mi\\u202ene'",
    ),
    (
        "licence =",
        'links = ["javascript:alert(1)"]\nlicence =',
        "mine/submission.toml: links.0: String should match pattern "
        "'^https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]+$', not 'javascript:alert(1)'",
    ),
    (
        "licence =",
        f"authors = {['a'] * 51}\nlicence =",
        "mine/submission.toml: authors: List should have at most 50 items after validation, "
        f"not 51, not {['a'] * 51}",
    ),
    (
        "licence =",
        '"\\u001b[31m\\n" = 1\nlicence =',
        "mine/submission.toml: \\x1b[31m\\n: unknown key; known: authors, base, batch_size, "
        "inputs, licence, limits, links, model, name, pipeline, requires, role, summary, "
        "teacher, title, training_data",
    ),
    (
        'role = "baseline"',
        'role = "fine-tuned"\nbase = "../mine"',
        "mine/submission.toml: base: String should match pattern '^[a-z0-9][a-z0-9-]{0,79}$', "
        "not '../mine'",
    ),
    (
        "weights =",
        'hub = "a/b"\nrevision = "main"\nweights =',
        "mine/submission.toml: model.revision: String should match pattern '^[0-9a-f]{40}$', "
        "not 'main'",
    ),
    (
        "weights =",
        f'hub = "../../x"\nrevision = "{"0" * 40}"\nweights =',
        "mine/submission.toml: model.hub: String should match pattern "
        "'^[A-Za-z0-9][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9][A-Za-z0-9_.-]{0,95}$', not '../../x'",
    ),
    (
        "[model]",
        "[limits]\nscratch_gb = 17\n[model]",
        "mine/submission.toml: limits.scratch_gb: Input should be less than or equal to 16, not 17",
    ),
    (
        "[model]",
        "[limits]\nmemory_gb = nan\n[model]",
        "mine/submission.toml: limits.memory_gb: Input should be a finite number, not nan",
    ),
    (
        'architecture = "ViT-B-32"',
        "",
        "mine/submission.toml: model: name exactly one of architecture, config",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), CHANGES)
def test_refused_in_one_line(folder: Path, old: str, new: str, message: str) -> None:
    assert rewrite(folder, old, new) == message


def test_not_toml(folder: Path) -> None:
    assert rewrite(folder, 'name = "mine"', "name = ").startswith(
        "mine/submission.toml: not valid TOML (Invalid value (at line 1"
    )


def test_not_utf8(folder: Path) -> None:
    (folder / "submission.toml").write_bytes(b'name = "\xff"')
    assert refusal(folder).startswith("mine/submission.toml: not valid TOML ('utf-8' codec")


def test_no_manifest(folder: Path) -> None:
    (folder / "submission.toml").unlink()
    assert refusal(folder) == (
        "mine/submission.toml: missing; make one with: cimaise new NAME --adapter open_clip"
    )


def test_no_card(folder: Path) -> None:
    (folder / "README.md").unlink()
    assert refusal(folder) == "mine/README.md: missing; every submission has a model card"


def test_two_of_one_name(folder: Path) -> None:
    other = folder.parent / "other"
    assert rewrite(folder, 'name = "mine"', 'name = "other"') == (
        f"mine/submission.toml: name: 'other', which is already "
        f"{other.name}; use the folder's name 'mine'"
    )


def test_python_file_missing(folder: Path) -> None:
    (folder / "submission.toml").write_text(HEAD + PYTHON)
    assert refusal(folder) == (
        "mine/submission.toml: model.file: 'encoder.py' is not in the folder; "
        "add it, or mend the name"
    )


def test_weights_to_come_need_not_be_there(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    assert load(folder, weights_to_come=True).name == "mine"


def test_load_all_keeps_a_bad_one_as_its_error(folder: Path) -> None:
    (folder / "submission.toml").write_text("x")
    (folder.parent / ".hidden").mkdir()
    (folder.parent / "__pycache__").mkdir()
    (folder.parent / "file.txt").touch()
    found = load_all(folder.parent)
    assert list(found) == ["mine", "other"]
    assert isinstance(found["mine"], BadInput)
    assert isinstance(found["other"], Submission)
    assert list(load_all(folder.parent, ["other"])) == ["other"]


def test_load_all_names_what_there_is(folder: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load_all(folder.parent, ["nobody"])
    assert str(caught.value) == (
        f"nobody: no such submission in {folder.parent}; there are: mine, other"
    )


def test_code_beside_a_model_without_code(folder: Path) -> None:
    (folder / "tokenization_evil.py").write_text("raise SystemExit")
    assert refusal(folder) == (
        "mine/tokenization_evil.py: is not among the files of a model without code (open_clip); "
        'remove it, or use adapter = "python"'
    )
    with pytest.raises(BadInput, match="is not among the files"):
        load(folder, weights_to_come=True)


def test_a_config_that_brings_code_is_refused_before_it_is_read(folder: Path) -> None:
    config = {"model_cfg": {"text_cfg": {"tokenizer_kwargs": {"trust_remote_code": True}}}}
    (folder / "open_clip_config.json").write_text(json.dumps(config))
    assert refusal(folder) == (
        "mine/open_clip_config.json: model_cfg.text_cfg.tokenizer_kwargs.trust_remote_code: "
        'is no key of a model without code; remove it, or use adapter = "python"'
    )


def test_a_graph_that_is_none(folder: Path) -> None:
    (folder / "submission.toml").write_text(HEAD + '[model]\nadapter = "onnx"\n')
    for name in ("vision_model.onnx", "text_model.onnx"):
        (folder / name).write_bytes(b"no graph")
    assert refusal(folder) == "mine/text_model.onnx: is not an ONNX graph; export it again"
    for name in ("pictures", "texts"):
        (folder / "submission.toml").write_text(
            HEAD + f'[model]\nadapter = "onnx"\n{name} = "model.ort"\n'
        )
        assert refusal(folder) == (
            f"mine/submission.toml: model.{name}: 'model.ort' is not a .onnx file; save it as one"
        )


def test_limits_if_none_are_said(folder: Path) -> None:
    limits = load(folder).limits
    assert (limits.wall_s, limits.memory_gb, limits.scratch_gb, limits.processes) == (
        3600, 8, 1, 32,
    )  # fmt: skip


NO_NAME = "is no name for a submission; use small letters, digits and hyphens, at most 80"


def test_a_folder_with_no_name_is_a_row_of_its_own(folder: Path) -> None:
    for name in ("--help", "a\nb", "[red]x", "a?b", "a*b", "x" * 81, "Mine"):
        (folder.parent / name).mkdir()
    (folder.parent / "away").symlink_to(folder.parent / "other")
    (folder.parent / "lost").symlink_to(folder.parent / "nowhere")
    found = load_all(folder.parent)
    errors = {name: str(one) for name, one in found.items() if isinstance(one, BadInput)}
    assert {name: error for name, error in errors.items() if name != "away"} == {
        "--help": f"--help: {NO_NAME}",
        "Mine": f"Mine: {NO_NAME}",
        "?red?x": f"?red?x: {NO_NAME}",
        "a?b": f"a?b: {NO_NAME}",
        "a?b?": f"a?b: {NO_NAME}",
        "a?b??": f"a?b: {NO_NAME}",
        "x" * 80: f"{'x' * 80}: {NO_NAME}",
    }
    assert errors["away"].endswith("/away: is a link; copy the folder itself")
    assert set(found) - set(errors) == {"mine", "other"}
    assert "lost" not in found
    with pytest.raises(BadInput) as caught:
        load_all(folder.parent, ["\x1b[31m"])
    assert str(caught.value).startswith("??31m: no such submission")


def test_a_folder_that_this_user_may_not_enter_costs_its_own_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "other":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = load_all(folder.parent)
    assert isinstance(found["mine"], Submission)
    assert str(found["other"]) == (
        f"{folder.parent}/other: cannot be read (Permission denied); make it readable, or remove it"
    )


WHOLE = (HEAD + OPEN_CLIP).encode()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, len(WHOLE)), cut=st.integers(0, 20), more=st.binary(max_size=12))
def test_no_byte_of_a_manifest_raises_anything_else(
    folder: Path, place: int, cut: int, more: bytes
) -> None:
    (folder / "submission.toml").write_bytes(WHOLE[:place] + more + WHOLE[place + cut :])
    try:
        load(folder)
    except BadInput as error:
        assert "\n" not in str(error)
        assert str(error).isprintable()


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    field=st.sampled_from([*Submission.model_fields, "limits", "model.weights", "model.adapter"]),
    value=st.text(max_size=20) | st.integers() | st.floats() | st.booleans() | st.lists(st.text()),
)
def test_no_value_of_a_manifest_raises_anything_else(
    folder: Path, field: str, value: object
) -> None:
    text = str(value).lower() if isinstance(value, bool | float) else json.dumps(value)
    (folder / "submission.toml").write_text(f"{field} = {text}\n{HEAD}{OPEN_CLIP}")
    try:
        load(folder)
    except BadInput as error:
        assert str(error).isprintable()


def test_schema_can_be_exported() -> None:
    schema = Submission.model_json_schema()
    assert set(schema["required"]) >= {"name", "role"}
    json.dumps(schema)
