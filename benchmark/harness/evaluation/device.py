"""The name of the device a model ran on, by our own look."""

from __future__ import annotations


def named(cuda: bool) -> str:
    """ "cpu", or the name of the first graphics card as its driver gives it."""
    if not cuda:
        return "cpu"
    try:
        import pynvml  # comes with codecarbon

        pynvml.nvmlInit()
        return str(pynvml.nvmlDeviceGetName(pynvml.nvmlDeviceGetHandleByIndex(0)))
    except Exception:  # no driver that answers; the model says that it found one
        return "cuda"
