"""What only the model's own process can tell of it: its device, operations counted by torch."""

from __future__ import annotations

import sys
from collections.abc import Callable

_MIB = 2**20


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
    """Wait until the device has done all it was told, so that what is answered is done."""
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
