"""Fit the model of codes: stochastic descent with steps that shrink where a weight has moved much (Duchi et al., 2011).

First on wordings written for the packs, brands and the nomenclature; then, from there, mostly on coded parcels. A code's
point is the sum of one of its own, one of its heading and one of its chapter, so that rare codes learn from their kin.
Features are left out at random while learning, since a description cut or shortened by a shop lacks some of them too.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tidewaiter.screen.goods.code_model import CodeModel
from tidewaiter.text.hashing import Hashed, hash_texts

MODEL_BITS = 16
SIZE = 64  # of a point
BATCH = 512
SEED = 20261124
LEFT_OUT = 0.45  # of the features of a text
BASE_PASSES, BASE_STEP = 5, 0.3
PARCEL_PASSES, PARCEL_STEP = 5, 0.15
PARCEL_COPIES, PARCEL_WEIGHT = 3, 3.3
BESIDE = 5000  # other wordings learned again beside the parcels, so that they are not forgotten
COMMON_FROM = 2  # coded parcels from which a code is a common one
Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Wordings:
    """Hashed wordings to learn from, without those that have no feature: features, their weights, where each text starts."""

    features: Whole
    values: Floats
    starts: Whole

    def part(self, chosen: Whole) -> Wordings:
        """Return the chosen texts, which may be given more than once."""
        sizes = np.diff(self.starts)[chosen]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        places = np.repeat(self.starts[chosen] - starts[:-1], sizes) + np.arange(starts[-1])
        return Wordings(self.features[places], self.values[places], starts)


class CodeLearner:
    """Points of features, codes, headings and chapters while they are learned."""

    def __init__(
        self, texts: Sequence[str], codes: Sequence[str], weights: Sequence[float], names: Sequence[str]
    ) -> None:
        """Learn the base.

        Args:
            texts: wordings.
            codes: the HS6 code of each.
            weights: how much each counts.
            names: every code there is, sorted.
        """
        self.names = list(names)
        self._number = {name: number for number, name in enumerate(names)}
        size = 1 << MODEL_BITS
        hashed = hash_texts(texts)
        seen = np.bincount(hashed.features & np.uint32(size - 1), minlength=size)
        self._rarity = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
        self._chance = np.random.default_rng(SEED)
        self._inner = (self._chance.standard_normal((size, SIZE)) / np.sqrt(SIZE)).astype(np.float32)
        self._inner[seen == 0] = 0.0
        groups = [np.unique([name[:digits] for name in names], return_inverse=True)[1] for digits in (6, 4, 2)]
        self._groups = [np.asarray(group, np.int64) for group in groups]
        self._outer = [np.zeros((int(group.max()) + 1, SIZE), np.float32) for group in self._groups]
        self._bias = [np.zeros(len(outer), np.float32) for outer in self._outer]
        self._moved = [np.full(size, 1e-2, np.float32)]
        self._moved += [np.full(len(outer), 1e-2, np.float32) for outer in (*self._outer, *self._outer)]
        self._texts, kept = self._wordings(hashed)
        self._labels = self._numbers(codes)[kept]
        self._weights = np.asarray(weights, np.float32)[kept]
        self._learn(self._texts, self._labels, self._weights, BASE_PASSES, BASE_STEP)

    def with_parcels(self, texts: Sequence[str], codes: Sequence[str]) -> CodeModel:
        """Return the model after it has gone on learning from coded parcels; without any, the base alone."""
        if not texts:
            return self._model(np.zeros(0, np.int64))
        other = copy.copy(self)
        other._inner, other._outer, other._bias = self._inner.copy(), _copies(self._outer), _copies(self._bias)
        other._moved = _copies(self._moved)
        other._chance = np.random.default_rng(SEED)
        parcels, kept = self._wordings(hash_texts(texts))
        numbers = self._numbers(codes)
        beside = other._chance.choice(len(self._labels), min(BESIDE, len(self._labels)), replace=False)
        again = np.tile(np.arange(len(kept)), PARCEL_COPIES)
        mixed = _joined(parcels.part(again), self._texts.part(beside))
        labels = np.concatenate((numbers[kept][again], self._labels[beside]))
        weights = np.concatenate((np.full(len(again), PARCEL_WEIGHT, np.float32), self._weights[beside]))
        other._learn(mixed, labels, weights, PARCEL_PASSES, PARCEL_STEP)
        return other._model(np.flatnonzero(np.bincount(numbers, minlength=len(self.names)) >= COMMON_FROM))

    def _numbers(self, codes: Sequence[str]) -> Whole:
        return np.fromiter((self._number[code] for code in codes), np.int64, len(codes))

    def _wordings(self, hashed: Hashed) -> tuple[Wordings, Whole]:
        """Return the texts that have features, each of length one, and their numbers."""
        features = (hashed.features & np.uint32((1 << MODEL_BITS) - 1)).astype(np.int64)
        values, rows = self._rarity[features], hashed.rows()
        lengths = np.sqrt(np.bincount(rows, values**2, len(hashed.starts) - 1))
        kept = np.flatnonzero(np.diff(hashed.starts))
        scaled = (values / np.maximum(lengths, 1e-9)[rows]).astype(np.float32)
        return Wordings(features, scaled, hashed.starts).part(kept), kept

    def _learn(self, texts: Wordings, labels: Whole, weights: Floats, passes: int, first_step: float) -> None:
        count = len(labels)
        steps, done = passes * -(-count // BATCH), 0
        for _ in range(passes):
            order = self._chance.permutation(count)
            for begin in range(0, count, BATCH):
                chosen = order[begin : begin + BATCH]
                weight = weights[chosen] / weights[chosen].mean()
                self._step(texts.part(chosen), labels[chosen], weight, first_step * (1 - done / steps))
                done += 1

    def _step(self, texts: Wordings, labels: Whole, weights: Floats, step: float) -> None:
        """Move every point a little against the error of one batch."""
        kept = self._chance.random(len(texts.values)) >= LEFT_OUT
        values = (texts.values * kept / (1 - LEFT_OUT)).astype(np.float32)
        points = np.add.reduceat(self._inner[texts.features] * values[:, None], texts.starts[:-1], axis=0)
        outer = self._together(self._outer)
        errors = points @ outer.T + self._together(self._bias)
        errors -= errors.max(axis=1, keepdims=True)
        np.exp(errors, out=errors)
        errors /= errors.sum(axis=1, keepdims=True)
        errors[np.arange(len(labels)), labels] -= np.float32(1)
        errors *= weights[:, None]
        back = errors @ outer
        towards, drift = errors.T @ points, errors.sum(axis=0, keepdims=True).T
        for level, group in enumerate(self._groups):
            size = len(self._outer[level])
            _descend(self._outer[level], _summed(towards, group, size), self._moved[1 + level], step)
            one = _summed(drift, group, size)
            _descend(self._bias[level][:, None], one, self._moved[4 + level], 0.3 * step)
        changes = (np.repeat(back, np.diff(texts.starts), axis=0) * values[:, None]).astype(np.float32)
        used, place = np.unique(texts.features, return_inverse=True)
        inner, moved = self._inner[used], self._moved[0][used]
        _descend(inner, _summed(changes, place, len(used)), moved, step)
        self._inner[used], self._moved[0][used] = inner, moved

    def _together(self, parts: list[Floats]) -> Floats:
        return np.asarray(sum(part[group] for part, group in zip(parts, self._groups, strict=True)), np.float32)

    def _model(self, common: Whole) -> CodeModel:
        scales = np.maximum(np.abs(self._inner).max(axis=0), 1e-6) / 127
        return CodeModel(
            self._rarity,
            np.round(self._inner / scales).astype(np.int8),
            scales.astype(np.float32),
            self._together(self._outer).astype(np.float16).astype(np.float32),
            self._together(self._bias),
            common.astype(np.int64),
        )


def _descend(values: Floats, change: Floats, moved: Floats, step: float) -> None:
    moved += (change**2).mean(axis=1)
    values -= step * change / np.sqrt(moved)[:, None]


def _summed(rows: Floats, group: Whole, size: int) -> Floats:
    """Return the sums of the rows of each group; every group has a row."""
    order = np.argsort(group, kind="stable")
    return np.asarray(np.add.reduceat(rows[order], np.searchsorted(group[order], np.arange(size)), axis=0), np.float32)


def _joined(first: Wordings, second: Wordings) -> Wordings:
    return Wordings(
        np.concatenate((first.features, second.features)),
        np.concatenate((first.values, second.values)),
        np.concatenate((first.starts, second.starts[1:] + first.starts[-1])),
    )


def _copies(arrays: list[Floats]) -> list[Floats]:
    return [array.copy() for array in arrays]
