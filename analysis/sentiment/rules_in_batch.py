"""`rules.py` over a batch of texts at once, as arrays: the same numbers, bit for bit.

A unit is a word or a phrase. Each array below goes by unit, or by judging unit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.sentiment import rules
from analysis.sentiment.hashed_pieces import sums_of
from analysis.sentiment.lexicon import JUDGING, Kind
from analysis.sentiment.vocabulary import AS_LISTED, Chunked, Senses

STARS = Kind.LOW_STARS | Kind.HIGH_STARS
EITHER = Kind.PRAISE | Kind.BLAME
DEGREE = Kind.INTENSIFIER | Kind.DIMINISHER
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Readings:
    """What the lists say of each text: the numbers of `rules.Reading`, each an array (texts,)."""

    praise: Floats
    blame: Floats
    last: Floats
    units: Ints


@dataclass(frozen=True)
class Units:
    """Words and phrases in order. sense: -1 for none; languages: bits of its
    sense's; every: the bit of what holds in every language."""

    text_of: Ints
    sense: Ints
    phrase: Bools
    breaks: Bools
    exclaims: Bools
    kinds: Ints
    languages: NDArray[np.uint64]
    every: np.uint64

    def near(self, places: Ints, apart: int) -> tuple[Ints, Bools]:
        """(place, whether it is in the same text) of the unit so far from each."""
        at = np.clip(places + apart, 0, len(self.text_of) - 1)
        return at, (at == places + apart) & (self.text_of[at] == self.text_of[places])


def read(found: Chunked, stated: Sequence[str | None], usual: str | None) -> Readings:
    """What `rules.read` says of each text."""
    units = _kinds(_units(found), found, stated, usual)
    texts = found.batch.texts
    places = np.flatnonzero(units.kinds & JUDGING)
    values = _own_values(units, places)
    places, values = places[values != 0], values[values != 0]
    values = np.where(units.kinds[places] & STARS, values, _turned(units, places, values))
    following, inside = units.near(places, 1)
    values = values * np.where(inside & units.exclaims[following], rules.EMPHASIS, 1.0)
    text_of = units.text_of[places]
    values = _around_but(units, places, values)
    last = np.zeros(texts)
    last[text_of] = values  # the last one stays
    return Readings(
        praise=sums_of(text_of, np.maximum(values, 0.0), texts),
        blame=sums_of(text_of, np.maximum(-values, 0.0), texts),
        last=last,
        units=np.bincount(units.text_of, minlength=texts),
    )


def _units(found: Chunked) -> Units:
    """Phrases where they match, else single words."""
    tokens, ids, text_of = found.tokens, found.units, found.unit_of
    sense, breaks, exclaims = tokens.sense[ids], tokens.breaks[ids], tokens.exclaims[ids]
    phrase, kept = np.zeros(len(ids), dtype=bool), np.ones(len(ids), dtype=bool)
    for place, taken, of_phrase in _matches(found):
        sense[place] = of_phrase
        phrase[place], kept[place + 1 : place + taken] = True, False
        breaks[place] = exclaims[place] = False
    empty = np.zeros(0, dtype=np.int64)
    return Units(
        text_of=text_of[kept],
        sense=sense[kept],
        phrase=phrase[kept],
        breaks=breaks[kept],
        exclaims=exclaims[kept],
        kinds=empty,
        languages=empty.astype(np.uint64),
        every=found.vocabulary.every,
    )


def _candidates(found: Chunked) -> Ints:
    """Where a phrase or marks out of a number may begin."""
    tokens, ids, text_of = found.tokens, found.units, found.unit_of
    may = np.zeros(len(ids), dtype=bool)
    same = text_of[:-1] == text_of[1:]
    may[:-1] = same & tokens.starts_phrase[ids[:-1]] & tokens.follows[ids[1:]]
    for apart in (2, 3):
        same = text_of[:-apart] == text_of[apart:]
        may[:-apart] |= same & tokens.decimal[ids[:-apart]] & tokens.best_mark[ids[apart:]]
    return np.flatnonzero(may)


