"""What an app's own stars add to the prior: a correction that grows with the evidence.

Ridge regression of what the prior left over, on the same hashed grams, taken batch by batch: what
one batch taught is the next one's prior, with a precision for each weight (a Gaussian of
independent weights; Hoerl and Kennard 1970; Bishop 2006, 3.3). So nothing is trained from scratch.
Low and high stars weigh alike and there is no intercept: a word never seen leans neither way.
"""

import io
import json
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from analysis.sentiment import calibration
from analysis.sentiment.cues import Cues
from analysis.sentiment.hashed_pieces import PIECE_BITS, WORD_BITS
from analysis.sentiment.prior import MOST_TURNED, gram_parts, plain

VERSION = "stars-2"
BITS = 15  # of each block; the prior's columns folded
COLUMNS = 2 * 2**BITS
PRECISION = 5.0  # of a weight before any evidence
MOST_MOVED = 0.6  # of a scale from -1 to 1
USUAL_SHARE = 0.6
MOST_STEPS = 12
TOLERANCE = 1e-3
MIDDLE_WEIGHT = 0.5  # of a review with three stars
MOST_BALANCE = 3.0  # times that the rarer of low and high stars may weigh
SAYS = ((1.0, 2.0, 3.0, 4.0, 5.0), (-1.0, -0.8, -0.15, 0.7, 1.0))  # stars -> what a text leans to
Floats = NDArray[np.float64]
Weights = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class AppModel:
    """means, precisions: float32 (COLUMNS,); low, high: how many such reviews taught; languages:
    votes for what its texts are in; curve: sums of scores and stars, see calibration.py."""

    app: str
    trained_until: datetime
    items: int
    low: float
    high: float
    languages: dict[str, int]
    means: Weights
    precisions: Weights
    curve: Floats

    @property
    def usual(self) -> str | None:
        """The language of at least 60 % of its texts; None without one."""
        if not self.languages:
            return None
        code = max(self.languages, key=lambda known: (self.languages[known], known))
        return code if self.languages[code] >= USUAL_SHARE * sum(self.languages.values()) else None

    def spread(self) -> tuple[Weights, Weights]:
        """The means over the prior's columns: words, pieces."""
        words = np.repeat(self.means[: 2**BITS], 2 ** (WORD_BITS - BITS))
        return words, np.repeat(self.means[2**BITS :], 2 ** (PIECE_BITS - BITS))

    def moved(self, cues: Cues, prior: Floats) -> Floats:
        """What each text leans to once the app's own evidence is added. prior: `Prior.raw`."""
        own = gram_parts(cues, *self.spread())
        kept = np.minimum(MOST_TURNED * np.abs(prior), MOST_MOVED)
        most = np.where(plain(cues) & (own * prior < 0), kept, MOST_MOVED)
        return prior + np.clip(own, -most, most)

    def learned(self, cues: Cues, prior: Floats, scores: Floats, stars: Floats) -> "AppModel":
        """The model after some more reviews. scores: what they were given before, or NaN."""
        low, high = self.low + int((stars <= 2).sum()), self.high + int((stars >= 4).sum())
        weights = _weights(stars, low, high)
        features = _features(cues)
        left = np.interp(stars, *SAYS) - prior - features @ self.means
        step, gained = _ridge(features, left, weights, self.precisions)
        return replace(
            self,
            low=low,
            high=high,
            means=(self.means + step).astype(np.float32),
            precisions=(self.precisions + gained).astype(np.float32),
            curve=calibration.counted(self.curve, scores, stars),
        )

    def expected_stars(self, scores: Floats) -> Floats:
        """The stars that texts of such scores get here, 1 to 5, NaN where there is no score."""
        return calibration.expected_stars(scores, self.curve)

    def to_bytes(self) -> bytes:
        """The model as a compressed .npz without pickled objects."""
        meta = {
            "version": VERSION,
            "app": self.app,
            "trained_until": self.trained_until.isoformat(),
            "items": self.items,
            "low": self.low,
            "high": self.high,
            "languages": self.languages,
        }
        arrays: dict[str, NDArray[Any]] = {
            "meta": np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8),
            "means": self.means.astype(np.float16),
            "precisions": (self.precisions - PRECISION).astype(np.float16),
            "curve": self.curve,
        }
        return _npz(arrays)

    @classmethod
    def from_bytes(cls, blob: bytes) -> "AppModel":
        """Reads what to_bytes wrote. Raises ValueError for anything else."""
        with np.load(io.BytesIO(blob), allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if meta["version"] != VERSION:
                raise ValueError(f"a model of version {meta['version']}, not {VERSION}")
            return cls(
                app=meta["app"],
                trained_until=datetime.fromisoformat(meta["trained_until"]),
                items=meta["items"],
                low=meta["low"],
                high=meta["high"],
                languages=meta["languages"],
                means=arrays["means"].astype(np.float32),
                precisions=arrays["precisions"].astype(np.float32) + np.float32(PRECISION),
                curve=arrays["curve"],
            )


def nothing_learned(app: str) -> AppModel:
    """An app before its first review."""
    return AppModel(
        app=app,
        trained_until=datetime(1970, 1, 1, tzinfo=UTC),
        items=0,
        low=0.0,
        high=0.0,
        languages={},
        means=np.zeros(COLUMNS, dtype=np.float32),
        precisions=np.full(COLUMNS, PRECISION, dtype=np.float32),
        curve=calibration.no_stars(),
    )


def _npz(arrays: dict[str, NDArray[Any]]) -> bytes:
    """What `np.savez_compressed` makes, packed a little less in a third of the time."""
    blob = io.BytesIO()
    with zipfile.ZipFile(blob, "w") as packed:
        for name, values in arrays.items():
            member = io.BytesIO()
            np.save(member, values, allow_pickle=False)
            undated = zipfile.ZipInfo(f"{name}.npy")
            packed.writestr(undated, member.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=1)
    return blob.getvalue()


def rounded(model: AppModel) -> AppModel:
    """The model as it is stored, so that what is read back goes on alike."""
    gained = (model.precisions - PRECISION).astype(np.float16).astype(np.float32)
    return replace(
        model,
        means=model.means.astype(np.float16).astype(np.float32),
        precisions=gained + np.float32(PRECISION),
    )


def _weights(stars: Floats, low: float, high: float) -> Floats:
    """Low and high stars weigh alike over all that the app has had, float64 (n,)."""
    each = (low + high) / 2
    of_low = min(each / max(low, 1.0), MOST_BALANCE)
    of_high = min(each / max(high, 1.0), MOST_BALANCE)
    return np.where(stars <= 2, of_low, np.where(stars >= 4, of_high, MIDDLE_WEIGHT))


def _features(cues: Cues) -> sp.csr_matrix:
    """float32 (texts, COLUMNS): what `gram_parts` sums, column by column."""
    batch, texts = cues.batch, cues.batch.texts
    columns = cues.words.columns >> (WORD_BITS - BITS)
    words = _counts(cues.words.rows, columns, texts)
    of_word = _counts(
        cues.pieces.rows, cues.pieces.columns >> (PIECE_BITS - BITS), len(batch.words)
    )
    in_text = sp.csr_matrix(
        (np.ones(len(batch.ids), dtype=np.float32), (batch.text_of, batch.ids)),
        shape=(texts, len(batch.words)),
    )
    blocks = [words, sp.csr_matrix(in_text @ of_word)]
    return sp.csr_matrix(sp.hstack([_shortened(block) for block in blocks]))


def _counts(rows: NDArray[np.int64], columns: NDArray[np.int64], height: int) -> sp.csr_matrix:
    ones = np.ones(len(rows), dtype=np.float32)
    return sp.csr_matrix((ones, (rows, columns)), shape=(height, 2**BITS))


def _shortened(block: sp.csr_matrix) -> sp.csr_matrix:
    sizes = np.maximum(np.asarray(block.sum(axis=1)).ravel(), 1.0)
    return sp.csr_matrix(sp.diags_array((1 / np.sqrt(sizes)).astype(np.float32)) @ block)


def _ridge(
    features: sp.csr_matrix, left: Floats, weights: Floats, precisions: Weights
) -> tuple[Floats, Floats]:
    """(change of the means, gain of precision), each (COLUMNS,), by conjugate gradients."""
    turned = features.T.tocsr()
    change = np.zeros(features.shape[1])
    rest = turned @ (weights * left)
    toward = ahead = rest / precisions
    size = first = float(rest @ ahead)
    for _ in range(MOST_STEPS):
        if size <= TOLERANCE**2 * first or not size:
            break
        curved = turned @ (weights * (features @ toward)) + precisions * toward
        length = size / float(toward @ curved)
        change += length * toward
        rest = rest - length * curved
        ahead = rest / precisions
        size, before = float(rest @ ahead), size
        toward = ahead + (size / before) * toward
    return change, features.multiply(features).T @ weights
