"""What is known before an app's first review: how people praise and complain about any app.

Weights for hashed grams and for what the word lists say, learned once from reviews of many apps
and shipped (`prior.npz`; made by `python -m benchmarks.sentiment.train`). It holds no text.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import hashed_pieces
from analysis.sentiment.cues import LISTED, RULED, Cues
from analysis.sentiment.hashed_pieces import PIECE_BITS, WORD_BITS, Batch

FILE = Path(__file__).parent / "prior.npz"
MIN_SEEN = 0.3  # share of a text's words that must be known where no word list judges it
SHORT = 6  # words and phrases
MOST_TURNED = 0.8  # of what plain words say: as far as anything else may move it the other way
Floats = NDArray[np.float64]
Weights = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Prior:
    """words: float32 (2**18,), pieces: float32 (2**19,), ruled: float32 (RULED,); seen: uint8,
    packed bits of the words that it learned from."""

    words: Weights
    pieces: Weights
    ruled: Weights
    seen: NDArray[np.uint8]

    def raw(self, cues: Cues) -> Floats:
        """What each text leans to, about -2 to 2, float64 (texts,); 0 where nothing is known."""
        listed = cues.ruled[:, :LISTED] @ self.ruled[:LISTED]
        rest = gram_parts(cues, self.words, self.pieces)
        rest = rest + cues.ruled[:, LISTED:] @ self.ruled[LISTED:]
        most = np.where(plain(cues) * (listed * rest < 0), MOST_TURNED * np.abs(listed), np.inf)
        return np.asarray(listed + np.clip(rest, -most, most), dtype=np.float64)

    def readable(self, cues: Cues) -> NDArray[np.bool_]:
        """Whether enough of each text is known to say anything, bool (texts,)."""
        batch = cues.batch
        known = self._has_seen(batch)
        telling = batch.letters & ~batch.silent
        words = np.bincount(batch.text_of, telling[batch.ids], batch.texts)
        seen = np.bincount(batch.text_of, (telling & known)[batch.ids], batch.texts)
        judged = (cues.readings.praise != 0) | (cues.readings.blame != 0)
        return np.asarray(judged | ((words > 0) & (seen >= MIN_SEEN * words)), dtype=bool)

    def _has_seen(self, batch: Batch) -> NDArray[np.bool_]:
        flat, counts, words = batch.forms, batch.form_counts, len(batch.words)
        bits = (self.seen[flat >> 3] >> (7 - (flat & 7)).astype(np.uint8)) & 1
        there = np.bincount(np.repeat(np.arange(words), counts), bits, words)
        return np.asarray(there >= counts / 2, dtype=bool)


def plain(cues: Cues) -> NDArray[np.bool_]:
    """Which texts are short and judged by the word lists one way only, bool (texts,): nothing else
    turns those round, no other app's stars and not the app's own."""
    read = cues.readings
    one_way = (read.praise == 0) != (read.blame == 0)
    return np.asarray(one_way & (read.units <= SHORT), dtype=bool)


def gram_parts(cues: Cues, words: Weights, pieces: Weights) -> Floats:
    """The grams' part of a prediction, float64 (texts,): each block's sum by its size's root."""
    texts, batch = cues.batch.texts, cues.batch
    word_sum, word_count = hashed_pieces.sums(cues.words, words, texts)
    of_word, in_word = hashed_pieces.sums(cues.pieces, pieces, len(batch.words))
    piece_sum = np.bincount(batch.text_of, of_word[batch.ids], texts)
    piece_count = np.bincount(batch.text_of, in_word[batch.ids], texts)
    return np.asarray(
        word_sum / np.sqrt(np.maximum(word_count, 1))
        + piece_sum / np.sqrt(np.maximum(piece_count, 1)),
        dtype=np.float64,
    )


def shares(cues: Cues, words: Weights, pieces: Weights) -> list[tuple[str, float]]:
    """The first text's words with what each adds to `gram_parts`; a pair's part goes to both."""
    batch = cues.batch
    found = dict.fromkeys(batch.words, 0.0)
    _, word_count = hashed_pieces.sums(cues.words, words, batch.texts)
    for places, column in cues.words.owners():
        part = float(words[column]) / max(float(word_count[0]), 1.0) ** 0.5 / len(places)
        for place in places:
            found[batch.words[batch.ids[place]]] += part
    of_word, in_word = hashed_pieces.sums(cues.pieces, pieces, len(batch.words))
    count = max(float(in_word[batch.ids].sum()), 1.0)
    for place in batch.ids.tolist():
        found[batch.words[place]] += float(of_word[place]) / count**0.5
    return list(found.items())


@cache
def shipped() -> Prior:
    """The prior of this package, read once a process."""
    return read(FILE)


def read(path: Path) -> Prior:
    """Reads what `write` wrote. Raises ValueError for a prior of another shape."""
    with np.load(path, allow_pickle=False) as arrays:
        meta = json.loads(arrays["meta"].tobytes())
        if meta["shape"] != [WORD_BITS, PIECE_BITS, RULED]:
            raise ValueError(f"{path.name}: a prior of shape {meta['shape']}")
        return Prior(
            words=arrays["words"].astype(np.float32),
            pieces=arrays["pieces"].astype(np.float32),
            ruled=arrays["ruled"].astype(np.float32),
            seen=arrays["seen"],
        )


def write(prior: Prior, path: Path) -> None:
    """Keeps a prior in half precision, without pickled objects; the same prior, the same bytes."""
    meta = {"shape": [WORD_BITS, PIECE_BITS, RULED]}
    np.savez_compressed(
        path,
        meta=np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8),
        words=prior.words.astype(np.float16),
        pieces=prior.pieces.astype(np.float16),
        ruled=prior.ruled,
        seen=prior.seen,
    )
