from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmark.abilities import Encoder
from benchmark.adapters import ModelTable, digest, fetch, load, snapshot_files
from benchmark.collections.registry import find
from benchmark.errors import BadInput
from benchmark.harness.evaluation.run import run
from benchmark.harness.evaluation.session import Session
from benchmark.results.store import Store
from benchmark.submission import Submission, load_all
from benchmark.workspace import Workspace
from tests.adapters.models import make_clip, make_open_clip, pictures
from tests.conftest import make_submission
from tests.stand_in_hub import StandInHub

PLACE = Path("submissions/mine")


def table(**model: str) -> ModelTable:
    return Submission.model_validate(
        {
            "name": "mine",
            "title": "Mine",
            "summary": "A test.",
            "role": "baseline",
            "inputs": ["image"],
            "licence": "Apache-2.0",
            "model": model,
        }
    ).model


def of_hub(commit: str, name: str = "owner/tiny") -> ModelTable:
    return table(adapter="open_clip", hub=name, revision=commit)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_open_clip(tmp_path_factory.mktemp("hub") / "tiny")
    (folder / "open_clip_pytorch_model.bin").write_bytes(b"a pickle")
    (folder / "evil.py").write_text("raise SystemExit")
    return folder


def test_own_weights_need_nothing(tmp_path: Path) -> None:
    assert fetch(PLACE, table(adapter="python"), tmp_path) is None


def test_a_pinned_model_is_fetched_without_pickles_or_code(
    hub: StandInHub, repository: Path, tmp_path: Path
) -> None:
    commit = hub.add("models", "owner/tiny", repository)
    wanted = of_hub(commit)
    snapshot = fetch(PLACE, wanted, tmp_path)
    assert snapshot is not None
    assert snapshot.name == commit
    assert sorted(hub.fetched) == ["open_clip_config.json", "open_clip_model.safetensors"]
    model = load(PLACE, wanted, snapshot, "cpu")
    assert isinstance(model, Encoder)
    assert model.encode_images(pictures()).shape == (5, 24)
    assert fetch(PLACE, wanted, tmp_path) == snapshot
    assert len(hub.fetched) == 2
    hub.repositories.clear()  # a pinned commit that is here needs no hub
    assert fetch(PLACE, wanted, tmp_path) == snapshot


def refusal(wanted: ModelTable, cache: Path) -> str:
    with pytest.raises(BadInput) as caught:
        fetch(PLACE, wanted, cache)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_cannot_be_had_is_named(hub: StandInHub, repository: Path, tmp_path: Path) -> None:
    hub.add("models", "owner/tiny", repository)
    where = "submissions/mine/submission.toml: model.hub: cannot fetch owner/"
    for wanted, name in ((of_hub("0" * 40), "tiny"), (of_hub("0" * 40, "owner/none"), "none")):
        message = refusal(wanted, tmp_path)
        assert message.startswith(where + name + ": ")
        assert message.endswith("; check name, network")


def test_a_repository_without_safetensors(hub: StandInHub, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "config.json").write_text("{}")
    (tmp_path / "old" / "pytorch_model.bin").write_bytes(b"x")
    commit = hub.add("models", "owner/old", tmp_path / "old")
    assert refusal(of_hub(commit, "owner/old"), tmp_path / "cache") == (
        "submissions/mine/submission.toml: model.hub: owner/old has no .safetensors; "
        "pin a revision that has one"
    )


def test_an_unknown_pretrained_tag(tmp_path: Path) -> None:
    wanted = table(adapter="open_clip", architecture="ViT-B-32", pretrained="nobody")
    assert refusal(wanted, tmp_path) == (
        "submissions/mine/submission.toml: model.pretrained: open_clip has no 'nobody' for "
        "'ViT-B-32'; open_clip.list_pretrained() lists what it has"
    )


def test_the_digest_knows_every_byte_and_name(tmp_path: Path) -> None:
    (tmp_path / "a.safetensors").write_bytes(b"1")
    one = digest(tmp_path)
    (tmp_path / "a.safetensors").write_bytes(b"2")
    two = digest(tmp_path)
    (tmp_path / "a.safetensors").rename(tmp_path / "b.safetensors")
    assert len({one, two, digest(tmp_path)}) == 3


