"""The code of a stage is found by following imports; the fast reader is checked against `ast`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmark.plugins import modules
from benchmark.results import stages
from benchmark.results.code_digest import PACKAGE, _file, imports, reached
from benchmark.results.stages import Stage

STAGES = {
    name: getattr(stages, name)
    for name in ("ENCODE", "JOIN", "RERANK", "CAPTION", "RANK", "SIMILARITY", "SECTION", "SPACE")
}
STAGES |= {"COSTS": stages.COSTS, "AUDITS": stages.AUDITS}
STAGES["FAMILIES"] = Stage(
    tuple(first for name in stages.families() for first in stages.family(name).first),
    stages.family("variety").without,
)


def by_ast(path: Path) -> set[Path]:
    found: set[Path | None] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {_file(one.name) for one in node.names if one.name.startswith("benchmark")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("benchmark"):
            assert node.level == 0, f"{path}: the package's imports are absolute"
            names = [f"{node.module}.{one.name}" for one in node.names]
            found |= {_file(name) for name in (node.module or "", *names)}
    return {path for path in found if path is not None}


def test_imports_are_those_that_python_sees() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        assert {one for one in imports(path) if one.suffix == ".py"} == by_ast(path), path


def test_a_table_that_a_file_reads_beside_itself_is_of_its_code() -> None:
    """Regression: a word that search passes over could be changed, and no result was stale."""
    found = reached(("adapters/graph.py",), ())
    assert {"graph_search/stop_words.txt", "graph_search/thesaurus.csv"} <= set(found)
    assert imports(PACKAGE / "graph_search" / "thesaurus.csv") == frozenset()


@pytest.mark.parametrize("name", STAGES)
def test_every_exception_is_one(name: str) -> None:
    """Something that a stage leaves out and would not reach anyway is a word without a meaning."""
    stage: Stage = STAGES[name]
    adapters = tuple(f"adapters/{one}.py" for one in modules("benchmark.adapters"))
    if name in ("ENCODE", "COSTS"):
        stage = Stage((*stage.first, *adapters), stage.without)
    everything = reached(stage.first, ())
    shared = (*stages._SPEAKS, *stages._NAMES, *stages._OPENS)
    for one in set(stage.without) - set(shared):
        assert any(path.startswith(one) for path in everything), one


def test_what_is_shared_stands_in_some_stage() -> None:
    everything = {path for stage in STAGES.values() for path in reached(stage.first, ())}
    for one in (*stages._SPEAKS, *stages._NAMES, *stages._OPENS):
        assert any(path.startswith(one) for path in everything), one


def test_a_stage_holds_what_can_change_it_and_no_more() -> None:
    encode = reached(*stages.ENCODE)
    assert {"collections/folder.py", "collections/base.py", "search/ranking.py"} <= set(encode)
    assert not [path for path in encode if path.startswith(("scorers/", "results/", "site/"))]
    assert "harness/isolation/model.py" in encode
    assert "harness/isolation/walls.py" not in encode
    assert reached(*stages.RANK) == [
        "harness/evaluation/rank.py",
        "records.py",
        "search/exact.py",
        "search/ties.py",
    ]
    relevance = reached(*stages.family("relevance"))
    assert "scorers/relevance.py" in relevance
    assert "scorers/variety.py" not in relevance
    scored = {path for name in stages.families() for path in reached(*stages.family(name))}
    assert not [path for path in scored if "energy" in path or "cost" in path]


def test_a_way_round_a_file_left_out_is_found(tmp_path: Path) -> None:
    assert reached(("search/exact.py",), ("search/ties.py",)) == ["records.py", "search/exact.py"]
    both = reached(("search/exact.py", "search/ties.py"), ("search/ties.py",))
    assert both == ["records.py", "search/exact.py", "search/ties.py"]
