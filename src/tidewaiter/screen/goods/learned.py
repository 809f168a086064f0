"""Light learned models over hashed text: how much a wording is like that of controlled goods, how vague it is, which code fits.

Linear models and a nearest-wording search, as plain numpy arrays; nothing is trained here (`make models` does, and writes
the model card). A model only ranks and asks: on its own it never gives more than a review.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tidewaiter.text.hashing import Hashed, hash_texts

STEP = 127.5  # weights of wordings are kept in steps of 1/127.5, up to two
MOST_POSTINGS = 3000  # wordings looked at for one text, counted with repetition
CANDIDATE_FLOOR = 0.3  # of what a candidate is worth, below which concern of declared goods does not fall
REGISTER_SHARPNESS = 2.0  # a mixture of two scales is worse than either; most texts are clearly of one register
_TIGHT_COMMA = re.compile(r"[A-Za-z],[A-Za-z]")
LEAST_CHAPTER = 1e-3  # what a chapter keeps that a wording does not sound like
Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
Ranked = tuple[tuple[tuple[str, float], ...], float]


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
        rarity = self.rarity[hashed.features].astype(np.float64)
        total = np.bincount(rows, self.weights[hashed.features] * rarity, count)
        length = np.sqrt(np.bincount(rows, rarity * rarity, count))
        return np.asarray(total / np.maximum(length, 1e-9) + self.bias, np.float64)

    def likelihood(self, margin: float, signals: Mapping[str, float]) -> float:
        """Return the likelihood (0 to 1) for the log odds of a text and its signals."""
        margin += sum(self.signals.get(name, 0.0) * value for name, value in signals.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, margin))))


@dataclass(frozen=True)
class ChapterModel:
    """A logistic model for each HS chapter over coarser buckets; says which chapter a wording sounds like.

    `weights[b, c]` times `scales[c]` is the coefficient of bucket `b` for `chapters[c]`.
    """

    chapters: tuple[int, ...]
    weights: npt.NDArray[np.int8]
    scales: Floats
    biases: Floats
    rarity: Floats

    def shares(self, features: npt.NDArray[np.uint32]) -> npt.NDArray[np.float64]:
        """Return the likelihood of each chapter by its number (0 to 99), summing to one."""
        buckets = features & np.uint32(len(self.rarity) - 1)
        rarity = self.rarity[buckets]
        length = math.sqrt(float(rarity @ rarity)) or 1.0
        odds = (rarity / length) @ self.weights[buckets].astype(np.float32) * self.scales + self.biases
        found = np.zeros(100)
        found[list(self.chapters)] = 1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))
        return found / max(float(found.sum()), 1e-12)


@dataclass(frozen=True)
class NearestWordings:
    """Known wordings with their code, searched by what they share with a text: rare features weigh more (cosine).

    `starts[b]:starts[b + 1]` are the postings of bucket `b`: `wordings` (number of a wording) and `values` (its weight there, times `STEP`).
    `codes[code_of[w]]` is the code of wording `w`.
    """

    rarity: Floats
    starts: Whole
    wordings: npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
    values: npt.NDArray[np.uint8]
    code_of: npt.NDArray[np.uint16]
    codes: tuple[str, ...]
    chapter_model: ChapterModel
    power: float = 3.0
    looked_at: int = 60

    def rank(self, hashed: Hashed, limit: int = 5) -> list[Ranked]:
        """Return for each text the best codes, whose scores would sum to one over all codes, and the greatest similarity."""
        return [
            self.rank_one(hashed.features[hashed.starts[i] : hashed.starts[i + 1]], limit)
            for i in range(len(hashed.starts) - 1)
        ]

    def rank_one(self, features: npt.NDArray[np.uint32], limit: int = 5, leave_out: float = 0.0) -> Ranked:
        """Return the best codes and the greatest similarity for one text; with `leave_out`, without wordings that like it."""
        found = self.similarities(features)
        if found is None:
            return (), 0.0
        wordings, similarity = found
        if leave_out:
            wordings, similarity = wordings[similarity < leave_out], similarity[similarity < leave_out]
        if not len(similarity):
            return (), 0.0
        nearest = float(similarity.max())
        if len(similarity) > self.looked_at:
            top = np.argpartition(-similarity, self.looked_at)[: self.looked_at]
            wordings, similarity = wordings[top], similarity[top]
        votes = similarity**self.power
        codes, place = np.unique(self.code_of[wordings], return_inverse=True)
        scores = np.bincount(place, votes)
        chapters = self._chapters[codes]
        near = np.bincount(chapters, scores, 100)
        sounds = self.chapter_model.shares(features)
        scores = scores * (0.05 + near / near.sum())[chapters] * (LEAST_CHAPTER + sounds)[chapters]
        scores /= scores.sum()
        best = np.argsort(-scores, kind="stable")[:limit]
        return tuple((self.codes[codes[i]], float(scores[i])) for i in best), nearest

    def similarities(
        self, features: npt.NDArray[np.uint32]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]] | None:
        """Return the wordings that are at least a quarter as like a text as the most like one, with their cosine similarity.

        The rarest features are searched first and those that most wordings share not at all; None where nothing is shared.
        """
        rarity = self.rarity[features]
        length = math.sqrt(float(rarity @ rarity))
        first = self.starts[features]
        counts = self.starts[features.astype(np.int64) + 1] - first
        order = np.argsort(counts, kind="stable")
        order = order[: max(1, int(np.searchsorted(np.cumsum(counts[order]), MOST_POSTINGS)))]
        first, counts, rarity = first[order], counts[order], rarity[order]
        total = int(counts.sum())
        if total == 0 or length == 0.0:
            return None
        offsets = np.repeat(first - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) + np.arange(total)
        touched = self.wordings[offsets]
        weights = self.values[offsets] * np.repeat(rarity / (length * STEP), counts)
        likeness = np.bincount(touched, weights, len(self.code_of))
        of_touched = likeness[touched]
        wordings = np.unique(touched[of_touched > of_touched.max() * 0.25]).astype(np.int64)
        return wordings, likeness[wordings].astype(np.float64)

    @cached_property
    def _chapters(self) -> npt.NDArray[np.int64]:
        return np.fromiter((int(code[:2]) for code in self.codes), np.int64, len(self.codes))


def register_signals(text: str) -> dict[str, float]:
    """Return how a text is written: supply systems write capitals and put a comma, without a blank, after the head."""
    letters = [char for char in text if char.isalpha()]
    return {
        "capitals": float(bool(letters) and all(char.isupper() for char in letters)),
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
    scores, and the similarity of the nearest known wording."""

    concern: tuple[float, ...]
    vague: float
    codes: tuple[tuple[str, float], ...]
    nearest: float = 0.0


def opinions(learned: Learned, texts: Sequence[str]) -> list[Opinion]:
    """Return what the models say of a batch of texts."""
    hashed = hash_texts(texts)
    concern, vague = learned.concern.margins(hashed, texts), learned.vague.margins(hashed)
    ranked = learned.codes.rank(hashed)
    return [Opinion(tuple(c.tolist()), float(v), k, n) for c, v, (k, n) in zip(concern, vague, ranked, strict=True)]
