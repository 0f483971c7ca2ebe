from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.collections.registry import find
from benchmark.encoders.open_clip import OpenClipEncoder
from benchmark.encoders.weights import digest, fetch
from benchmark.errors import BadInput
from benchmark.harness.run import run
from benchmark.harness.session import Session
from benchmark.results.store import Store
from benchmark.submission import Submission, load_all
from benchmark.workspace import Workspace
from tests.conftest import make_submission
from tests.encoders.models import make_open_clip, pictures
from tests.stand_in_hub import StandInHub

PLACE = Path("submissions/mine")


def submission(**model: str) -> Submission:
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
    )


def of_hub(commit: str, name: str = "owner/tiny") -> Submission:
    return submission(adapter="open_clip", hub=name, revision=commit)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_open_clip(tmp_path_factory.mktemp("hub") / "tiny")
    (folder / "open_clip_pytorch_model.bin").write_bytes(b"a pickle")
    (folder / "evil.py").write_text("raise SystemExit")
    return folder


def test_own_weights_need_nothing(tmp_path: Path) -> None:
    assert fetch(PLACE, submission(adapter="python"), tmp_path) is None


def test_a_pinned_model_is_fetched_without_pickles_or_code(
    hub: StandInHub, repository: Path, tmp_path: Path
) -> None:
    commit = hub.add("models", "owner/tiny", repository)
    wanted = of_hub(commit)
    snapshot = fetch(PLACE, wanted, tmp_path)
    assert snapshot is not None
    assert snapshot.name == commit
    assert sorted(hub.fetched) == ["open_clip_config.json", "open_clip_model.safetensors"]
    model = OpenClipEncoder.load(PLACE, wanted.model, snapshot, "cpu")  # type: ignore[arg-type]
    assert model.encode_images(pictures()).shape == (5, 24)
    assert fetch(PLACE, wanted, tmp_path) == snapshot
    assert len(hub.fetched) == 2
    hub.repositories.clear()  # a pinned commit that is here needs no hub
    assert fetch(PLACE, wanted, tmp_path) == snapshot


def refusal(wanted: Submission, cache: Path) -> str:
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
    wanted = submission(adapter="open_clip", architecture="ViT-B-32", pretrained="nobody")
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


@pytest.mark.slow
def test_a_result_says_which_weights_were_run(
    hub: StandInHub, repository: Path, workspace: Workspace, gallery: Path
) -> None:
    commit = hub.add("models", "owner/tiny", repository)
    folder = make_submission(workspace.submissions / "tiny")
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
