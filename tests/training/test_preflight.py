"""What will fail fails before anything is drawn or trained."""

from __future__ import annotations

import json
import os
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from PIL import Image

from benchmark.errors import BadInput
from benchmark.training import preflight
from benchmark.training.rendered_pairs import SIZES, bytes_to_come
from benchmark.training.train import train
from tests.training import described
from tests.training.conftest import CONFIG, RECIPE, Make, towers, untrained

TUNING = {
    "kind": "fine-tuning", "tune": "projections", "domain": ["genre:"], "pairs": 40,
    "captions": None, "vocabulary": None,
}  # fmt: skip
INT8 = dict.fromkeys(RECIPE) | {"kind": "int8", "pairs": 48}


def refused(folder: Path, cache: Path, device: str = "cpu", pictures: Path | None = None) -> str:
    """The line with which a training is refused before it has begun."""

    def never(stage: str, done: int, of: int) -> None:
        pytest.fail(f"{stage} had begun")

    before = sorted(path for path in folder.rglob("*"))
    with pytest.raises(BadInput) as caught:
        train(folder, cache, device, never, pictures)
    assert not list(cache.rglob("*.npy"))
    assert sorted(path for path in folder.rglob("*")) == before
    return str(caught.value)


def changed(folder: Path, table: str, **values: Any) -> None:
    config = json.loads(json.dumps(CONFIG))
    config["model_cfg"][table] |= values
    (folder / "open_clip_config.json").write_text(json.dumps(config))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.mark.parametrize("device", ["cuda:99", "gpu", "meta"])
