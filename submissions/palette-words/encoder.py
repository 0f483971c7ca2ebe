"""Colour, light and texture of a picture, against colour and mood words. Nothing is learned."""

import re

import numpy as np
from lexicon import FEATURES, WORDS
from PIL import Image

# Hue ranges in degrees. Brown and pink are dark orange and light red, found by lightness below.
HUES = {
    "red": (345, 15),
    "orange": (15, 40),
    "yellow": (40, 70),
    "green": (70, 165),
    "blue": (165, 260),
    "violet": (260, 315),
    "pink": (315, 345),
}
# What a picture shows of each feature on the whole, and how much that varies: set by hand.
TYPICAL = {"light": 0.5, "dark": 0.5, "colourful": 0.35, "muted": 0.65, "busy": 0.3}


class Encoder:
    def encode_images(self, images):
        return np.stack([describe(image) for image in images]).astype(np.float32)

    def encode_texts(self, texts):
        return np.stack([ask(text) for text in texts]).astype(np.float32)


def describe(image: Image.Image) -> np.ndarray:
    """The features of one picture, centred: what it has more of than most is positive."""
    hsv = np.asarray(image.resize((64, 64)).convert("HSV"), dtype=np.float64)
    hue, saturation, value = hsv[..., 0] * 360 / 255, hsv[..., 1] / 255, hsv[..., 2] / 255
    vivid = (saturation > 0.25) & (value > 0.2)
    found = {}
    for name, (start, end) in HUES.items():
        inside = (hue >= start) & (hue < end) if start < end else (hue >= start) | (hue < end)
        found[name] = np.mean(vivid & inside)
    found["brown"] = np.mean(vivid & (hue >= 10) & (hue < 45) & (value < 0.6))
    found["white"] = np.mean((saturation < 0.15) & (value > 0.85))
    found["grey"] = np.mean((saturation < 0.15) & (value > 0.3) & (value <= 0.85))
    found["black"] = np.mean(value < 0.2)
    found["light"] = value.mean()
    found["dark"] = 1 - value.mean()
    found["colourful"] = saturation.mean()
    found["muted"] = 1 - saturation.mean()
    found["warm"] = found["red"] + found["orange"] + found["yellow"]
    found["cold"] = found["blue"] + found["green"] / 2 + found["violet"] / 2
    value = np.asarray(image.convert("L"), dtype=np.float64) / 255  # at full size, for the texture
    grain = np.abs(np.diff(value, axis=0)).mean() + np.abs(np.diff(value, axis=1)).mean()
    found["busy"] = min(1.0, 4 * grain)
    return np.array([found[name] - TYPICAL.get(name, 0.12) for name in FEATURES])


def ask(text: str) -> np.ndarray:
    """The features that the words of a query ask for; words unknown to the lexicon add nothing."""
    wanted = dict.fromkeys(FEATURES, 0.0)
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        for feature, weight in WORDS.get(word, {}).items():
            wanted[feature] += weight
    row = np.array([wanted[name] for name in FEATURES])
    return row / max(1.0, float(np.linalg.norm(row)))
