"""Which code of the Harmonized System a wording sounds like: features and codes as points in a small space.

A text is the sum of the points of its features, each by its rarity, over the text's length; a code is likelier the more its
own point lies that way. Codes of one heading and one chapter lean on each other when they are learned (see
`service/learning/code_fitting.py`). The form is that of Joulin et al., "Bag of tricks for efficient text classification" (2016).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from tidewaiter.text.hashing import Hashed

TOGETHER = 16  # texts at a time: their arrays stay in the processor's cache
Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CodeModel:
    """The points and what codes are worth before any word is read.

    `inner[b] * scales` is the point of bucket `b` (fewer buckets than texts are hashed to: the lowest bits count), `outer[c]`
    that of code `c` and `biases[c]` its log odds up to a constant; `rarity` is the inverse document frequency by bucket.
    `common` are codes often seen in parcels, which are thought of whatever the wording.
    """

    rarity: Floats
    inner: npt.NDArray[np.int8]
    scales: Floats
    outer: Floats
    biases: Floats
    common: Whole

    def points(self, hashed: Hashed) -> Floats:
        """Return the point of each text, one row each; that of a text without features is the origin."""
        texts = len(hashed.starts) - 1
        found = np.zeros((texts, self.inner.shape[1]), np.float32)
        filled = np.flatnonzero(np.diff(hashed.starts))
        buckets = hashed.features & np.uint32(len(self.rarity) - 1)
        rarity = self.rarity[buckets]
        for first in range(0, len(filled), TOGETHER):
            rows = filled[first : first + TOGETHER]
            begin, end = hashed.starts[rows[0]], hashed.starts[rows[-1] + 1]
            starts, weights = hashed.starts[rows] - begin, rarity[begin:end]
            lengths = np.sqrt(np.maximum(np.add.reduceat(weights * weights, starts), 1e-9))
            weighed = self.inner.take(buckets[begin:end], axis=0) * weights[:, None]
            found[rows] = np.add.reduceat(weighed, starts, axis=0) / lengths[:, None] * self.scales
        return found

    def odds(self, points: Floats, rows: Whole, codes: Whole) -> Floats:
        """Return the log odds, up to a constant of the text, of code `codes[i]` for the text `rows[i]`."""
        return np.asarray(np.einsum("ij,ij->i", points[rows], self.outer[codes]) + self.biases[codes], np.float32)

    def common_odds(self, points: Floats) -> Floats:
        """Return the same for every text and every common code."""
        outer, biases = self._of_common
        # A matrix product by the library of linear algebra would wake its threads for a tenth of a millisecond's work, and
        # its last bits would depend on how many texts stand in the batch.
        return np.asarray(np.einsum("ij,kj->ik", points, outer) + biases, np.float32)

    @cached_property
    def _of_common(self) -> tuple[Floats, Floats]:
        """The points of the common codes and what they are worth, put together once."""
        return self.outer[self.common], self.biases[self.common]
