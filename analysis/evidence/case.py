"""A window made ready once for all signals: matched by stars, cut into words, quiet blocks drawn.

The reference is the app's own last 180 days before the swing, 540 where that gives under 100
reviews. Low stars are compared with low stars and high with high, so that a signal does not merely
say again that the stars fell. Very large windows are thinned evenly, which changes no share.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import DataFrame
from scipy.sparse import csr_array

from analysis.evidence.coordination.declared import Said, said_of_themselves
from analysis.evidence.coordination.flood import Flood, flood_rows, read_flood
from analysis.evidence.coordination.posts import Posts, read_posts
from analysis.evidence.languages import in_languages, languages_of
from analysis.evidence.not_testable import Reason, why
from analysis.evidence.quiet_blocks import block_size, blocks, even_sample
from analysis.evidence.risen_words import RisenWords, risen_words
from analysis.evidence.texts import Sample, full_texts
from analysis.evidence.window import Window
from analysis.tokens import Vocabulary, words

LEAST_REFERENCE = 50  # matched reviews of the past; below, a comparison is not testable
LEAST_ITEMS = 5  # matched reviews of the swing
MOST_ITEMS = 20_000
MOST_REFERENCE = 30_000
FULL_REFERENCE = 100
MOST_SAID = 3_000


@dataclass(frozen=True)
class Case:
    """A window with its samples; signals read it and compute nothing twice.

    items, before: all reviews; matched: positions of those in the swing's own star class.
    """

    window: Window
    items: Sample
    before: Sample

    @cached_property
    def matched_items(self) -> NDArray[np.int64]:
        """Positions in `items` of the star class that the swing is about."""
        return np.flatnonzero(star_class(self.items.stars, self.window.swing.direction))

    @cached_property
    def matched_before(self) -> NDArray[np.int64]:
        """Positions in `before` of the same star class."""
        return np.flatnonzero(star_class(self.before.stars, self.window.swing.direction))

    @cached_property
    def size(self) -> int:
        """Reviews in a matched block."""
        return block_size(self.matched_items.size, self.matched_before.size)

    @cached_property
    def quiet(self) -> list[NDArray[np.int64]]:
        """Matched quiet blocks: positions in `before`."""
        starts = blocks(self.matched_before.size, self.size)
        return [self.matched_before[start : start + self.size] for start in starts]

    @property
    def disjoint(self) -> float:
        """How many matched blocks fit side by side into the past."""
        return self.matched_before.size / max(self.size, 1)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Words of both samples; complete only once `counts` was made."""
        return Vocabulary()

    @cached_property
    def counts(self) -> tuple[csr_array, csr_array]:
        """Word counts (items, before), with the same columns."""
        before = self.vocabulary.counts(self.before.words)
        items = self.vocabulary.counts(self.items.words)
        return items, self.vocabulary.widened(before)

    @cached_property
    def risen(self) -> RisenWords:
        """Words that rose in the swing and in the quiet blocks, by matched reviews."""
        items, before = self.counts
        return risen_words(items[self.matched_items], before, self.matched_before, self.quiet)

    @cached_property
    def elsewhere(self) -> list[list[str]]:
        """Words of other apps' reviews with the same stars in the swing's languages."""
        others = self.window.others
        if others is None or others.empty:
            return []
        return [words(text) for text in in_languages(others, self.languages)]

    @cached_property
    def posts(self) -> Posts:
        """The social posts, each read for what it asks."""
        return read_posts(self.window.posts, self.window.names)

    @cached_property
    def flood(self) -> Flood:
        """The swing's own reviews, as the signs of coordination read them."""
        return read_flood(self.flood_rows)

    @cached_property
    def flood_rows(self) -> DataFrame:
        """All of the swing's own reviews, columns of ScoredItem."""
        return flood_rows(self.window.items, self.window.swing.direction)

    @cached_property
    def said(self) -> list[Said]:
        """What each review of the flood says of how it came about."""
        return said_of_themselves(self.flood.texts)

    @cached_property
    def said_before(self) -> list[Said]:
        """The same of the newest reviews of the past with the swing's stars."""
        return said_of_themselves(
            full_texts(self.before.frame.iloc[self.matched_before[-MOST_SAID:]])
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Languages that at least a tenth of the reviews are in, commonest first."""
        return languages_of(self.items.frame, self.before.frame)

    def untestable(self) -> Reason | None:
        """Why matched words cannot be compared, or nothing."""
        if self.matched_items.size < LEAST_ITEMS:
            return why("few-now", have=self.matched_items.size, need=LEAST_ITEMS)
        if self.matched_before.size < LEAST_REFERENCE:
            return why("few-past", have=self.matched_before.size, need=LEAST_REFERENCE)
        return None


def star_class(stars: NDArray[np.float64], direction: str) -> NDArray[np.bool_]:
    """Which reviews a direction is about: 1-2 stars, 4-5, or the complaints (1-3) if mixed."""
    if direction == "negative":
        return stars <= 2
    if direction == "positive":
        return stars >= 4
    return stars <= 3


def prepare(window: Window) -> Case:
    """The window, matched and cut into words."""
    before = window.before
    recent = before[before["created_at"] >= window.swing.onset_at - timedelta(days=180)]
    if len(recent) >= FULL_REFERENCE:
        before = recent
    return Case(
        window,
        _sample(_reviews(window.items), MOST_ITEMS, newest=False),
        _sample(_reviews(before), MOST_REFERENCE, newest=True),
    )


def _reviews(frame: DataFrame) -> DataFrame:
    return frame[(frame["kind"] == "review") & frame["rating"].notna()]


def _sample(frame: DataFrame, most: int, *, newest: bool) -> Sample:
    frame = frame.sort_values("created_at", kind="stable")
    if newest:
        frame = frame.iloc[-most:]
    frame = frame.iloc[even_sample(len(frame), most)].reset_index(drop=True)
    stars = pd.to_numeric(frame["rating"]).to_numpy(dtype=np.float64)
    return Sample(frame, stars, [words(text) for text in full_texts(frame)])
