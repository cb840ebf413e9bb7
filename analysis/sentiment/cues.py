"""What a text gives to read: its grams, what the lexicon makes of it, VADER's score of English."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import hashed_pieces, rules_in_batch, vader_in_batch, vocabulary
from analysis.sentiment.hashed_pieces import Batch, Grams
from analysis.sentiment.rules_in_batch import Readings

LISTED = 3  # numbers that the word lists give for a text
RULED = LISTED + 1  # with VADER's compound
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cues:
    """Of a batch of texts. words: grams of whole words, by text; pieces: grams of the distinct
    words' pieces, by word; readings: what the word lists say; ruled: float64 (texts, RULED), the
    same as numbers of the model, and VADER's."""

    batch: Batch
    words: Grams
    pieces: Grams
    readings: Readings
    ruled: Floats

    @property
    def silent(self) -> NDArray[np.bool_]:
        """bool (words,), those that say nothing by themselves."""
        return self.batch.silent


def cues(texts: Sequence[str], stated: Sequence[str | None], usual: str | None = None) -> Cues:
    """stated: the language that each text's source names, ISO 639; usual: that of the app."""
    known = vocabulary.shipped()
    with known.lock:
        found = known.read(texts)
        readings = rules_in_batch.read(found, stated, usual)
    batch = found.batch
    compounds = vader_in_batch.compounds(texts, found.chunks, found.chunk_of, found.chunk_words)
    loud = np.flatnonzero(~batch.silent)
    pieces = hashed_pieces.pieces([batch.words[i] for i in loud])
    return Cues(
        batch=batch,
        words=hashed_pieces.word_grams(batch),
        pieces=Grams(loud[pieces.rows], pieces.columns),
        readings=readings,
        ruled=_ruled(readings, compounds),
    )


def _ruled(readings: Readings, compounds: Floats) -> Floats:
    units = np.maximum(readings.units, 1)
    both = readings.praise - readings.blame
    listed = (both / np.sqrt(both**2 + 1), both / np.sqrt(units), np.tanh(readings.last))
    return np.column_stack([*listed, compounds])
