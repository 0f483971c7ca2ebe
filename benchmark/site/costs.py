"""What a submission costs, in words for its page."""

from __future__ import annotations

from benchmark.results.cost import Cost, Energy, Size
from benchmark.results.schema import Result

FIGURES = {
    "query_ms_p50": "ms a query",
    "queries_per_s": "queries a second",
    "pictures_per_s": "pictures a second",
    "decoded_pictures_per_s": "decoded pictures a second",
}
"""Figures taken in rounds, in words."""


def machine(result: Result) -> str:
    """The machine the costs of a result belong to, in words; empty where none was measured."""
    if result.cost is None:
        return ""
    here = result.cost.hardware
    return f"{here.processor}, {here.cores} cores, {here.memory_gb:g} GiB, {here.device}"


def lines(result: Result) -> list[tuple[str, str]]:
    """What each figure is called, and the figure; those that do not apply are left out."""
    found = _size(result.size)
    if result.cost is not None:
        found += _time(result.cost) + _memory(result.cost)
        for what, energy in result.cost.energy.items():
            found.append((f"energy of 1,000 {what}, {energy.method}", _energy(energy)))
    return found


_ITS_OWN = ", self-reported"
"""Behind the name of a figure that is a submission's own word."""


def _size(size: Size) -> list[tuple[str, str]]:
    towers = ", ".join(f"{tower} {number:,}" for tower, number in size.parameters.items())
    kept = f"{size.bytes_per_painting:,} bytes" if size.bytes_per_painting else "no embedding"
    return [
        ("parameters" + ("" if size.counted or not towers else _ITS_OWN), towers or "none stated"),
        ("weights on disk", f"{size.weight_mb:.1f} MiB"),
        ("kept for each painting", kept),
    ]


def _time(cost: Cost) -> list[tuple[str, str]]:
    found = [
        ("time to load", f"{cost.load_s:.2f} s"),
        ("first query after that", f"{cost.first_query_ms:.1f} ms"),
        (
            "one query, to its ranked list",
            f"{_ms(cost.query_ms_p50)} ms in the middle, {_ms(cost.query_ms_p90)} for 90 of 100, "
            f"{_ms(cost.query_ms_p99)} for 99; {cost.queries_timed:,} timed"
            + _noise(cost, "query_ms_p50"),
        ),
        (
            "of this, text and search",
            f"{_ms(cost.query_encode_ms)} ms and {_ms(cost.query_search_ms)} ms",
        ),
        (
            "queries, in batches",
            f"{cost.queries_per_s:,.0f} a second" + _noise(cost, "queries_per_s"),
        ),
    ]
    if cost.pictures_per_s is not None and cost.decoded_pictures_per_s is not None:
        found += [
            (
                f"pictures, in batches of {cost.batch_size}",
                f"{cost.pictures_per_s:,.0f} a second" + _noise(cost, "pictures_per_s"),
            ),
            (
                "the same, decoded beforehand",
                f"{cost.decoded_pictures_per_s:,.0f} a second"
                + _noise(cost, "decoded_pictures_per_s"),
            ),
        ]
    for figure, ratio in cost.relative.items():
        found.append(
            (
                f"{FIGURES[figure]}, beside {cost.reference}",
                f"{ratio.middle:.2f} times ({ratio.low:.2f} to {ratio.high:.2f} in rounds)",
            )
        )
    for what, number in (("picture", cost.flops_per_picture), ("query", cost.flops_per_query)):
        if number:
            found.append((f"operations of one {what}{_ITS_OWN}", f"{number / 1e6:,.1f} million"))
    return found


def _memory(cost: Cost) -> list[tuple[str, str]]:
    found = [
        (
            "peak memory",
            f"{cost.peak_memory_mb:,.0f} MiB above the {cost.bare_memory_mb:,.0f} of a bare worker",
        )
    ]
    if cost.device_allocated_mb is not None and cost.device_reserved_mb is not None:
        found.append(
            (
                f"peak memory on the device{_ITS_OWN}",
                f"{cost.device_allocated_mb:,.0f} MiB used of {cost.device_reserved_mb:,.0f} "
                "reserved",
            )
        )
    return found


def _energy(energy: Energy) -> str:
    return (
        f"{energy.joules:,.1f} J: processor {energy.cpu_j:,.1f}, graphics {energy.gpu_j:,.1f}, "
        f"memory {energy.ram_j:,.1f}; {energy.g_co2e:.3g} g CO2e with the electricity of "
        f"{energy.country}"
    )


def _ms(value: float) -> str:
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"


def _noise(cost: Cost, figure: str) -> str:
    """The spread of a figure's rounds."""
    unstable = "unstable, " if figure in cost.unstable else ""
    return f" ({unstable}rounds spread by {100 * cost.spread[figure]:.0f} %)"
