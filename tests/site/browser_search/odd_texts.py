"""Texts that tokenizers stumble over."""

from __future__ import annotations

import random
import unicodedata

_RANGES = ((1, 0x250), (0x300, 0x530), (0x2000, 0x2100), (0x3000, 0x3100), (0xFEFF, 0xFF00))
_POOL = [chr(code) for first, last in _RANGES for code in range(first, last)]

WRITTEN = [
    *("", " ", "a", "é", "e\u0301t\u00e9", "Été à Œuvre ﬁn ①②", "ａｂｃ　ｄ", "²³ ª º ㎏ 1½"),
    *("😀 a dog 🐕‍🦺 👨‍👩‍👧", "日本の絵", "картина с лошадью", "لوحة", "नमस्ते", "한국어 그림"),
    *("ΟΔΥΣΣΕΥΣ Σ", "İstanbul ŞİŞ", "ß ẞ ǅ ŉ", "a\u0300\u0316\u0301", "\u00ad soft\u00adhyphen"),
    *("a\tb\nc\r\nd\x85e\u200bf\ufeffg\u2028h", "\x00\x01x\x7fy", "\u1680ogham\u3000x\u180ey"),
    *("<s> </s> <pad> <unk> x", "<S>x</S><s>", "▁a ▁▁ b", "\u2581", "\u2581\u2581x"),
    *("don't I'll we've 'S IT'S", "   lots   of    space   ", "naïve—café…«œuvre»"),
    *("12345 67,890.12", "zzzxqj", "x" * 3000, "a cat and a dog " * 200, "\U0010ffff\ue000"),
]


def odd_texts(more: int = 400) -> list[str]:
    """Those above, and so many of letters drawn at random from many scripts and signs."""
    dice = random.Random(0)
    known = [one for one in _POOL if unicodedata.category(one) != "Cn"]
    return WRITTEN + ["".join(dice.choices(known, k=dice.randint(1, 30))) for _ in range(more)]
