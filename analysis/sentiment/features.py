"""Texts -> hashed word and character n-grams, the same for every language and without a vocabulary.

Words: 1- and 2-grams, each once a text, unit length. Characters: n-grams of 2 to 6 within a word,
each distinct word once, divided by the root of their number. So a word's character weights can be
summed once and looked up afterwards: scoring takes one look-up a word.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import HashingVectorizer

WORD_FEATURES = 2**16
CHARACTER_FEATURES = 2**17
COLUMNS = WORD_FEATURES + CHARACTER_FEATURES + 1  # the last: VADER's compound, English only
READ_CHARACTERS = 5_000  # of a longer text; keeps time and memory bounded
LONGEST_WORD = 200
BLOCK_WEIGHT = np.float32(np.sqrt(0.5))
VADER_WEIGHT = np.float32(0.5)
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    """Lower case, at most three equal signs in a row, no lone surrogates, at most 5,000 signs."""
    text = _SURROGATE.sub("\ufffd", text[:READ_CHARACTERS])
    return _RUN.sub(r"\1\1\1", text.lower())


def words_of(normal: str) -> list[str]:
    """The distinct words of a normalised text in order, over-long ones cut."""
    return [word[:LONGEST_WORD] for word in dict.fromkeys(normal.split())]


@cache
def word_hasher() -> HashingVectorizer:
    """Normalised texts -> word 1- and 2-grams, unit length, float32 (n, 2**16)."""
    return HashingVectorizer(
        lowercase=False,
        token_pattern=_WORD_OR_SIGN.pattern,
        ngram_range=(1, 2),
        n_features=WORD_FEATURES,
        alternate_sign=False,
        binary=True,
        norm="l2",
        dtype=np.float32,
    )


@cache
def character_hasher() -> HashingVectorizer:
    """Words -> counts of their character 2- to 6-grams, float32 (n, 2**17)."""
    return HashingVectorizer(
        lowercase=False,
        analyzer="char_wb",
        ngram_range=(2, 6),
        n_features=CHARACTER_FEATURES,
        alternate_sign=False,
        norm=None,
        dtype=np.float32,
    )


def tokens(normal: str) -> list[str]:
    """The tokens that word n-grams are made of: runs of letters and digits, single other signs."""
    return _WORD_OR_SIGN.findall(normal)


def word_columns(grams: Sequence[str]) -> NDArray[np.int64]:
    """Column of each word n-gram in the word block, int64 (n,)."""
    hasher = FeatureHasher(WORD_FEATURES, input_type="string", alternate_sign=False)
    return np.asarray(hasher.transform([gram] for gram in grams).indices, dtype=np.int64)


def matrix(normals: Sequence[str], compounds: NDArray[np.float64]) -> sp.csr_matrix:
    """Features of normalised texts, float32 (n, COLUMNS).

    compounds: VADER's score of each text, 0 where the text is not English.
    """
    words = word_hasher().transform(normals) * BLOCK_WEIGHT
    vader = sp.csr_matrix((compounds * VADER_WEIGHT).astype(np.float32)[:, np.newaxis])
    return sp.csr_matrix(sp.hstack([words, _character_matrix(normals), vader]))


def _character_matrix(normals: Sequence[str]) -> sp.csr_matrix:
    """Character n-grams: (texts x distinct words) times (distinct words x n-grams)."""
    columns: dict[str, int] = {}
    indices: list[int] = []
    starts = [0]
    for normal in normals:
        indices.extend(columns.setdefault(word, len(columns)) for word in words_of(normal))
        starts.append(len(indices))
    ones = np.ones(len(indices), dtype=np.float32)
    by_word = sp.csr_matrix((ones, indices, starts), shape=(len(normals), max(len(columns), 1)))
    grams = sp.csr_matrix(by_word @ character_hasher().transform(list(columns) or [""]))
    grams_of_text = np.maximum(np.asarray(grams.sum(axis=1)).ravel(), 1.0)
    return sp.csr_matrix(sp.diags_array(BLOCK_WEIGHT / np.sqrt(grams_of_text)) @ grams)
