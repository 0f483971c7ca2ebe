"""How long it takes to know facets and facts of the atelier: read from its graph, then kept.

python -m tests.benchmarks.facts
"""

from __future__ import annotations

import shutil
import time

from benchmark.collections.knowledge import knowledge
from benchmark.collections.registry import find
from benchmark.workspace import Workspace


def main() -> None:
    place = find("atelier", Workspace.find())
    collection = place.open()
    shutil.rmtree(place.cache / "knowledge", ignore_errors=True)
    for what in ("from the graph", "from the cache", "from the cache"):
        start = time.perf_counter()
        known = knowledge(place, collection)
        print(f"{what:15} {time.perf_counter() - start:.3f} s, {len(known.facts)} paintings")


if __name__ == "__main__":
    main()
