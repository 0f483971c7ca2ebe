"""Energy of an answer: counters where there are any, else time on a core."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmark.demo.joules import Gauge, Spent, family


def domain(root: Path, name: str, joules: float, top: float = 1000.0) -> Path:
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "energy_uj").write_text(f"{int(joules * 1e6)}\n")
    (folder / "max_energy_range_uj").write_text(f"{int(top * 1e6)}\n")
    return folder


def test_counters_of_all_packages_are_summed_and_their_parts_left_out(tmp_path: Path) -> None:
    for name in ("intel-rapl:0", "intel-rapl:1", "intel-rapl:0:0"):
        domain(tmp_path, name, 10)
    gauge = Gauge(tmp_path)
    with gauge.around([]) as spent:
        domain(tmp_path, "intel-rapl:0", 12.5)
        domain(tmp_path, "intel-rapl:1", 10.5)
        domain(tmp_path, "intel-rapl:0:0", 99)
    assert (gauge.method, gauge.joules(spent)) == ("measured", 3.0)


def test_a_counter_that_begins_anew(tmp_path: Path) -> None:
    domain(tmp_path, "intel-rapl:0", 999)
    gauge = Gauge(tmp_path)
    with gauge.around([]) as spent:
        domain(tmp_path, "intel-rapl:0", 1)
    assert gauge.joules(spent) == 2.0


def test_counters_that_cannot_be_read_are_none(tmp_path: Path) -> None:
    (domain(tmp_path, "intel-rapl:0", 1) / "energy_uj").write_text("forbidden")
    assert Gauge(tmp_path).method == "estimated"


def test_an_estimate_is_of_the_time_on_a_core(tmp_path: Path) -> None:
    gauge = Gauge(tmp_path)
    assert gauge.joules(Spent(busy=2.0)) is None
    gauge.watts = 4.0
    assert gauge.joules(Spent(busy=2.0)) == 8.0


def test_the_work_of_another_process_counts_and_its_sleep_does_not(tmp_path: Path) -> None:
    busy = "import time; print('on', flush=True)\nwhile True: pass"
    idle = "import time; print('on', flush=True); time.sleep(60)"
    for code, low, high in ((busy, 0.02, 0.6), (idle, 0.0, 0.02)):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            try:
                assert process.stdout is not None
                process.stdout.readline()
                with Gauge(tmp_path).around(family(process.pid)) as spent:
                    time.sleep(0.4)
            finally:
                process.kill()
        assert low <= spent.busy < high
        assert spent.seconds >= 0.4


def test_a_process_with_its_children() -> None:
    assert family(os.getpid())[0] == os.getpid()
    assert family(2**22 + 1) == []


def test_the_watts_are_those_of_codecarbon(tmp_path: Path) -> None:
    from codecarbon.core.cpu import TDP

    gauge = Gauge(tmp_path)
    gauge.prepare()
    assert gauge.watts == pytest.approx((TDP().tdp or 0) / (os.cpu_count() or 1))
