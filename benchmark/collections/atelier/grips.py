"""How large a carried thing is beside the person who holds it, and where it is gripped."""

from __future__ import annotations

# Height in heights of a standing person, and the share of it that lies below the hand.
GRIPS: dict[str, tuple[float, float]] = {
    "umbrella": (0.62, 0.1),
    "book": (0.13, 0.4),
    "letter": (0.13, 0.4),
    "lute": (0.46, 0.4),
    "violin": (0.4, 0.4),
    "lily": (0.42, 0.3),
    "rose": (0.36, 0.3),
    "tulip": (0.36, 0.3),
    "sword": (0.6, 0.15),
    "glass": (0.2, 0.5),
    "key": (0.11, 0.5),
    "skull": (0.19, 0.2),
    "bunch of grapes": (0.27, 0.85),
    "apple": (0.12, 0.3),
    "songbird": (0.15, 0.0),
    "cat": (0.26, 0.3),
    "lantern": (0.28, 0.95),
    "bow": (0.62, 0.5),
    "broken wheel": (0.5, 0.5),
    "gridiron": (0.5, 0.45),
    "diagonal cross": (0.75, 0.6),
    "ointment jar": (0.24, 0.35),
    "scallop shell": (0.24, 0.4),
    "bell": (0.26, 0.75),
    "organ": (0.42, 0.35),
    "pair of eyes on a dish": (0.13, 0.4),
    "reed cross": (1.0, 0.5),
    "trident": (1.0, 0.5),
    "lyre": (0.42, 0.4),
    "shield": (0.45, 0.5),
    "caduceus": (0.62, 0.45),
    "scales": (0.48, 0.9),
}
