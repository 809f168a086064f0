"""Codes of like wordings: a search for the nearest known wordings and a model of codes, a whole batch at once on arrays.

What one text is answered depends on that text alone, whatever else stands in its batch: sums run along each text's own
features in a fixed order.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from tidewaiter.screen.goods.code_model import CodeModel
from tidewaiter.text.hashing import Hashed

STEP = 127.5  # weights of wordings are kept in steps of 1/127.5, up to two
MOST_POSTINGS = 3000  # wordings looked at for one text, counted with repetition
LEAST_LIKE = 0.25  # of the similarity of the most like wording, below which one is not looked at
LEAST_SHARE = 3e-3  # of the votes, what a common code has that no like wording votes for
VOTE_POWER = 1.5  # how much more votes count than the sound of the wording
LEAST_NEAR = 0.05  # of what a code has, what is left where no like wording is of its chapter
TOGETHER = 16  # texts searched at a time: their arrays stay in the processor's cache
VALUE_BITS = 8
VALUES = 1 << VALUE_BITS
WORDING_BITS = 24
PLACE_BITS = 24
Floats = npt.NDArray[np.float32]
Reals = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Ranked = tuple[tuple[tuple[str, float], ...], float]
NOTHING: Ranked = ((), 0.0)


class NearestWordings:
    """Known wordings with their code, searched by what they share with a text: rare features weigh more (cosine).

    Args:
        rarity: inverse document frequency by bucket.
        starts: `starts[b]:starts[b + 1]` are the postings of bucket `b`.
        wordings: the number of the wording of each posting, below 2^24.
        values: its weight there, times `STEP`.
        code_of: `codes[code_of[w]]` is the code of wording `w`.
        codes: the codes.
        code_model: says which code a wording sounds like; its codes are numbered as here.
        power: how much more a more like wording counts.
        looked_at: how many of the most like wordings vote.
    """

    def __init__(
        self,
        rarity: Floats,
        starts: Whole,
        wordings: npt.NDArray[np.uint16] | npt.NDArray[np.uint32],
        values: npt.NDArray[np.uint8],
        code_of: npt.NDArray[np.uint16],
        codes: tuple[str, ...],
        code_model: CodeModel,
        power: float = 3.0,
        looked_at: int = 60,
    ) -> None:
        self.rarity = rarity
        self.starts = starts
        # both in one number: one look-up instead of two, and less memory
        self._postings = wordings.astype(np.uint32)
        self._postings <<= np.uint32(VALUE_BITS)
        self._postings |= values
        self.code_of = code_of
        self.codes = codes
        self.code_model = code_model
        self.power = power
        self.looked_at = looked_at
        self._chapters = np.fromiter((int(code[:2]) for code in codes), np.int64, len(codes))
        self._place_of_common = np.full(len(codes), -1, np.int64)
        self._place_of_common[code_model.common] = np.arange(len(code_model.common))

    @property
    def wordings(self) -> npt.NDArray[np.uint32]:
        """The number of the wording of each posting."""
        return self._postings >> np.uint32(VALUE_BITS)

    @property
    def values(self) -> npt.NDArray[np.uint8]:
        """The weight of each posting, times `STEP`."""
        return self._postings.astype(np.uint8)

    def rank_one(self, features: npt.NDArray[np.uint32], limit: int = 5, leave_out: float = 0.0) -> Ranked:
        """Return the best codes and the greatest similarity for one text; with `leave_out`, without wordings that like it."""
        return self.rank(Hashed(features, np.array([0, len(features)], np.int64)), limit, leave_out)[0]

    def rank(self, hashed: Hashed, limit: int = 5, leave_out: float = 0.0) -> list[Ranked]:
        """Return for each text the best codes, whose scores would sum to one over all codes, and the greatest similarity.

        With `leave_out`, wordings that are that like a text are passed over.
        """
        ranked = [NOTHING] * (len(hashed.starts) - 1)
        if not ranked:
            return []
        rows: list[int] = []
        found: list[Whole] = []
        similarities: list[Reals] = []
        nearest: list[float] = []
        for row, wordings, likeness in self._similar(hashed):
            if leave_out:
                other = likeness < leave_out
                wordings, likeness = wordings[other], likeness[other]
                if not len(likeness):
                    continue
            rows.append(row)
            nearest.append(float(likeness.max()))
            if len(likeness) > self.looked_at:
                top = (-likeness).argpartition(self.looked_at)[: self.looked_at]
                wordings, likeness = wordings.take(top), likeness.take(top)
            found.append(wordings)
            similarities.append(likeness)
        if rows:
            points = self.code_model.points(hashed)[rows]
            for row, near, codes in zip(rows, nearest, self._voted(found, similarities, points, limit), strict=True):
                ranked[row] = (codes, near)
        return ranked

    def _similar(self, hashed: Hashed) -> Iterator[tuple[int, Whole, Reals]]:
        """Yield for each text that shares something the wordings at least a quarter as like it as the most like one, in
        order, with their cosine similarity.

        The rarest features are searched first and those that most wordings share not at all.
        """
        first, counts, weights, features = self._searched(hashed)
        texts = len(features) - 1
        sums = np.zeros(len(self.code_of))
        for text in range(0, texts, TOGETHER):
            starts = features[text : text + TOGETHER + 1]
            mine = slice(starts[0], starts[-1])
            begins = np.concatenate(([0], np.cumsum(counts[mine])))[starts - starts[0]]
            postings = self._postings.take(_ranges(first[mine], counts[mine]))
            touched = (postings >> np.uint32(VALUE_BITS)).astype(np.int64)
            parts = (postings & np.uint32(VALUES - 1)) * np.repeat(weights[mine], counts[mine])
            likeness = np.empty(len(touched))
            for begin, end in pairwise(begins.tolist()):
                own = touched[begin:end]
                np.add.at(sums, own, parts[begin:end])
                sums.take(own, out=likeness[begin:end], mode="clip")  # without a mode the result is buffered
                sums[own] = 0.0
            yield from _likest(touched, likeness, begins, text)

    def _searched(self, hashed: Hashed) -> tuple[Whole, Whole, Reals, Whole]:
        """Return the features to look at, the rarest of each text first: where their postings begin, how many there are and
        what the feature weighs in its text; and where the features of each text begin, with the end of the last."""
        texts = len(hashed.starts) - 1
        features, rows = hashed.features.astype(np.int64), hashed.rows()
        rarity = self.rarity.take(features).astype(np.float64)
        lengths = np.sqrt(np.bincount(rows, rarity * rarity, texts))
        first = self.starts.take(features)
        counts = self.starts.take(features + 1) - first
        order = _order(rows * (len(self.code_of) + 1) + counts)
        counts = counts[order]
        running = np.concatenate(([0], np.cumsum(counts)))
        kept = running[1:] - running[hashed.starts[:-1]][rows] < MOST_POSTINGS
        kept[hashed.starts[:-1][np.diff(hashed.starts) > 0]] = True  # the rarest is looked at however many share it
        kept &= lengths[rows] > 0.0
        order, counts, rows = order[kept], counts[kept], rows[kept]
        weights = rarity[order] / (lengths[rows] * STEP)
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=texts))))
        return first[order], counts, weights, starts

    def _voted(
        self, found: list[Whole], similarities: list[Reals], points: Floats, limit: int
    ) -> list[tuple[tuple[str, float], ...]]:
        """Return the best codes of each text: wordings vote for their code, in a chapter with others for more; codes that the
        text sounds like count for more, and common ones are thought of without a vote."""
        texts, many = len(found), len(self.codes)
        rows = np.repeat(np.arange(texts), [len(wordings) for wordings in found])
        votes = np.concatenate(similarities) ** self.power
        keys, place = np.unique(rows * many + self.code_of[np.concatenate(found)], return_inverse=True)
        scores: Reals = np.bincount(place, votes).astype(np.float64)
        rows, codes = np.divmod(keys, many)
        chapters = self._chapters[codes]
        near: Reals = np.bincount(rows * 100 + chapters, scores, texts * 100).reshape(texts, 100).astype(np.float64)
        near /= near.sum(axis=1, keepdims=True)
        scores = scores * (LEAST_NEAR + near)[rows, chapters]
        scores = (scores / np.bincount(rows, scores, texts)[rows] + LEAST_SHARE) ** VOTE_POWER
        odds, common = self.code_model.odds(points, rows, codes), self.code_model.common_odds(points)
        most = np.full(texts, -np.inf, np.float32)
        np.maximum.at(most, rows, odds)
        if common.shape[1]:
            most = np.maximum(most, common.max(axis=1))
        scores = scores * np.exp(odds - most[rows])
        plain = np.exp(common - most[:, None]) * LEAST_SHARE**VOTE_POWER
        voted = self._place_of_common[codes]
        plain[rows[voted >= 0], voted[voted >= 0]] = 0.0
        sums = np.bincount(rows, scores, texts) + plain.sum(axis=1)
        taken = min(limit, plain.shape[1])
        best_common = (
            np.argpartition(-plain, max(0, taken - 1), axis=1)[:, :taken] if taken else np.zeros((texts, 0), np.int64)
        )
        rows = np.concatenate((rows, np.repeat(np.arange(texts), taken)))
        codes = np.concatenate((codes, self.code_model.common[best_common.ravel()]))
        scores = np.concatenate((scores, np.take_along_axis(plain, best_common, axis=1).ravel())) / sums[rows]
        order = np.lexsort((codes, -scores, rows))
        order = order[scores[order] > 0.0]
        best: list[list[tuple[str, float]]] = [[] for _ in range(texts)]
        rows = rows[order]
        first = np.arange(len(order)) - np.searchsorted(rows, np.arange(texts))[rows] < limit
        chosen = order[first]
        for row, code, score in zip(rows[first].tolist(), codes[chosen].tolist(), scores[chosen].tolist(), strict=True):
            best[row].append((self.codes[code], score))
        return [tuple(row) for row in best]


def _likest(touched: Whole, likeness: Reals, begins: Whole, text: int) -> Iterator[tuple[int, Whole, Reals]]:
    """Yield the number of each text, from `text` on, with its most like wordings, each once and in order, and their similarity.

    Args:
        touched: the wordings that share something with a text, as often as they share something.
        likeness: their similarity.
        begins: where those of each text begin, and the end of the last.
        text: number of the first text.
    """
    sizes = np.diff(begins)
    rows = np.flatnonzero(sizes)
    if not len(rows):
        return
    greatest = np.maximum.reduceat(likeness, begins[rows])
    kept = np.flatnonzero((likeness > np.repeat(greatest * LEAST_LIKE, sizes[rows])) & (likeness > 0.0))
    keys = (np.repeat(rows, sizes[rows]) << WORDING_BITS)[kept] + touched[kept]
    order = _order(keys)
    once = order[_begins(keys[order])]
    keys, likeness = keys[once], likeness[kept[once]]
    ends = np.searchsorted(keys, (rows + 1) << WORDING_BITS).tolist()
    wordings = keys & ((1 << WORDING_BITS) - 1)
    begin = 0
    for row, end in zip(rows.tolist(), ends, strict=True):
        if end > begin:
            yield text + row, wordings[begin:end], likeness[begin:end]
        begin = end


def _order(keys: Whole) -> Whole:
    """Return the stable order of numbers below 2^40, no more than 2^24 of them: place and number sorted as one number."""
    places = np.arange(len(keys))
    return np.asarray(np.sort((keys << PLACE_BITS) | places) & ((1 << PLACE_BITS) - 1), np.int64)


def _begins(keys: Whole) -> Whole:
    """Return where a new number begins among ordered ones."""
    return np.flatnonzero(np.concatenate((np.ones(1, np.bool_), keys[1:] != keys[:-1])))


def _ranges(first: Whole, counts: Whole) -> Whole:
    """Return the numbers `first[i]` to `first[i] + counts[i]` (exclusive), one range after the other."""
    before = np.cumsum(counts) - counts
    return np.asarray(np.repeat(first - before, counts) + np.arange(int(counts.sum())), np.int64)
