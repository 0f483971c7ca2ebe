"""Every attack in one run of the real command."""

from __future__ import annotations

import re

from tests.faults import (
    test_abilities,
    test_answers,
    test_endings,
    test_frames,
    test_limits,
    test_walls,
)
from tests.faults.attack import TOO_LONG, Attack
from tests.faults.conftest import HEALTHY_ONES, Together
from tests.faults.test_smuggling import SMUGGLED

MODULES = (test_abilities, test_answers, test_endings, test_frames, test_limits, test_walls)
ATTACKS: dict[str, Attack] = {
    name: attack for module in MODULES for name, attack in module.ATTACKS.items()
}


def test_there_are_enough_and_none_hides_another() -> None:
    assert len(ATTACKS) == sum(len(module.ATTACKS) for module in MODULES)
    assert len(ATTACKS) + len(SMUGGLED) >= 70


def test_it_ends_as_a_run_with_failures_does(together: Together) -> None:
    assert together.attacks == ATTACKS
    assert together.done.returncode == 1
    assert "Traceback" not in together.done.stdout + together.done.stderr


def test_the_healthy_are_the_same_to_the_last_byte(together: Together) -> None:
    assert together.changed == []
    for name in HEALTHY_ONES:
        assert re.search(rf"^{name} +confirmed", together.done.stdout, re.MULTILINE)


def test_each_failure_is_one_line(together: Together) -> None:
    failing = {name for name, attack in ATTACKS.items() if attack.state == "failed"}
    said = together.done.stderr.splitlines()
    failed = [line for line in said if line.startswith("failed: ")]
    named = [line.removeprefix("failed: ").partition(":")[0] for line in failed]
    assert sorted(named) == sorted(failing | SMUGGLED.keys())
    assert said[: len(failed)] == failed  # no failure has a second line
    assert sum(line.endswith(TOO_LONG) for line in failed) == len(
        [attack for attack in ATTACKS.values() if attack.verdict == TOO_LONG]
    )


def test_nothing_is_left_behind(together: Together) -> None:
    assert together.orphans == set()
    scored = {name for name, attack in ATTACKS.items() if attack.state == "scored"}
    left = together.left
    assert {path for path in left if path.parts[0] not in ("leaderboard", ".cimaise")} == set()
    assert {path.stem for path in left if path.parts[0] == "leaderboard"} == scored
    assert {path.parts[1] for path in left if path.parts[0] == ".cimaise"} <= {
        "embeddings",
        "remembered",
    }
    assert together.scratch == []
