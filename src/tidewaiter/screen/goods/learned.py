"""Light learned models over hashed text: how much a wording is like that of controlled goods, how vague it is, which code fits.

Linear models and a nearest-wording search, as plain numpy arrays; nothing is trained here (`make models` does, and writes
the model card). A model only ranks and asks: on its own it never gives more than a review.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tidewaiter.screen.goods.nearest import NOTHING, STEP, NearestWordings
from tidewaiter.text.hashing import Hashed, hash_texts

CANDIDATE_FLOOR = 0.15  # of what a candidate is worth, below which concern of declared goods does not fall
REGISTER_SHARPNESS = 2.0  # a mixture of two scales is worse than either; most texts are clearly of one register
_TIGHT_COMMA = re.compile(r"[A-Za-z],[A-Za-z]")
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LinearModel:
    """A logistic model over hashed features (each weighted by its rarity, the text's vector of length one) and named signals.

    `weights` are coefficients by bucket, `rarity` the inverse document frequency by bucket; `signals` the coefficients of
    named values that the engine adds, such as the concepts it found.
    """

    weights: Floats
    rarity: Floats
    bias: float
    signals: Mapping[str, float]

    def margins(self, hashed: Hashed) -> npt.NDArray[np.float64]:
        """Return the log odds of each text without signals; an empty text has the bias alone."""
        rows, count = hashed.rows(), len(hashed.starts) - 1
        features = hashed.features.astype(np.int64)  # else every look-up would turn them into such numbers again
        rarity = self.rarity.take(features).astype(np.float64)
        total = np.bincount(rows, self.weights.take(features) * rarity, count)
        length = np.sqrt(np.bincount(rows, rarity * rarity, count))
        return np.asarray(total / np.maximum(length, 1e-9) + self.bias, np.float64)

    def likelihood(self, margin: float, signals: Mapping[str, float]) -> float:
        """Return the likelihood (0 to 1) for the log odds of a text and its signals."""
        if signals:
            weight = self.signals.get
            margin += sum([weight(name, 0.0) * value for name, value in signals.items()])
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, margin))))


def register_signals(text: str) -> dict[str, float]:
    """Return how a text is written: supply systems write capitals and put a comma, without a blank, after the head."""
    if text.isascii():
        capitals = text.isupper()
    else:
        letters = [char for char in text if char.isalpha()]
        capitals = bool(letters) and all(char.isupper() for char in letters)
    return {
        "capitals": float(capitals),
        "tight-comma": float(_TIGHT_COMMA.search(text) is not None),
    }


@dataclass(frozen=True)
class Concern:
    """Two models of concern and one that says which of them knows the register of a text.

    Supply systems name a thing head first and tersely (`BOLT ASSEMBLY,GUN`), people who declare do not; one model for both
    learns the register and not the goods. `register` gives the likelihood that a text is a supply name.
    """

    register: LinearModel
    supply: LinearModel
    declared: LinearModel

    def margins(self, hashed: Hashed, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return for each text three log odds: of the register, of concern as a supply name, of concern as a declaration."""
        found = np.stack([model.margins(hashed) for model in (self.register, self.supply, self.declared)], axis=1)
        weights = self.register.signals
        found[:, 0] += [sum(weights.get(k, 0.0) * v for k, v in register_signals(text).items()) for text in texts]
        return found

    def likelihood(self, margins: Sequence[float], signals: Mapping[str, float]) -> float:
        """Return the likelihood (0 to 1) of concern: of the model that knows the register, weighted where that is in doubt.

        An entry that declared goods meet or may meet keeps it from falling below a share of what that candidate is worth.
        """
        share = self.register.likelihood(margins[0] * REGISTER_SHARPNESS, {})
        supply = self.supply.likelihood(margins[1], signals)
        declared = self.declared.likelihood(margins[2], signals)
        declared = max(declared, CANDIDATE_FLOOR * signals.get("candidate", 0.0))
        return share * supply + (1.0 - share) * declared


@dataclass(frozen=True)
class Learned:
    """The shipped models with their version."""

    version: str
    concern: Concern
    vague: LinearModel
    codes: NearestWordings


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the models say of one text before its signals are known: log odds of concern (see `Concern.margins`) and of vagueness, codes with
    scores, and the similarity of the nearest known wording. `has_codes` is false where nobody asked for codes and likeness."""

    concern: tuple[float, ...]
    vague: float
    codes: tuple[tuple[str, float], ...]
    nearest: float = 0.0
    has_codes: bool = True


def opinions(
    learned: Learned, texts: Sequence[str], needs_codes: Callable[[str, float], bool] | None = None
) -> list[Opinion]:
    """Return what the models say of a batch of texts.

    Args:
        learned: the models.
        texts: the texts.
        needs_codes: told a text and its log odds of vagueness, says whether its codes and likeness can matter; None: always.
    """
    hashed = hash_texts(texts)
    concern, vague = learned.concern.margins(hashed, texts).tolist(), learned.vague.margins(hashed).tolist()
    wanted: Sequence[int] = range(len(texts))
    if needs_codes is not None:
        wanted = [row for row in wanted if needs_codes(texts[row], vague[row])]
    ranked = dict(zip(wanted, learned.codes.rank(hashed.only(wanted)), strict=True))
    return [
        Opinion(tuple(concern[row]), vague[row], *ranked.get(row, NOTHING), row in ranked) for row in range(len(texts))
    ]


__all__ = [
    "STEP",
    "Concern",
    "Learned",
    "LinearModel",
    "NearestWordings",
    "Opinion",
    "opinions",
    "register_signals",
]
