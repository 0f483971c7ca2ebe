"""The invented painters of the atelier: when they lived and how they paint."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Painter:
    """A painter's life, school, and habits of hand."""

    name: str
    born: int
    died: int
    school: str
    manner: str
    palette: str


PAINTERS: tuple[Painter, ...] = (
    Painter("Aurélien Castelvert", 1788, 1851, "School of Valdorme", "academic", "muted"),
    Painter("Hedwige Ollmark", 1802, 1869, "School of Valdorme", "academic", "warm"),
    Painter("Prosper Quenaudon", 1811, 1880, "Sauveterre circle", "watercolour", "cool"),
    Painter("Isaura Bellamonte", 1829, 1897, "Sauveterre circle", "watercolour", "bright"),
    Painter("Lucien Hautefage", 1841, 1909, "Quay painters", "impressionist", "bright"),
    Painter("Mathilde Orsenval", 1847, 1921, "Quay painters", "impressionist", "cool"),
    Painter("Teodor Kvistholm", 1858, 1927, "Brenne dotters", "pointillist", "warm"),
    Painter("Clémence Abriaud", 1863, 1932, "Brenne dotters", "pointillist", "cool"),
    Painter("Ansgar Vellinghus", 1871, 1938, "Grauhafen press", "woodcut", "muted"),
    Painter("Noriko Amasaki", 1876, 1944, "Grauhafen press", "woodcut", "bright"),
    Painter("Baptiste Larroumet-Saye", 1879, 1951, "The Loud Rooms", "fauve", "bright"),
    Painter("Zelda Pirokov", 1884, 1959, "The Loud Rooms", "fauve", "warm"),
)
