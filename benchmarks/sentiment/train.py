"""`python -m benchmarks.sentiment.train --write`: the shipped prior, made again from the data.

    OMP_NUM_THREADS=1 python -m benchmarks.sentiment.train [--data ../shared/data] [--write]

Without --write it only says whether the shipped file is the one that the data give. Ridge
regression on hashed grams and on what the word lists say (Hoerl and Kennard 1970) by conjugate
gradients with a diagonal preconditioner; takes about two minutes and 2 GB.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from analysis.sentiment import cues, hashed_pieces, prior, spelling
from analysis.sentiment.cues import RULED
from analysis.sentiment.hashed_pieces import PIECE_BITS, WORD_BITS
from analysis.sentiment.prior import Prior
from analysis.sentiment.vocabulary import SEEN_BITS, familiar_forms
from benchmarks.evaluation_data import evaluation_data
from benchmarks.sentiment import corpus

PENALTY = 2.0
RULED_PENALTY = 0.01
STEPS = 60
TOLERANCE = 2e-3
MIN_SEEN = 2  # texts that a word must be in
PART = 20_000  # texts read together
WORDS, PIECES = 2**WORD_BITS, 2**PIECE_BITS
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Design:
    """Features of the examples, factored. words: (n, WORDS); in_text: (n, distinct words);
    pieces: (distinct words, PIECES); ruled: (n, RULED)."""

    words: sp.csr_matrix
    in_text: sp.csr_matrix
    pieces: sp.csr_matrix
    ruled: Floats
    vocabulary: list[str]

    def predict(self, weights: Floats) -> Floats:
        """float32 (n,)"""
        words, pieces, ruled = np.split(weights, [WORDS, WORDS + PIECES])
        return self.words @ words + self.in_text @ (self.pieces @ pieces) + self.ruled @ ruled

    def rows(self, chosen: NDArray[np.bool_]) -> "Design":
        """Some of the examples."""
        return Design(
            self.words[chosen],
            self.in_text[chosen],
            self.pieces,
            self.ruled[chosen],
            self.vocabulary,
        )


def design(texts: list[str], langs: list[str | None]) -> Design:
    """Features of normalised texts."""
    places: dict[str, int] = {}
    words, in_text, ruled, by_word = [], [], [], {}
    for start in range(0, len(texts), PART):
        found = cues.cues(texts[start : start + PART], langs[start : start + PART])
        words.append(_block(found.words, found.batch.texts, WORDS))
        of_batch = np.array([places.setdefault(w, len(places)) for w in found.batch.words])
        in_text.append((found.batch.text_of + start, of_batch[found.batch.ids]))
        for word, silent in zip(of_batch.tolist(), found.silent.tolist(), strict=True):
            by_word[word] = silent
        ruled.append(found.ruled.astype(np.float32))
    vocabulary = list(places)
    loud = np.array([place for place in range(len(vocabulary)) if not by_word[place]])
    of_loud = hashed_pieces.pieces([vocabulary[place] for place in loud])
    ones = np.ones(len(of_loud.rows), dtype=np.float32)
    shape = (len(vocabulary), PIECES)
    pieces = sp.csr_matrix((ones, (loud[of_loud.rows], of_loud.columns)), shape=shape)
    rows, columns = (np.concatenate(part) for part in zip(*in_text, strict=True))
    ones = np.ones(len(rows), dtype=np.float32)
    of_text = sp.csr_matrix((ones, (rows, columns)), shape=(len(texts), len(vocabulary)))
    sizes = np.maximum(of_text @ np.asarray(pieces.sum(axis=1)).ravel(), 1.0)
    return Design(
        words=sp.csr_matrix(sp.vstack(words)),
        in_text=_scaled(of_text, sizes),
        pieces=pieces,
        ruled=np.concatenate(ruled),
        vocabulary=vocabulary,
    )


def _block(found: hashed_pieces.Grams, height: int, width: int) -> sp.csr_matrix:
    ones = np.ones(len(found.rows), dtype=np.float32)
    block = sp.csr_matrix((ones, (found.rows, found.columns)), shape=(height, width))
    return _scaled(block, np.maximum(np.asarray(block.sum(axis=1)).ravel(), 1.0))


def _scaled(block: sp.csr_matrix, sizes: Floats) -> sp.csr_matrix:
    return sp.csr_matrix(sp.diags_array((1 / np.sqrt(sizes)).astype(np.float32)) @ block)


def fit(whole: Design, target: Floats, weight: Floats) -> Prior:
    """The prior that the examples of some weight give."""
    chosen = weight > 0
    part, target, weight = whole.rows(chosen), target[chosen], weight[chosen]
    penalty = np.full(WORDS + PIECES + RULED, PENALTY, dtype=np.float32)
    penalty[WORDS + PIECES :] = RULED_PENALTY
    weights = _solve(part, target, weight, penalty)
    words, pieces, ruled = np.split(weights, [WORDS, WORDS + PIECES])
    return Prior(
        words=words.astype(np.float16).astype(np.float32),
        pieces=pieces.astype(np.float16).astype(np.float32),
        ruled=ruled,
        seen=_seen(part),
    )


def _solve(part: Design, target: Floats, weight: Floats, penalty: Floats) -> Floats:
    turned = part.words.T.tocsr(), part.in_text.T.tocsr(), part.pieces.T.tocsr()

    def back(residual: Floats) -> Floats:
        of_words = turned[1] @ residual
        blocks = (turned[0] @ residual, turned[2] @ of_words, part.ruled.T @ residual)
        return np.concatenate(blocks).astype(np.float32)

    scale = 1 / (penalty + _squares(part, turned[0], turned[1], turned[2], weight))
    weights = np.zeros_like(penalty)
    rest = back(weight * target)
    toward = ahead = scale * rest
    size = first = _product(rest, ahead)
    for _ in range(STEPS):
        curved = back(weight * part.predict(toward)) + penalty * toward
        length = np.float32(size / _product(toward, curved))
        weights += length * toward
        rest = rest - length * curved
        ahead = scale * rest
        size, before = _product(rest, ahead), size
        if size < TOLERANCE**2 * first:
            break
        toward = ahead + np.float32(size / before) * toward
    return weights


def _squares(
    part: Design,
    words: sp.csr_matrix,
    in_text: sp.csr_matrix,
    pieces: sp.csr_matrix,
    weight: Floats,
) -> Floats:
    """Weighted squares of each column, those of pieces as if no text had one twice."""
    of_pieces = pieces.power(2) @ (in_text.power(2) @ weight)
    return np.concatenate([words.power(2) @ weight, of_pieces, (part.ruled**2).T @ weight])


def _product(one: Floats, other: Floats) -> float:
    return float(np.sum(one * other, dtype=np.float64))  # not BLAS: the same on every machine


def _seen(part: Design) -> NDArray[np.uint8]:
    """Bits of the words that are in at least two texts; runs without spaces: of their pairs."""
    texts = np.diff(part.in_text.tocsc().indptr).tolist()
    often = [
        word
        for word, n in zip(part.vocabulary, texts, strict=True)
        if n >= MIN_SEEN or (n and spelling.is_dense(word))
    ]
    forms = sorted({form for word in often for form in familiar_forms(word)})
    bits = np.zeros(2**SEEN_BITS, dtype=bool)
    bits[hashed_pieces.word_bits(forms, SEEN_BITS)] = True
    return np.packbits(bits)


def trained(found: pd.DataFrame) -> Prior:
    """The prior of all examples."""
    langs = [lang if isinstance(lang, str) else None for lang in found["lang"]]
    whole = design(found["text"].tolist(), langs)
    target, weight = (found[n].to_numpy(dtype=np.float32) for n in ("target", "weight"))
    return fit(whole, target, weight)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=evaluation_data, default="../shared/data")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    made = trained(corpus.examples(chosen.data))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / prior.FILE.name
        prior.write(made, path)
        same = prior.FILE.is_file() and prior.FILE.read_bytes() == path.read_bytes()
        if chosen.write:
            prior.FILE.write_bytes(path.read_bytes())
        print(f"{path.stat().st_size:,} bytes; {'as shipped' if same else 'not as shipped'}")


if __name__ == "__main__":
    main()
