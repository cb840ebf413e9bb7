"""How improbable words are in an app's language, in nats (natural logarithms).

A word's share in the app's past, in other apps' reviews and in the rest of the flood, with a
general word list behind them for what these hardly know: words that every text has, everyday words
of reviews, and all others. A word list of a language (wordfreq) would tell the last two better; its
57 MB and its end of upkeep were found too much for that.
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.coordination.shingles import (
    RUN,
    Mask,
    Shingles,
    counted,
)
from analysis.hashed_words import Numbers, Places, numbers

PRIOR = 5_000.0  # words that the general list is worth
EVERY_TEXT, EVERYDAY, OTHER = 7.5e-3, 3e-4, 2e-5  # share of a word in texts at large
Nats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class General:
    """The general word list: words that every text has, and everyday words of reviews."""

    every_text: Set[str]
    everyday: Set[str]

    def share(self, words: Numbers) -> Nats:
        """Of each word its share in texts at large."""
        every_text, everyday = (numbers(sorted(held)) for held in (self.every_text, self.everyday))
        known = np.where(np.isin(words, everyday), EVERYDAY, OTHER)
        return np.where(np.isin(words, every_text), EVERY_TEXT, known)


class Rarity:
    """Nats of the words of a flood beside texts of elsewhere."""

    def __init__(self, read: Shingles, beside: tuple[Shingles, ...], general: General) -> None:
        self.read = read
        self.text_of_word = read.text_of_word
        every, self.word = np.unique(read.words, return_inverse=True)
        self.seen: Nats = PRIOR * general.share(every)
        self.total = PRIOR
        for side in beside:
            known, counts = np.unique(side.words, return_counts=True)
            self.seen = self.seen + counted(every, known, counts).astype(np.float64)
            self.total += side.words.size

    def of(self, members: Places, at: Places) -> tuple[Nats, Nats]:
        """(nats of the wording in each text, its share of the text's nats).

        members: texts; at: first words of the runs that are the wording, in these texts. Each word
        counts once where it stands, letters of a script without blanks as the part of a word that
        they are; what the other texts of the flood say is no rarity.
        """
        inside = np.zeros(self.read.texts, dtype=np.bool_)
        inside[members] = True
        mine = inside[self.text_of_word]
        nats = self._nats(~mine)[self.word] * self.read.own
        covered = np.zeros(self.word.size, dtype=np.bool_)
        for place in range(RUN):
            covered[at + place] = True
        told = self._summed(covered & mine, nats)[members]
        return told, told / np.maximum(self._summed(mine, nats)[members], 1e-9)

    def _nats(self, rest: Mask) -> Nats:
        uses = np.bincount(self.word[rest], minlength=self.seen.size)
        found: Nats = -np.log((self.seen + uses) / (self.total + float(uses.sum())))
        return found

    def _summed(self, chosen: Mask, nats: Nats) -> Nats:
        found = np.bincount(
            self.text_of_word[chosen], weights=nats[chosen], minlength=self.read.texts
        )
        return found.astype(np.float64)
