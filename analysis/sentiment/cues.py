"""What a text gives to read: its grams, what the lexicon makes of it, VADER's score of English."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import grams, lexicon, rules, spelling, vader
from analysis.sentiment.grams import Batch, Grams
from analysis.sentiment.lexicon import Kind
from analysis.sentiment.rules import Reading
from collector.text.one_spelling import one_spelling

LISTED = 3  # numbers that the word lists give for a text
RULED = LISTED + 1  # with VADER's compound
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cues:
    """Of a batch of texts. words: grams of whole words, by text; pieces: grams of the distinct
    words' pieces, by word; silent: bool (words,), those that say nothing by themselves; ruled:
    float64 (texts, RULED), what the word lists and VADER say."""

    batch: Batch
    words: Grams
    pieces: Grams
    silent: NDArray[np.bool_]
    readings: list[Reading]
    ruled: Floats


def cues(texts: Sequence[str], stated: Sequence[str | None], usual: str | None = None) -> Cues:
    """stated: the language that each text's source names, ISO 639; usual: that of the app."""
    known = lexicon.shipped()
    batch = grams.batch([_standard(spelling.normalise(text), known) for text in texts])
    silent = np.array([_is_silent(word, known) for word in batch.words], dtype=bool)
    readings = [
        rules.read(tokens, known, said, usual)
        for tokens, said in zip(batch.tokens, stated, strict=True)
    ]
    loud = np.flatnonzero(~silent)
    found = grams.pieces([batch.words[i] for i in loud])
    return Cues(
        batch=batch,
        words=grams.word_grams(batch, silent),
        pieces=Grams(loud[found.rows], found.columns),
        silent=silent,
        readings=readings,
        ruled=_ruled(texts, readings),
    )


def _standard(normal: str, known: lexicon.Lexicon) -> list[str]:
    """A text's tokens, the elongated ones as the lists spell them."""
    found = spelling.tokens(normal)
    if spelling.shortened(normal) is None:
        return found
    return [known.standard(token) for token in found]


def _is_silent(word: str, known: lexicon.Lexicon) -> bool:
    """Whether a word alone leans neither way, whatever stars came with it: update, app, phone."""
    entry = known.word(word)
    if entry is None or entry.sense is None:
        return False
    kinds = entry.sense.meanings.values()
    return all(kind & Kind.NEUTRAL and not kind & lexicon.JUDGING for kind in kinds)


def _compound(text: str) -> float:
    """VADER's score of a text in plain letters, its emoji left out: the word lists hold those."""
    if text.isascii():
        return vader.compound(text)
    if any(sign.isalpha() for sign in text if sign > "\x7f"):
        return 0.0
    return vader.compound(text.encode("ascii", "ignore").decode())


def _ruled(texts: Sequence[str], readings: Sequence[Reading]) -> Floats:
    if not readings:
        return np.empty((0, RULED))
    praise = np.array([r.praise for r in readings])
    blame = np.array([r.blame for r in readings])
    last = np.array([r.last for r in readings])
    units = np.maximum(np.array([r.units for r in readings]), 1)
    both = praise - blame
    compounds = np.array([_compound(one_spelling(text)) for text in texts])
    return np.column_stack(
        [both / np.sqrt(both**2 + 1), both / np.sqrt(units), np.tanh(last), compounds]
    )
