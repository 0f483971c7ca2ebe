from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from benchmark.training import examples, lesson
from benchmark.training.examples import of_folder
from benchmark.training.freezing import choose
from benchmark.training.models import Model
from benchmark.training.painting_course import PaintingCourse
from benchmark.training.query_text import SyntheticQuery
from benchmark.training.rendered_pairs import rendered
from benchmark.training.synthetic_queries import synthetic_query
from benchmark.training.tags import touched
from benchmark.training.train import train
from tests.training import described
from tests.training.conftest import Make, Trained, own_pictures, quiet

TUNING = {
    "kind": "fine-tuning", "tune": "projections", "domain": ["genre:"], "pairs": 40, "batch": 8,
    "steps": 8, "learning_rate": 1e-2, "warm_up": 1, "weight_decay": 0.0,
    "captions": None, "vocabulary": None,
}  # fmt: skip


@pytest.fixture
def base(trained: Trained) -> Path:
    """A base that has learned a few steps."""
    return trained("base", steps=3)


@pytest.mark.slow
def test_only_what_the_recipe_names_learns(base: Path) -> None:
    def learning(tune: str) -> set[str]:
        net = Model(base, torch.device("cpu")).net
        choose(net, tune, 2)
        return {name for name, one in net.named_parameters() if one.requires_grad}

    projections = {"visual.head.proj.weight", "text.text_projection"}
    assert learning("projections") == projections
    deep = learning("last blocks")
    assert projections | {"logit_scale", "text.ln_final.weight", "text.ln_final.bias"} < deep
    assert {name.split(".")[3] for name in deep if "resblocks" in name} == {"1"}
    assert {name.split(".")[3] for name in deep if "stages" in name} == {"3"}
    assert all(name.endswith((".up", ".down")) for name in learning("lora"))


