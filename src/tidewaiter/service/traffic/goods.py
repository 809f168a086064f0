"""The goods of invented parcel traffic: subheadings with how often, how dear and how heavy, and the parts hobbyists buy.

Figures are rough guesses of the shape of parcel mail (many cheap clothes, phone accessories, toys; few dear machines). They are
not taken from, nor fitted to, the thresholds of any indicator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# hs6, share of lines, median value of a piece in EUR, median mass of a piece in grams
_KINDS = """
610910 90 11 180|611020 60 22 420|620342 45 25 560|620462 35 24 480|610463 25 17 320|620520 20 21 260|611595 25 6 70|640411 40 42 850|640419 45 32 780
640399 25 65 1050|420222 30 28 520|420231 15 18 140|711719 55 7 25|711311 10 58 12|910211 18 46 110|910111 3 290 130|330499 40 14 150|330510 15 11 320
330300 14 45 260|340111 8 6 140|950300 70 15 340|950450 14 58 620|950490 12 19 420|950691 14 27 1150|950699 22 21 640|392690 60 9 160|392410 25 12 380
732690 26 13 260|732393 18 19 560|691200 12 17 720|701337 8 14 640|940540 22 21 430|940490 12 29 950|630260 12 16 420|630790 25 11 210|570330 5 46 2600
490199 30 19 430|490110 8 7 90|482010 12 8 260|960810 12 6 60|851762 42 38 240|851830 48 29 90|851821 10 36 620|851712 22 240 190|851713 30 260 195
847130 8 520 1650|847160 22 27 420|847170 20 68 160|847330 28 24 190|847150 4 340 5200|847180 3 90 480|850440 52 17 150|850760 24 26 230|850650 8 6 60
850710 2 72 6500|854442 36 9 90|854370 14 29 220|854231 3 16 20|854239 6 11 18|854232 4 34 25|854140 3 24 260|854121 2 5 12|854129 2 7 15|854110 3 4 10
854160 1 5 8|853400 4 19 70|853224 2 6 15|853221 1 9 12|853690 12 9 60|853669 8 8 55|852589 16 74 310|852580 12 66 340|852691 6 44 130|852692 6 27 170
852910 8 24 420|852990 8 21 190|851769 6 39 210|901380 3 34 180|901310 1 130 420|900211 5 120 380|900410 12 24 60|902519 6 15 70|902750 1 160 900
903033 5 26 330|903039 2 90 700|903020 1 330 2400|901480 1 110 300|901420 1 240 400|850131 6 24 210|850110 6 14 120|848210 6 12 230|848250 2 22 420
841391 4 29 620|848180 8 17 340|820559 12 15 360|820730 2 24 420|820770 5 19 190|846729 7 74 1900|850819 5 78 3200|851640 4 34 1250|851679 8 39 1650
851631 6 26 620|870899 22 41 1400|870829 14 38 1100|870830 12 36 1600|871410 9 31 640|871499 18 24 520|871200 1 310 14500|880730 3 38 210|880621 3 240 780
940599 6 16 360|940320 4 62 5200|940370 5 24 1500|920590 2 48 640|920790 3 130 3600|160232 1 14 700|210690 24 22 320|090240 10 12 260|090121 7 15 620
180690 8 13 420|170490 9 9 360|300490 14 18 140|293629 3 24 160|121190 4 11 150|060290 2 14 480|970190 3 90 700|970500 2 60 300|970400 3 22 40|650500 14 14 120
420292 24 24 520|660199 3 16 520|961900 6 19 900|960390 5 9 210|830249 4 13 320|761699 9 14 240|731815 8 7 220|390410 1 30 2000|848620 0 4000 9000
"""
DRONE_PARTS = (
    ("uav-flight-controller", "853710", 42, 30),
    ("electronic-speed-controller", "850440", 38, 60),
    ("uav-motor", "850131", 21, 45),
    ("fpv-video-transmitter", "852560", 36, 30),
    ("fpv-camera", "852589", 32, 20),
    ("uav-gnss-module", "852691", 22, 25),
    ("uav-frame", "880730", 34, 190),
    ("uav-propeller", "880710", 9, 60),
    ("uav-battery", "850760", 41, 420),
    ("rc-transmitter", "852692", 82, 640),
)
OTHER_PARTS = (
    ("firearm-barrel", "930599", 140, 900),
    ("firearm-receiver", "930599", 190, 700),
    ("bolt-carrier-group", "930599", 160, 450),
    ("trigger-group", "930599", 75, 160),
    ("firearm-stock", "930599", 60, 620),
    ("firearm-magazine", "930599", 24, 180),
    ("rf-power-amplifier", "854370", 120, 260),
    ("software-defined-radio", "851762", 210, 320),
    ("jammer-antenna", "852910", 46, 240),
    ("rf-module", "852990", 38, 70),
    ("rf-filter", "854800", 29, 40),
)
PARTS = (
    *DRONE_PARTS,
    *OTHER_PARTS,
)  # known by concept where the wording was read; nobody else buys the other ones here
WORDINGS_EACH = 400  # different wordings of one subheading, the first ones far more usual


@dataclass(frozen=True)
class Catalogue:
    """Subheadings with their share, median value (EUR a piece) and median mass (grams a piece)."""

    hs6: tuple[str, ...]
    share: NDArray[np.float64]
    value: NDArray[np.float64]
    mass: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.hs6)


def catalogue() -> Catalogue:
    """Return the kinds of goods, then the parts of `PARTS`, which ordinary buyers do not come upon."""
    rows = [row.split() for row in _KINDS.replace("\n", "|").split("|") if row.strip()]
    parts = [(hs, "0", str(value), str(mass)) for _, hs, value, mass in PARTS]
    every = [*rows, *parts]
    share = np.array([float(row[1]) for row in every])
    return Catalogue(
        tuple(row[0] for row in every),
        share / share.sum(),
        np.array([float(row[2]) for row in every]),
        np.array([float(row[3]) for row in every]),
    )


def zipf_pick(rng: np.random.Generator, size: int, among: int, exponent: float) -> NDArray[np.int64]:
    """Return picks of 0..among-1 in which the k-th is taken in proportion to 1 / (k + 1) ** exponent."""
    weights = 1.0 / np.arange(1, among + 1) ** exponent
    return pick(rng, size, np.asarray(weights, dtype=np.float64))


def pick(rng: np.random.Generator, size: int, weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return picks of positions in proportion to weights."""
    edges = np.cumsum(weights)
    return np.asarray(np.searchsorted(edges, rng.random(size) * edges[-1], side="right"), dtype=np.int64)


def priced(rng: np.random.Generator, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values as shops write them: x.99 mostly, x.95, x.50, whole, tens less a cent; some to the cent."""
    kind = rng.random(values.size)
    whole = np.maximum(1.0, np.round(values))
    tens = np.maximum(10.0, np.round(values / 10) * 10)
    return np.select(
        [kind < 0.34, kind < 0.46, kind < 0.54, kind < 0.72, kind < 0.84],
        [whole - 0.01, whole - 0.05, whole - 0.5, whole, tens - 0.01],
        np.maximum(0.5, np.round(values, 2)),
    )
