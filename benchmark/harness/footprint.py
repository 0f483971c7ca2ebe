"""What the model's own process knows of its size: memory, and operations counted by torch."""

from __future__ import annotations

import contextlib
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

_MIB = 2**20


def resident_mb() -> float:
    """Resident memory of this process now, MiB."""
    return float(psutil.Process().memory_info().rss / _MIB)


def peak_mb() -> float:
    """The highest resident memory of this process, MiB.

    The kernel's high-water mark of this program; `ru_maxrss` may be the parent's, from before
    the program was started (getrusage(2) keeps it across execve).
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def device_mb() -> tuple[float | None, float | None]:
    """Peak memory allocated by tensors and reserved for them on the CUDA device, MiB."""
    if not on_cuda():
        return None, None
    torch = sys.modules["torch"]
    return torch.cuda.max_memory_allocated() / _MIB, torch.cuda.max_memory_reserved() / _MIB


def on_cuda() -> bool:
    """Whether this process has put anything on a CUDA device."""
    torch = sys.modules.get("torch")
    return torch is not None and torch.cuda.is_available() and torch.cuda.is_initialized()


def synchronise() -> None:
    """Wait until the device has done all it was told, so that a clock read now is true."""
    if on_cuda():
        sys.modules["torch"].cuda.synchronize()


def flops(call: Callable[[], object]) -> float | None:
    """Floating-point operations of a call, a multiply-add as two, as torch counts them.

    None where torch is not used or does not see what is done. Attention is computed step by step
    meanwhile, for the counter does not know every fused kernel.
    """
    if "torch" not in sys.modules:
        return None
    import torch
    from torch.nn.attention import SDPBackend, sdpa_kernel
    from torch.utils.flop_counter import FlopCounterMode

    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    try:
        with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
            call()
        return float(counter.get_total_flops()) or None
    except Exception:  # a model may do what the counter cannot follow; its figure is then unknown
        return None
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