def _matches(found: Chunked) -> Iterator[tuple[int, int, int]]:
    """(place, units taken, sense) of the phrases and marks, from the left, none over another."""
    places = _candidates(found)
    ends = np.searchsorted(found.unit_of, found.unit_of[places], side="right")
    decimal = found.tokens.decimal[found.units[places]]
    ids, free = found.units.tolist(), 0
    for place, end, number in zip(places.tolist(), ends.tolist(), decimal.tolist(), strict=True):
        if place < free:
            continue
        taken, sense = _marks(found, ids[place : min(place + 4, end)]) if number else (0, -1)
        if not taken and place + 1 < end:
            taken, sense = _phrase(found, ids, place, end)
        if taken:
            free = place + taken
            yield place, taken, sense


def _marks(found: Chunked, ids: list[int]) -> tuple[int, int]:
    """(units taken, sense) of marks given in numbers; none taken where there are none."""
    marks = rules.marks_named([found.names[i] for i in ids])
    return (marks[1], found.vocabulary.sense_id(marks[0])) if marks else (0, -1)


def _phrase(found: Chunked, ids: list[int], place: int, end: int) -> tuple[int, int]:
    """(units taken, sense) of the longest phrase that begins here; none taken without one."""
    names = found.names
    for rest, sense in found.vocabulary.phrases(ids[place], ids[place + 1]):
        if not rest:
            return 2, sense
        stop = place + 2 + len(rest)
        if stop > end or names[ids[place + 2]] != rest[0]:
            continue
        if len(rest) == 1 or tuple(names[i] for i in ids[place + 2 : stop]) == rest:
            return 2 + len(rest), sense
    return 0, -1


def _kinds(units: Units, found: Chunked, stated: Sequence[str | None], usual: str | None) -> Units:
    """What each unit does, in the language that its text is most likely in."""
    senses = found.vocabulary.senses()
    listed = np.flatnonzero(units.sense >= 0)
    kinds = np.zeros(len(units.sense), dtype=np.int64)
    languages = np.zeros(len(units.sense), dtype=np.uint64)
    kinds[listed] = senses.kind[units.sense[listed]]
    languages[listed] = senses.languages[units.sense[listed]]
    open_ = np.flatnonzero(kinds == AS_LISTED)
    if len(open_):
        votes = _votes(units, listed, senses, found, stated, usual)
        kinds[open_] = _likeliest(units, open_, senses, votes)
    return replace(units, kinds=kinds, languages=languages)


def _votes(
    units: Units,
    listed: Ints,
    senses: Senses,
    found: Chunked,
    stated: Sequence[str | None],
    usual: str | None,
) -> Floats:
    """float64 (texts, languages): how much speaks for each language."""
    numbers = found.vocabulary.numbers
    of_sense = units.sense[listed]
    counts = senses.meanings.lengths(of_sense)
    weights = np.where(units.phrase[listed], rules.PHRASE_VOTE, 1.0) / np.maximum(counts, 1)
    cells = np.repeat(units.text_of[listed] * len(numbers), counts) + senses.meanings.of(of_sense)
    size = found.batch.texts * len(numbers)
    votes = sums_of(cells, np.repeat(weights, counts), size).reshape(-1, len(numbers))
    for text, said in enumerate(stated):
        if said in numbers:
            votes[text, numbers[said]] += rules.STATED
    if usual in numbers:
        votes[:, numbers[usual]] += rules.USUAL
    return votes


