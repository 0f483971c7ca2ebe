from __future__ import annotations

import errno
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.abilities import Encoder
from benchmark.adapters import (
    ModelTable,
    Repository,
    _hub_cache,
    digest,
    fetch,
    load,
    snapshot_files,
    waits,
)
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


WHERE = "submissions/mine/submission.toml: model.hub: cannot fetch owner/"


def test_an_unknown_repository_and_an_unknown_commit(
    hub: StandInHub, repository: Path, tmp_path: Path
) -> None:
    hub.add("models", "owner/tiny", repository)
    assert refusal(of_hub("0" * 40, "owner/none"), tmp_path) == (
        WHERE + "none: there is no such repository, or it is private; "
        "mend the name, or see https://huggingface.co/owner/none"
    )
    assert refusal(of_hub("0" * 40), tmp_path) == (
        WHERE + f"tiny: it has no commit {'0' * 40}; "
        "pick one of https://huggingface.co/owner/tiny/commits"
    )


def test_a_gated_repository(hub: StandInHub, repository: Path, tmp_path: Path) -> None:
    commit = hub.add("models", "owner/tiny", repository)
    hub.gated.add("models/owner/tiny")
    assert refusal(of_hub(commit), tmp_path) == (
        WHERE + "tiny: it is gated; accept its terms at https://huggingface.co/owner/tiny, then: "
        "hf auth login"
    )


def test_no_network(hub: StandInHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # between attempts
    hub.close()
    unreached = "tiny: no hub can be reached; run it where there is a network"
    assert refusal(of_hub("0" * 40), tmp_path) == WHERE + unreached


def test_a_full_disk(
    hub: StandInHub, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import file_download

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    commit = hub.add("models", "owner/tiny", repository)
    monkeypatch.setattr(file_download, "http_get", full)
    assert refusal(of_hub(commit), tmp_path) == (
        WHERE + f"tiny: no room is left; make room where {tmp_path} lies, and run it again"
    )
    monkeypatch.undo()


def test_a_line_that_breaks_is_taken_up_where_it_broke(
    hub: StandInHub, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # between attempts
    commit = hub.add("models", "owner/tiny", repository)
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 500)
    hub.broken["open_clip_model.safetensors"] = 1000
    snapshot = fetch(PLACE, of_hub(commit), tmp_path)
    assert snapshot is not None and hub.ranges == ["bytes=1000-"]
    name = "open_clip_model.safetensors"
    assert (snapshot / name).read_bytes() == (repository / name).read_bytes()


def test_what_a_stopped_run_had_fetched_is_not_fetched_again(
    hub: StandInHub, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # between attempts
    commit = hub.add("models", "owner/tiny", repository)
    wanted, weights = of_hub(commit), "open_clip_model.safetensors"
    hub.failing.add(weights)
    assert refusal(wanted, tmp_path) == (
        WHERE + "tiny: the hub answers 500; run it again: what has come is kept"
    )
    assert waits(wanted, tmp_path)
    hub.failing.clear()
    hub.fetched.clear()
    assert fetch(PLACE, wanted, tmp_path) is not None
    assert hub.fetched == [weights]
    assert not waits(wanted, tmp_path)


def test_a_file_that_is_not_what_the_hub_says(
    hub: StandInHub, repository: Path, tmp_path: Path
) -> None:
    commit = hub.add("models", "owner/tiny", repository)
    wanted, weights = of_hub(commit), repository / "open_clip_model.safetensors"
    hub.forged[weights.name] = weights.read_bytes()[:-1] + b"!"
    assert refusal(wanted, tmp_path) == (
        "owner/tiny/open_clip_model.safetensors: is not what the hub says it is (its digest "
        "differs), and was removed; run it again"
    )
    assert waits(wanted, tmp_path)
    hub.forged.clear()
    snapshot = fetch(PLACE, wanted, tmp_path)
    assert snapshot is not None
    assert (snapshot / weights.name).read_bytes() == weights.read_bytes()


def test_the_digest_of_a_small_file_is_that_of_git(tmp_path: Path) -> None:
    # `printf hello | git hash-object --stdin`
    blob = tmp_path / "models--a--b" / "blobs" / "b6fc4c620b67d95f953a5c1c1230aaab5db5a1b0"
    blob.parent.mkdir(parents=True)
    blob.write_text("hello")
    snapshot = tmp_path / "models--a--b" / "snapshots" / ("0" * 40)
    snapshot.mkdir(parents=True)
    (snapshot / "config.json").symlink_to(blob)
    repository = Repository("hub", "a/b", "0" * 40)
    _hub_cache.keep(snapshot, repository, ["config.json"])
    assert _hub_cache.whole(tmp_path, repository, ["config.json"]) == snapshot
    assert _hub_cache.whole(tmp_path, repository, ["config.json", "*.safetensors"]) is None
    blob.write_text("jello")
    with pytest.raises(BadInput, match=r"a/b/config\.json: is not what the hub says it is"):
        _hub_cache.keep(snapshot, repository, ["config.json"])


def test_a_second_run_asks_no_hub(
    hub: StandInHub, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = hub.add("models", "owner/tiny", repository)
    wanted = of_hub(commit)
    assert waits(wanted, tmp_path)
    snapshot = fetch(PLACE, wanted, tmp_path)
    assert snapshot is not None and not waits(wanted, tmp_path)
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)  # importing it would fail
    assert fetch(PLACE, wanted, tmp_path) == snapshot
    (snapshot / "open_clip_config.json").unlink()
    assert waits(wanted, tmp_path)


def test_own_weights_wait_for_nothing(tmp_path: Path) -> None:
    assert not waits(table(adapter="python"), tmp_path)
    tag = table(adapter="open_clip", architecture="ViT-B-32", pretrained="openai")
    assert not waits(tag, tmp_path)  # it names no commit, so nothing here can be known to be it


def test_asking_whether_it_waits_imports_no_library() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from benchmark.adapters import waits\n"
        "from benchmark.adapters.open_clip import OpenClip\n"
        "table = OpenClip(adapter='open_clip', hub='a/b', revision='0' * 40)\n"
        "print(waits(table, Path('nowhere')), *sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, *modules = said.stdout.split()
    assert first == "True"
    assert {"torch", "open_clip", "transformers", "huggingface_hub"}.isdisjoint(modules)


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