@pytest.mark.slow
def test_a_step_asks_by_captions_or_by_queries_that_hold_in_a_mirror(
    base: Path, drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Model(base, torch.device("cpu"))
    domain = ["thing:person"]
    ours, _, _ = examples.of_domain(domain, 24, model.side, drawn, lambda done, of: None)
    pairs = rendered(64, 1, drawn, lambda done, of: None)
    rows = [row for row, facts in enumerate(pairs.facts) if touched(facts, domain)]
    assert 24 <= len(rows) < 64
    assert ours.facts == [pairs.facts[row] for row in rows[:24]]
    assert [one[0] for one in ours.captions] == [pairs.english[row] for row in rows[:24]]
    needs: list[str] = []
    flips: list[int] = []

    def noted(*given: Any) -> SyntheticQuery:
        made = synthetic_query(*given)
        needs.extend(made.needs)
        return made

    def flipped(_: object, seen: torch.Tensor) -> torch.Tensor:
        flips.append(len(heard))
        return seen

    monkeypatch.setattr(lesson, "synthetic_query", noted)
    monkeypatch.setattr(lesson.v2.RandomHorizontalFlip, "forward", flipped)
    heard: list[str] = []
    fits: list[torch.Tensor] = []
    monkeypatch.setattr(model, "texts", lambda said: torch.nn.functional.normalize(said))
    monkeypatch.setattr(model, "tokenize", lambda said: heard.extend(said) or torch.eye(len(said)))
    monkeypatch.setattr(model, "pictures", lambda seen: torch.eye(len(seen)))

    def contrastive(said: torch.Tensor, seen: torch.Tensor, known: torch.Tensor, _: object) -> None:
        fits.append(known)

    monkeypatch.setattr(lesson.losses, "contrastive", contrastive)
    for asked in (0.0, 1.0):
        loss = lesson.Lesson(model, ours, batch=8, seed=0, asked=asked, augment=True)
        for step in range(40):
            loss(step)
    captions = {one for said in ours.captions for one in said}
    assert len(heard) == 2 * 40 * 8
    assert set(heard[:320]) <= captions
    assert not set(heard[320:]) & captions
    assert [need for need in needs if " above " in need or " on " in need]
    assert not [need for need in needs if " left of " in need]
    assert min(flips) == 320  # a caption may name left and right
    assert all(torch.equal(known, torch.eye(8)) for known in fits[:40])
    assert all((known.diagonal() == 1).all() for known in fits[40:])
    assert any(known.sum() > 8 for known in fits[40:])


@pytest.mark.slow
@pytest.mark.parametrize("tune", ["projections", "last blocks", "lora"])
def test_tuning_moves_what_it_may_and_reports_accuracy(
    base: Path, make: Make, drawn: Path, tune: str
) -> None:
    folder = make("tuned", more='base = "base"', **{**TUNING, "tune": tune, "augment": True})
    weights = train(folder, drawn, "cpu", quiet)
    old, new = load_file(base / "open_clip_model.safetensors"), load_file(weights)
    assert old.keys() == new.keys()
    moved = {name for name in old if not torch.equal(old[name], new[name])}
    if tune == "projections":
        assert moved == {"visual.head.proj.weight", "text.text_projection"}
    assert "visual.head.proj.weight" in moved
    assert not any("running" in name for name in moved)
    log = json.loads((folder / "training.json").read_text())
    assert log["pairs"] == {"train": 28, "validation": 6, "test": 6}
    for when in ("top_1_before", "top_1_after"):
        assert set(log[when]) >= {"train", "validation", "test"}
        assert all(0 <= share <= 1 for share in log[when].values())
    assert log["share_of_tuned_weights"] == 1.0
    before, after, gain = (log[f"ndcg@10_{what}"]["own"] for what in ("before", "after", "gain"))
    assert gain["mean"] == pytest.approx(after - before, abs=2e-4)
    assert gain["low"] <= gain["mean"] <= gain["high"]
    assert log["trial"]["own"]["scenes"] == 64 - 40


@pytest.mark.slow
def test_no_share_of_the_tuned_weights_is_the_base_again(
    base: Path, make: Make, drawn: Path
) -> None:
    folder = make("tuned", more='base = "base"', **{**TUNING, "interpolate": [0.0]})
    new = load_file(train(folder, drawn, "cpu", quiet))
    log = json.loads((folder / "training.json").read_text())
    assert log["ndcg@10_gain"]["own"] == {"mean": 0.0, "low": 0.0, "high": 0.0}
    for name, value in load_file(base / "open_clip_model.safetensors").items():
        assert torch.equal(new[name], value), name


@pytest.mark.slow
def test_pictures_of_ones_own(base: Path, make: Make, drawn: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    rows = []
    for n in range(24):
        Image.new("RGB", (40, 30), (10 * n, 0, 0)).save(own / f"{n}.png")
        rows.append({"file_name": f"{n}.png", "id": f"p{n}", "title": f"Red {n}", "genre": "plain"})
    rows[3] |= {"title": "", "genre": ""}
    (own / "metadata.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    model = Model(base, torch.device("cpu"))
    read = of_folder(own, model.squashed, tmp_path / "cache")
    assert read.captions[0] == ("Red 0, plain",)
    assert len(read.captions) == 23  # one says nothing of itself
    assert read.pictures.shape == (23, 64, 64, 3)
    folder = make("tuned", more='base = "base"', **{**TUNING, "domain": None})
    train(folder, drawn, "cpu", quiet, own)
    log = json.loads((folder / "training.json").read_text())
    assert log["pairs"] == {"train": 16, "validation": 3, "test": 4}
    assert "everything_else" not in log["top_1_after"]
    assert "ndcg@10_after" not in log


PAINTINGS = "[paintings]\ncaptions = 0.2\nlines = 0.1\nrequests = 8\ndev = 8\n"


def painted(make: Make, **changed: object) -> Path:
    """Tuned on described paintings that lie beside the submissions."""
    told = {**TUNING, "domain": None, "pairs": None, "batch": 4, "augment": True, **changed}
    folder = make("tuned", more='base = "base"', tables=PAINTINGS, **told)
    described.queries(folder.parents[1] / "queries")
    described.pictures(folder.parents[1] / "pictures")
    return folder


@pytest.mark.slow
def test_paintings_are_learned_from_and_what_is_gained_and_forgotten_is_told(
    base: Path, make: Make, drawn: Path
) -> None:
    folder = painted(make)
    weights = train(folder, drawn, "cpu", quiet, own_pictures(folder))
    old, new = load_file(base / "open_clip_model.safetensors"), load_file(weights)
    moved = {name for name in old if not torch.equal(old[name], new[name])}
    assert moved == {"visual.head.proj.weight", "text.text_projection"}
    log = json.loads((folder / "training.json").read_text())
    assert log["paintings"] == 12 - 8
    assert log["asked"]["own"]["paintings"] == 8
    assert log["asked"]["everything_else"]["scenes"] == 64
    for sort in ("own", "everything_else"):
        before, after = log["ndcg@10_before"][sort], log["ndcg@10_after"][sort]
        gain = log["ndcg@10_gain"][sort]
        assert gain["mean"] == pytest.approx(after - before, abs=2e-4)
        assert gain["low"] <= gain["mean"] <= gain["high"]
    assert log["share_of_tuned_weights"] == 1.0


@pytest.mark.slow
def test_a_share_is_chosen_by_paintings_and_scenes(
    base: Path, make: Make, drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worth = iter([0.2, 0.4, 0.3])
    monkeypatch.setattr(PaintingCourse, "worth", lambda course: next(worth))
    folder = painted(make, interpolate=[0.0, 0.5, 1.0])
    weights = train(folder, drawn, "cpu", quiet, own_pictures(folder))
    half = load_file(weights)
    log = json.loads((folder / "training.json").read_text())
    assert log["share_of_tuned_weights"] == 0.5
    worth = iter([1.0])
    changed = (folder / "recipe.toml").read_text().replace("[0.0, 0.5, 1.0]", "[1.0]")
    (folder / "recipe.toml").write_text(changed)
    whole = load_file(train(folder, drawn, "cpu", quiet, own_pictures(folder)))
    for name, old in load_file(base / "open_clip_model.safetensors").items():
        wanted = (old.float() + whole[name].float()) / 2
        torch.testing.assert_close(half[name].float(), wanted, atol=2e-3, rtol=0)