def test_only_what_the_adapter_reads_is_fetched(hub: StandInHub, tmp_path: Path) -> None:
    folder = make_clip(tmp_path / "clip")
    for name in ("open_clip_config.json", "adapter_config.json", "chat_template.json", "x.py"):
        (folder / name).write_text('{"auto_map": {}}')
    commit = hub.add("models", "owner/clip", folder)
    wanted = table(adapter="transformers", hub="owner/clip", revision=commit)
    snapshot = fetch(PLACE, wanted, tmp_path / "cache")
    assert snapshot is not None
    found = snapshot_files(snapshot)
    assert [name for name, _ in found] == [
        "config.json", "model.safetensors", "processor_config.json", "tokenizer.json",
        "tokenizer_config.json",
    ]  # fmt: skip
    assert all(path.is_file() and not path.is_symlink() for _, path in found)
    assert {path.parent for _, path in found} == {snapshot.parent.parent / "blobs"}


def test_a_repository_that_brings_code_is_refused(
    hub: StandInHub, repository: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(repository, tmp_path / "tiny")
    (folder / "tokenizer_config.json").write_text(
        '{"auto_map": {"AutoTokenizer": ["evil.X", null]}}'
    )
    commit = hub.add("models", "owner/evil", folder)
    assert refusal(of_hub(commit, "owner/evil"), tmp_path / "cache") == (
        "owner/evil/tokenizer_config.json: auto_map: is no key of a model without code; "
        'remove it, or use adapter = "python"'
    )


def test_a_snapshot_holds_no_link_out_of_its_repository(tmp_path: Path) -> None:
    snapshot = tmp_path / "models--a--b" / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    blob = snapshot.parent.parent / "blobs" / "abc"
    blob.parent.mkdir()
    blob.write_text("{}")
    (snapshot / "config.json").symlink_to(blob)
    assert snapshot_files(snapshot) == [("config.json", blob)]
    before = digest(snapshot)
    (tmp_path / "secret").write_text("x")
    (snapshot / "a.json").symlink_to(tmp_path / "secret")
    with pytest.raises(BadInput, match=r"a\.json: is a link out of its repository; fetch it again"):
        snapshot_files(snapshot)
    (snapshot / "a.json").unlink()
    (snapshot / "a.json").symlink_to(blob.parent)
    with pytest.raises(BadInput, match="is a link to something that is no file"):
        snapshot_files(snapshot)
    (snapshot / "a.json").unlink()
    (snapshot / "a.json").symlink_to(tmp_path / "nothing")
    with pytest.raises(BadInput, match="is a link to nothing"):
        snapshot_files(snapshot)
    (snapshot / "a.json").unlink()
    assert digest(snapshot) == before


@pytest.mark.slow
def test_a_result_says_which_weights_were_run(
    hub: StandInHub, repository: Path, workspace: Workspace, gallery: Path
) -> None:
    commit = hub.add("models", "owner/tiny", repository)
    folder = make_submission(workspace.submissions / "tiny")
    (folder / "encoder.py").unlink()
    manifest = (folder / "submission.toml").read_text().partition("[model]")[0]
    model = f'[model]\nadapter = "open_clip"\nhub = "owner/tiny"\nrevision = "{commit}"\n'
    (folder / "submission.toml").write_text(manifest + model)
    session = Session(workspace, find(str(gallery), workspace), "cpu", fresh=False)
    chosen = load_all(workspace.submissions, ["tiny"])
    (outcome,) = run(session, chosen, lambda name: lambda *stage: None, costs=False)
    assert outcome.state == "scored", outcome
    result = Store(workspace.leaderboard).result("colours", "tiny")
    assert result is not None
    assert result.provenance.weights == commit
    snapshots = workspace.cache / "hub" / "models--owner--tiny" / "snapshots"
    assert result.provenance.weights_digest == digest(snapshots / commit)