def _likeliest(units: Units, places: Ints, senses: Senses, votes: Floats) -> Ints:
    """The kinds by the likeliest language; where several are as likely, by most of them."""
    of_sense = units.sense[places]
    counts = senses.meanings.lengths(of_sense)
    owner = np.repeat(np.arange(len(places)), counts)
    for_each = votes[units.text_of[places][owner], senses.meanings.of(of_sense)]
    starts = np.cumsum(counts) - counts
    likely = for_each >= np.maximum.reduceat(for_each, starts)[owner]
    kinds = senses.kinds.of(of_sense)[likely]
    pairs, times = np.unique(owner[likely] * 1024 + kinds, return_counts=True)
    rank = times * 1024 - pairs % 1024
    first = np.searchsorted(pairs // 1024, np.arange(len(places)))
    return np.asarray(-np.maximum.reduceat(rank, first) % 1024, dtype=np.int64)


def _own_values(units: Units, places: Ints) -> Floats:
    kinds = units.kinds[places]
    following, inside = units.near(places, 1)
    degrees = (kinds & (DEGREE | Kind.NEGATION)) != 0
    joined = degrees & inside & ((units.kinds[following] & EITHER) != 0)  # "super slow": not praise
    unclear = joined | ((kinds & EITHER) == EITHER)
    plain = np.where(unclear, 0.0, np.where(kinds & Kind.PRAISE, 1.0, -1.0))
    stars = np.where(kinds & Kind.LOW_STARS, -rules.STARS_NAMED, rules.STARS_NAMED)
    return np.where(kinds & STARS, stars, plain)


def _near_kinds(units: Units, places: Ints, apart: int) -> tuple[Ints, Bools, Bools]:
    """(kinds, whether there is such a unit, whether it breaks) so far from each judging unit; words
    of no language of its own do nothing."""
    at, inside = units.near(places, apart)
    own, other = units.languages[places], units.languages[at]
    foreign = (own & (other | units.every)) == 0
    foreign &= (other & units.every) == 0
    return np.where(inside & ~foreign, units.kinds[at], 0), inside, inside & units.breaks[at]


def _turned(units: Units, places: Ints, values: Floats) -> Floats:
    """The values after the negations and the words of degree near them."""
    turns, going = np.zeros(len(places), dtype=bool), np.ones(len(places), dtype=bool)
    for apart in range(1, rules.LOOK_BACK + 1):
        kinds, inside, breaks = _near_kinds(units, places, -apart)
        going &= inside & ~breaks & ((kinds & Kind.CONTRAST) == 0)
        negates = going & ((kinds & Kind.NEGATION) != 0)
        turns |= negates
        going &= negates | ((kinds & EITHER) == 0) | ((kinds & DEGREE) != 0)
        grades = going & ~negates
        stronger = grades & ((kinds & Kind.INTENSIFIER) != 0)
        weaker = grades & ~stronger & ((kinds & Kind.DIMINISHER) != 0)
        values = values * np.where(stronger, rules.STRONGER, np.where(weaker, rules.WEAKER, 1.0))
    turns |= ~units.phrase[places] & _negated_after(units, places)
    turned = np.where(values > 0, rules.PRAISE_TURNED, -rules.BLAME_TURNED)
    return values * np.where(turns, turned, 1.0)


def _negated_after(units: Units, places: Ints) -> Bools:
    going, found = np.ones(len(places), dtype=bool), np.zeros(len(places), dtype=bool)
    for apart in range(1, rules.LOOK_AHEAD + 1):
        kinds, inside, breaks = _near_kinds(units, places, apart)
        going &= inside & ~breaks & ((kinds & JUDGING) == 0)
        negates = going & ((kinds & Kind.NEGATION_AFTER) != 0)
        following, _, _ = _near_kinds(units, places, apart + 1)
        found |= negates & ((following & JUDGING) == 0)
        going &= ~negates
    return found


def _around_but(units: Units, places: Ints, values: Floats) -> Floats:
    """Less weight before the last "but" of a text, more after it, where both sides judge."""
    turns = np.flatnonzero(units.kinds & Kind.CONTRAST)
    if not len(turns) or not len(places):
        return values
    text_of = units.text_of[places]
    ends = np.searchsorted(text_of, text_of, side="right") - 1
    at = np.searchsorted(turns, places[ends]) - 1
    last = turns[np.maximum(at, 0)]
    holds = (at >= 0) & (units.text_of[last] == text_of)
    weights = np.where(places < last, rules.BEFORE_BUT, rules.AFTER_BUT)
    return values * np.where(holds, weights, 1.0)
