"""Figures as they are printed, wherever they are printed."""

from __future__ import annotations


def p_value(p: float) -> str:
    """A p value to three places, "0.012"; below a thousandth no more than that, "< 0.001"."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"
