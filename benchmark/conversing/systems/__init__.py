"""One system a file, found by reading this folder."""

from __future__ import annotations

from functools import cache

from benchmark import plugins
from benchmark.conversing.talk import System
from benchmark.errors import BadInput

JOINED = "joined"
"""All turns joined, by which results are compared."""


@cache
def systems(package: str = __name__) -> dict[str, System]:
    """Name -> system, JOINED first. Raises BadInput naming the file with a mistake."""
    found: dict[str, System] = {}
    for module in sorted(plugins.modules(package), key=lambda name: (name != JOINED, name)):
        system = plugins.member(package, module, "SYSTEM", System)
        assert isinstance(system, System)
        if system.name in found:
            where = f"{module}.py: SYSTEM.name"
            raise BadInput(where, f"'{system.name}' is the name of another", "give it its own")
        found[system.name] = system
    return found