def test_a_device_that_is_not_there(make: Make, cache: Path, device: str) -> None:
    said = refused(make("small"), cache, device)
    assert said == f"--device: '{device}' is not to be had here; use auto or cpu"


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder that nobody may write to, this user included."""
    me = os.geteuid()
    with TemporaryDirectory(dir="/tmp") as place:
        folder = Path(place)
        folder.chmod(0o555)
        if me == 0:
            os.seteuid(65534)  # root may write anywhere
        try:
            yield folder
        finally:
            os.seteuid(me)
            folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_to(locked: Path) -> None:
    for folder in (locked, locked / "below"):
        with pytest.raises(BadInput) as caught:
            preflight.writable(folder)
        assert str(caught.value).startswith(f"{folder}: cannot be written to (Permission denied); ")


def test_a_cache_that_is_a_file(make: Make, cache: Path) -> None:
    cache.write_text("")
    said = refused(make("small"), cache)
    assert said.startswith(f"{cache}: cannot be written to (File exists); make it writable")


def test_a_disk_too_small_for_what_is_to_be_drawn(
    make: Make, cache: Path, drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = make("small")
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(2 * 10**6))
    said = refused(small, cache)
    # 64 pairs, each 3 * (64^2 + 96^2) = 39,936 bytes of pixels and 4,096 of words; 256 MiB besides
    assert said.startswith(f"{cache}: 0.3 GB are needed, 0.0 GB are free; make room")
    assert SIZES == (64, 96)
    assert bytes_to_come(64, 0, cache) == 64 * (39_936 + 4096)
    assert bytes_to_come(64, 0, drawn) == 0
    assert bytes_to_come(65, 0, drawn) == 16 * (39_936 + 4096)  # one more chunk


def test_a_config_that_is_missing_or_says_too_little(make: Make, cache: Path) -> None:
    small = make("small")
    changed(small, "vision_cfg", image_size=80)
    where = f"{small / 'open_clip_config.json'}: model_cfg"
    assert refused(small, cache) == (
        f"{where}.vision_cfg.image_size: 80, but pictures are drawn at 64 or 96; set it to 64 or 96"
    )
    changed(small, "vision_cfg", timm_model_name="no_such_net")
    assert "open_clip makes no model of it (" in refused(small, cache)
    config = json.loads(json.dumps(CONFIG))
    del config["model_cfg"]["text_cfg"]
    (small / "open_clip_config.json").write_text(json.dumps(config))
    assert refused(small, cache) == f"{where}.text_cfg.vocab_size: missing; add it"
    (small / "open_clip_config.json").write_text("{")
    assert "open_clip_config.json: not valid JSON" in refused(small, cache)
    (small / "open_clip_config.json").unlink()
    assert "model.config: 'open_clip_config.json' is not in the folder" in refused(small, cache)


def test_more_tokens_than_the_text_encoder_has_embeddings_for(make: Make, cache: Path) -> None:
    small = make("small", vocabulary=401)
    assert refused(small, cache) == (
        f"{small / 'recipe.toml'}: vocabulary: 401 tokens, but open_clip_config.json has a "
        "vocab_size of 400; make them equal"
    )
    other = untrained(make("other"))
    borrowed = make("borrowed", vocabulary=None, tokenizer="other")
    tokens = len(json.loads((other / "tokenizer.json").read_text())["model"]["vocab"]) + 1
    changed(borrowed, "text_cfg", vocab_size=tokens - 1)
    assert f"tokenizer: {tokens} tokens, but open_clip_config.json has" in refused(borrowed, cache)
    (other / "tokenizer.json").write_text("{}")
    assert "other/tokenizer.json: is no tokenizer (" in refused(borrowed, cache)


def test_a_tokenizer_that_is_not_there(make: Make, cache: Path) -> None:
    small = make("small", vocabulary=None, tokenizer="absent")
    said = refused(small, cache)
    assert said.endswith("absent: has no tokenizer.json; train it first: cimaise train absent")


def test_a_teacher_or_an_ancestor_that_is_not_there_or_not_trained(make: Make, cache: Path) -> None:
    table = '[distillation]\nteachers = ["teacher"]\nfeature = 1.0\n'
    pupil, heir = make("pupil", tables=table), make("heir", inherit="teacher")
    none = "no submission is named 'teacher'; look in "
    assert f"recipe.toml: distillation.teachers: {none}" in refused(pupil, cache)
    assert f"recipe.toml: inherit: {none}" in refused(heir, cache)
    teacher = make("teacher")
    for one in (pupil, heir):
        assert refused(one, cache) == (
            f"{teacher / 'submission.toml'}: model.weights: open_clip_model.safetensors is not "
            "there; train it first: cimaise train teacher"
        )
    untrained(teacher)
    changed(teacher, "vision_cfg", image_size=128)
    assert "teacher/open_clip_config.json: model_cfg.vision_cfg.image_size: 128, but" in refused(
        pupil, cache
    )
    (teacher / "submission.toml").write_text("name = 3")
    assert "teacher/submission.toml: name: Input should be a valid string" in refused(heir, cache)


def test_a_recipe_that_leaves_no_picture_to_learn_from(make: Make, cache: Path) -> None:
    small = make("small", without=["genre:"])
    assert refused(small, cache) == (
        f"{small / 'recipe.toml'}: without: no picture is left to learn from; name fewer tags"
    )


def test_the_sigmoid_loss_without_a_bias(make: Make, cache: Path) -> None:
    small = make("small", loss="sigmoid")
    assert refused(small, cache).startswith(
        f"{small / 'recipe.toml'}: loss: the model has no bias; set init_logit_bias"
    )


@pytest.mark.parametrize("recipe", [TUNING, INT8], ids=["fine-tuning", "int8"])
def test_a_base_that_is_not_named_or_not_trained(
    make: Make, cache: Path, recipe: dict[str, Any]
) -> None:
    told = {key: value for key, value in recipe.items() if key != "kind"}
    small = make("small", kind=recipe["kind"], **told)
    assert "small/submission.toml: base: missing; name the submission that is" in refused(
        small, cache
    )
    based = make("based", more='base = "base"', kind=recipe["kind"], **told)
    assert "based/submission.toml: base: no submission is named 'base'" in refused(based, cache)
    base = make("base")
    assert "base/submission.toml: model.weights: open_clip_model.safet" in refused(based, cache)
    (untrained(base) / "tokenizer.json").unlink()
    assert "base: has no tokenizer.json; train it first" in refused(based, cache)


def test_graphs_for_an_adapter_that_reads_none(make: Make, cache: Path) -> None:
    untrained(make("base"))
    told = {key: value for key, value in INT8.items() if key != "kind"}
    twin = make("twin", more='base = "base"', kind="int8", **told)
    assert refused(twin, cache).endswith('model.adapter: is not onnx; adapter = "onnx"')


def test_a_domain_that_is_empty_or_too_narrow(make: Make, cache: Path) -> None:
    untrained(make("base"))
    empty = make("empty", more='base = "base"', **{**TUNING, "domain": []})
    assert "recipe.toml: domain: empty; name tags, or give --folder" in refused(empty, cache)
    narrow = make("narrow", more='base = "base"', **{**TUNING, "domain": ["figure:no one"]})
    assert "recipe.toml: pairs: 0 of the scenes drawn are of this domain; ask" in refused(
        narrow, cache
    )


def test_paintings_that_cannot_be_learned_from(make: Make, cache: Path, tmp_path: Path) -> None:
    untrained(make("base"))
    told = {**TUNING, "domain": None, "pairs": None}

    def said(name: str, table: str, pictures: Path | None, **changed: object) -> str:
        head = "[paintings]\ncaptions = 0.2\nlines = 0.1\n"
        more = 'base = "base"'
        folder = make(name, more=more, tables=head + table, **{**told, **changed})
        return refused(folder, cache, pictures=pictures)

    described.queries(tmp_path / "queries")
    own = described.pictures(tmp_path / "pictures")
    assert said("none", "", None).startswith("--folder: missing; name the folder")
    assert said("few", "dev = 5\n", own).endswith(
        "recipe.toml: paintings.dev: leaves fewer than 16; hold out fewer"
    )
    assert said("share", "", own, interpolate=[0.5, 1.0]).endswith(
        "recipe.toml: paintings.dev: leaves nothing to choose a share by; set it"
    )
    for key, value in (("domain", ["genre:"]), ("synthetic_queries", 0.5)):
        assert said(f"of-{key}"[:6], "", own, **{key: value}).endswith(
            f"recipe.toml: {key}: is of drawn pairs, not of [paintings]; leave it out"
        )
    (own / "3.png").unlink()
    assert said("lacks", "", own).startswith(f"{own}: lacks 1 of 12 pictures, such as 3.png")


def test_a_folder_of_pictures_that_cannot_be_learned_from(
    make: Make, cache: Path, tmp_path: Path
) -> None:
    untrained(make("base"))
    folder = make("tuned", more='base = "base"', **{**TUNING, "domain": None})
    assert "own: is no collection; it needs metadata.jsonl" in refused(
        folder, cache, pictures=tmp_path / "own"
    )
    own = tmp_path / "own"
    own.mkdir()
    Image.new("RGB", (4, 3)).save(own / "1.png")
    (own / "metadata.jsonl").write_text('{"file_name": "1.png", "id": "p1", "title": "Red"}')
    said = refused(folder, cache, pictures=own)
    assert said == f"{own}: 1 pictures with a title, a genre or a style; give 20 or more"
    (own / "metadata.jsonl").write_text("{")
    assert "metadata.jsonl:1: is not JSON" in refused(folder, cache, pictures=own)
    asking = make("asking", more='base = "base"', **{**TUNING, "synthetic_queries": 0.5})
    assert "synthetic_queries: nothing is known of a folder's pictures" in refused(
        asking, cache, pictures=own
    )
    small = make("small")
    assert refused(small, cache, pictures=own).endswith(
        "recipe.toml: draws its own pictures; leave --folder out"
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"side": 65}, "side: 65, but pictures are drawn at 64 or 96"),
        ({"image": "no_such_net"}, "image: timm makes no 'no_such_net' ("),
        ({"width": 0}, "width: Input should be greater than or equal to 1; mend it"),
        ({"text": {}}, "text: max_position_embeddings: is no whole number; mend it"),
        (
            {"text": {"max_position_embeddings": 40, "hidden_size": 10, "num_attention_heads": 3}},
            "text: transformers makes no BERT of it (",
        ),
    ],
)
def test_towers_that_cannot_be_built(
    make: Make, cache: Path, change: dict[str, Any], complaint: str
) -> None:
    folder = towers(make)
    config = folder / "towers.json"
    wanted = {**json.loads(config.read_text()), **change}
    config.unlink()
    assert refused(folder, cache) == f"{config}: missing; add it"
    config.write_text(json.dumps(wanted))
    assert refused(folder, cache).startswith(f"{folder / 'towers.json'}: {complaint}")
