"""The chance that n differences, their signs thrown at random, add up to at least what was seen.

All 2^n signings are too many to go through, and a random sample of them says nothing below its
own size. This is computed instead, to any depth, and errs on one side only: never below the truth.

With S = sum of s_i d_i over random signs, K(t) = sum of log cosh(t d_i) and the tilted chances
P_t(s_i = +1) = exp(t d_i) / (2 cosh(t d_i)), under which S has its mean near `seen`,

    P(S >= seen) = exp(K(t) - t seen) E_t[g(S - seen)],   g(y) = exp(-t y) for y >= 0, else 0.

g is replaced by the least function above it that has no frequencies beyond a limit (Graham and
Vaaler 1981, A class of extremal functions for the Fourier transform, Trans. AMS 265), repeated at
a period. Its mean is then a finite sum over the characteristic function of S, a product over
topics. That bound holds for any differences, those on a lattice (grades, hits and misses) and any
number of ties among them; so a poor t costs sharpness, never truth.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

TERMS = 512
"""Frequencies of the majorant. It lies above g by t * deviation * WIDTH / (2 * TERMS) of it in the
mean: 2 % where p is 0.05, 4 % where p is 1e-7."""
WIDTH = 8.0
"""Its period in (tilted) standard deviations of S; what lies farther off weighs e^-8 t at most."""
NEAR = 9
"""Frequencies that a smooth S has; those above are first bounded by their size alone."""
BLOCK = 256
"""Columns at a time, so that a block stays in the processor's cache."""
_ENOUGH = 100
"""Differences over which those sizes are bounded: no factor is above 1, so some do for all."""
_NEGLIGIBLE = 0.02
"""What the bound on high frequencies may add to p, of p; where it is more they are summed,"""
_FAR = 1e-12
"""unless p is below this anyway."""


def two_sided(sizes: Values, seen: Values) -> Values:
    """P(|S| >= seen) for each column: of (n, m) absolute differences and m sums > 0.

    Never below the exact one (but for rounding, 1e-6 of it). Above it by 0 to 6 % between 1e-12
    and 0.5, unless many sums crowd just below `seen`, nearer than a 64th of their deviation: they
    are then counted in. Above 0.5 the period shows (1 where it should be 0.8). Below 1e-12 it may
    be a few times too high, which matters to no fewer than a thousand million tests.
    """
    blocks = [
        _two_sided(sizes[:, at : at + BLOCK], seen[at : at + BLOCK])
        for at in range(0, len(seen), BLOCK)
    ]
    return np.concatenate(blocks) if blocks else np.ones(0)


def _two_sided(sizes: Values, seen: Values) -> Values:
    tilt = _saddlepoint(sizes, seen)
    lean = np.tanh(tilt * sizes)
    deviation = np.sqrt((sizes**2 * (1 - lean**2)).sum(axis=0))
    period = np.maximum(WIDTH * deviation, 4 * sizes.max(axis=0))
    angles = 2 * np.pi / period * sizes
    rate = tilt * period / TERMS
    turn = 2 * np.pi * seen / period
    mean = -1 / np.expm1(-rate) + _frequencies(angles, lean, rate, turn, 1, NEAR)
    height = (np.logaddexp(tilt * sizes, -tilt * sizes) - np.log(2)).sum(axis=0) - tilt * seen
    scale = 2 * np.exp(height) / TERMS
    rest = _sizes_of_high(angles, lean, rate)
    rough = (rest > _NEGLIGIBLE * mean) & (scale * (mean + rest) > _FAR)
    if rough.any():
        some = angles[:, rough], lean[:, rough], rate[rough], turn[rough]
        rest[rough] = _frequencies(*some, NEAR, TERMS)
    least = np.finfo(float).tiny  # 2^-3000 is no float, and 0 would be below it
    return np.clip(scale * (mean + rest), least, 1)


def _saddlepoint(sizes: Values, seen: Values) -> Values:
    """t with K'(t) = seen, by Newton's steps from the left; K' is concave, so none overshoots.

    Where all signs are alike t is infinite; the steps end at some 15 / difference.
    """
    tilt = seen / (sizes**2).sum(axis=0)
    for _ in range(30):
        lean = np.tanh(tilt * sizes)
        gap = seen - (sizes * lean).sum(axis=0)
        far = gap > 1e-4 * seen
        if not far.any():
            break
        slope = (sizes**2 * (1 - lean**2)).sum(axis=0)
        tilt = tilt + np.where(far, gap, 0) / slope
    return np.asarray(tilt)


def _frequencies(
    angles: Values, lean: Values, rate: Values, turn: Values, first: int, end: int
) -> Values:
    """Sum of the majorant's coefficients by the characteristic function of S - seen, twice."""
    found = np.zeros(len(rate))
    for number in range(first, end):
        angle = number * angles
        wave = _product(np.cos(angle) + 1j * lean * np.sin(angle))
        found += 2 * (_majorant(number, rate) * wave * np.exp(-1j * number * turn)).real
    return found


def _sizes_of_high(angles: Values, lean: Values, rate: Values) -> Values:
    """At least the absolute value of what `_frequencies` from NEAR on would be."""
    some = slice(None, None, max(1, len(angles) // _ENOUGH))
    few = angles[some].astype(np.float32)
    spread = (1 - lean[some] ** 2).astype(np.float32)
    found = np.zeros(len(rate))
    for number in range(NEAR, TERMS):
        squares = np.sin(number * few)
        squares *= squares
        squares *= spread
        np.subtract(1, squares, out=squares)
        size = np.sqrt(_product(squares))
        found += 2 * np.abs(_majorant(number, rate)) * size
    return found


def _majorant(number: int, rate: Values) -> NDArray[np.complex128]:
    """Fourier coefficient of the least function above exp(-rate y) for y >= 0 and 0 before.

    From its values and slopes at whole numbers: those of the exponential, but at 0 the slope that
    makes all slopes add up to 0 (Vaaler 1985, Some extremal functions in Fourier analysis, Bull.
    AMS 12, theorem 9).
    """
    share = number / TERMS
    decay = np.exp(-rate)
    turned = decay * np.exp(-2j * np.pi * share)
    values = 1 / (1 - turned)
    slopes = rate * (-decay / np.expm1(-rate) - turned * values)
    found: NDArray[np.complex128] = (1 - share) * values + slopes / (2j * np.pi)
    return found


def _product(factors: NDArray[Any]) -> NDArray[Any]:
    """Product of each column, in place and by halves: four times faster than numpy's."""
    left = len(factors)
    while left > 1:
        half = left // 2
        factors[:half] *= factors[left - half : left]
        left -= half
    return np.asarray(factors[0])
