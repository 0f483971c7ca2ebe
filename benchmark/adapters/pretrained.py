"""Adapter for the pretrained encoders that packages carry: alone, or joined by trained heads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from benchmark.adapters import open_clip
from benchmark.adapters._adapter import Adapter, Files, Held, ModelTable
from benchmark.adapters._counting import plain, towers
from benchmark.adapters.open_clip import OpenClip
from benchmark.errors import BadInput
from benchmark.named_files import File
from benchmark.pretrained.efficientnet import CLASSES
from benchmark.pretrained.packages import EFFICIENTNET, Package
from benchmark.pretrained.sentences import MiniLM, Multilingual
from benchmark.submission_files import MANIFEST
from benchmark.tables import Text

_SENTENCES: dict[str, type[Multilingual] | type[MiniLM]] = {
    "use-multilingual": Multilingual,
    "minilm": MiniLM,
}


class Pretrained(ModelTable):
    """A sentence encoder, and EfficientNet-Lite2, with the weights of their packages."""

    adapter: Literal["pretrained"]
    text: Literal["use-multilingual", "minilm"] = Field(
        description="`use-multilingual` (16 languages) or `minilm` (English)"
    )
    image: Literal["efficientnet-lite2"] | None = Field(
        None, description="left out: it searches the words of the catalogue and sees no picture"
    )
    heads: Annotated[Text | None, File(".safetensors", trained=True)] = Field(
        None, description="trained heads that join both; left out: ConSE, by names of classes"
    )
    tuned: Annotated[Text | None, File(".safetensors", trained=True)] = Field(
        None, description="trained last stages of the image encoder, in place of the package's"
    )
    drawn: Annotated[Text | None, File(".safetensors")] = Field(
        None, description="an open_clip model for drawn pictures, its config beside it"
    )
    router: Annotated[Text | None, File(".safetensors", trained=True)] = Field(
        None, description="tells drawn pictures from paintings; goes with `drawn`"
    )
    side: int = Field(260, ge=64, le=640, description="pictures are shown in side x side pixels")

    @property
    def packages(self) -> dict[str, Package]:
        """Tower ("image", "text") -> the package that carries it."""
        texts = {"text": _SENTENCES[self.text].package}
        return texts if self.image is None else {**texts, "image": EFFICIENTNET}

    @model_validator(mode="after")
    def _has_an_image(self) -> Pretrained:
        if self.heads is not None and self.image is None:
            raise ValueError("heads join text and image: name image too")
        if self.tuned is not None and self.heads is None:
            raise ValueError("tuned stages are read by heads: name heads too")
        if (self.drawn is None) != (self.router is None):
            raise ValueError("drawn and router go together: name both or none")
        if self.drawn is not None and self.heads is None:
            raise ValueError("a router decides between heads and another model: name heads too")
        if "side" in self.model_fields_set and self.image is None:
            raise ValueError("side is of pictures: name image too")
        return self


def load(folder: Path, table: Pretrained, _snapshot: Path | None, device: str) -> object:
    """An Encoder, or a Searcher where there is no image encoder. Raises BadInput."""
    if device == "cuda":
        problem, remedy = "these encoders are run on the processor", "use --device cpu"
        raise BadInput(f"{folder / MANIFEST}: model", problem, remedy)
    texts = sentence_encoder(table.text)
    if table.image is None:
        from benchmark.pretrained.catalogue import Catalogue

        return Catalogue(texts)
    if table.heads is None:
        from benchmark.pretrained.conse import ConSE

        return ConSE(texts, table.side)
    from benchmark.pretrained.joined import Joined

    tuned = folder / table.tuned if table.tuned else None
    joined = Joined(texts, texts.width, folder / table.heads, table.side, tuned)
    if table.drawn is None or table.router is None:
        return joined
    from benchmark.pretrained.features import WIDTH
    from benchmark.pretrained.routed import Routed

    expert = open_clip.load(folder, _expert(table.drawn), None, device)
    return Routed(joined, expert, folder / table.router, WIDTH)


def sentence_encoder(name: str) -> Multilingual | MiniLM:
    """The sentence encoder of a table's `text`. Raises BadInput where its package is not there."""
    return _SENTENCES[name]()


def _expert(weights: str) -> OpenClip:
    """The table of a submission that were this expert alone."""
    return OpenClip(adapter="open_clip", config=open_clip.CONFIG, weights=weights)


def parameters(table: Pretrained, files: Files) -> Held:
    """Those of the packages, and of the heads, or of the names of classes that ConSE has.

    Tuned stages stand in place of the package's own.
    """
    sizes = {tower: one.parameters for tower, one in table.packages.items()}
    elsewhere = sum(one.weight_bytes for one in table.packages.values())
    if table.heads is not None:
        own = plain(table.heads)
        for tower, count in towers([files[own]], ("image.", "mean", "deviation")).items():
            sizes[tower] += count
        named = {plain(one) for one in (table.heads, table.tuned, table.router) if one is not None}
        if table.drawn is not None and table.router is not None:
            expert = open_clip.parameters(_expert(table.drawn), files)
            router = towers([files[plain(table.router)]], ("line.",))
            for counted in (expert.parameters, router):
                sizes = {tower: size + counted.get(tower, 0) for tower, size in sizes.items()}
            named |= expert.files
        return Held(sizes, named, elsewhere)
    if table.image is not None:
        sizes["image"] += CLASSES * _SENTENCES[table.text].width
    return Held(sizes, set(), elsewhere)


_MODEL = """\
[model]
adapter = "pretrained"
text = "use-multilingual"       # or "minilm", for English alone
image = "efficientnet-lite2"    # left out: it searches the words of the catalogue
# Without heads this is ConSE (Norouzi et al. 2013). With heads trained by cimaise train:
# heads = "heads.safetensors"
"""


def scaffold(_folder: Path) -> str:
    """ConSE: nothing of its own to write."""
    return _MODEL


ADAPTER = Adapter(
    table=Pretrained,
    load=load,
    scaffold=scaffold,
    parameters=parameters,
    declared=open_clip.ADAPTER.declared,  # an expert may lie beside the heads
)
