"""One text in many hands: wording that many accounts share and that nobody finds by chance.

Candidates are texts whose MinHash signatures (rensa) agree in one place, which is a run of two
words that they share: one place is enough, so that five changed words in twenty hide nothing. The
runs that most candidates hold are the wording. A text holds it where what it holds is improbable in
the app's language and is most of the text: an error message that everybody quotes stands among
one's own words. Runs that the past or other apps know at a tenth of today's rate, and whatever
anybody could copy, are no wording.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.coordination.rarity import General, Nats, Rarity
from analysis.evidence.coordination.shingles import (
    Mask,
    Shingles,
    counted,
    holders,
    shingles,
)
from analysis.hashed_words import Numbers, Places, signatures

LEAST_WORDS = 8  # of a text
LEAST_HANDS = 5  # that share one wording
LEAST_NATS = 50.0  # of the wording in a text
WHOLE = 0.6  # of the nats of a text
COMMON = 0.4  # of the candidates hold a run that is part of the wording
HOLDS = 0.4  # of the wording's runs that a text must hold
PART = 0.8  # of a wording's runs that another one has, of which it is a part
USUAL = 0.1  # of today's rate makes a run a usual one
KIN = 0.2  # of the fullest text's part of a wording that a text must hold to be the same text
LEAST_PART = 0.005  # of the texts
LEAST_RUNS = 5  # that candidates have in common
MOST_TRIED = 2_000
SAMPLE = 60


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """One wording. texts: positions of those that hold it, the fullest first; of each hand: its
    account, nats: how much of the wording it holds, share: of the text's own nats; runs: it;
    before: share of the past that holds it."""

    texts: Places
    hand: Places
    nats: Nats
    share: Nats
    runs: Numbers
    before: float

    @property
    def hands(self) -> int:
        """Accounts whose text holds it."""
        return self.many()

    def many(self, nats: float = 0.0, share: float = 0.0) -> int:
        """Accounts whose text holds so much of it, and is so much of it."""
        enough = (self.nats >= nats) & (self.share >= share)
        return int(np.unique(self.hand[enough]).size)

    def shortens(self, other: "Wording") -> bool:
        """Whether it is hardly more than a part of the other one."""
        return float(np.isin(self.runs, other.runs).mean()) >= PART


@dataclass(frozen=True, slots=True)
class Beside:
    """What a flood is held against: the app's past, other apps, what anybody could copy, and the
    general word list."""

    past: Shingles
    others: Shingles
    copied: Shingles
    general: General


def beside(
    past: Sequence[Sequence[str]],
    others: Sequence[Sequence[str]] = (),
    copied: Sequence[Sequence[str]] = (),
    *,
    general: General,
) -> Beside:
    """The first three as texts, given as words."""
    return Beside(shingles(past), shingles(others), shingles(copied), general)


def wordings(texts: Sequence[Sequence[str]], hand: Places, against: Beside) -> list[Wording]:
    """Every wording that at least `LEAST_HANDS` accounts share, the most shared first.

    texts: as words; hand: a number an account.
    """
    search = _Search(texts, hand, against)
    found: list[Wording] = []
    for candidates in search.candidates():
        wording = search.wording(candidates)
        if wording is not None:
            found.append(wording)
    return sorted(found, key=lambda one: -one.hands)


class _Search:
    def __init__(self, texts: Sequence[Sequence[str]], hand: Places, against: Beside) -> None:
        self.read = shingles([t if len(t) >= LEAST_WORDS else () for t in texts])
        self.hand, self.against = hand, against
        own = _own(self.read, hand, against)
        self.runs, self.text, self.at = self.read.runs[own], self.read.text[own], self.read.at[own]
        self.starts = np.searchsorted(self.text, np.arange(self.read.texts + 1))
        self.rarity = Rarity(self.read, (against.past, against.others), against.general)
        self.free = np.ones(self.read.texts, dtype=np.bool_)  # that hold no wording found so far

    def candidates(self) -> Iterator[Places]:
        """Texts that agree in a place of their signatures, the largest groups first."""
        held = np.unique(self.text)
        if held.size < LEAST_HANDS:
            return
        signature = signatures(self.runs, np.append(self.starts[held], self.text.size))
        least = max(LEAST_HANDS, int(LEAST_PART * held.size))
        groups: dict[bytes, Places] = {}
        for slot in signature.T:
            order = np.argsort(slot, kind="stable")
            for group in np.split(order, np.flatnonzero(np.diff(slot[order])) + 1):
                if group.size >= least:
                    members = np.sort(held[group])
                    groups.setdefault(members.tobytes(), members)
        yield from sorted(groups.values(), key=lambda g: (-g.size, int(g[0])))[:MOST_TRIED]

    def wording(self, members: Places) -> Wording | None:
        """The wording that these texts hold, with all texts that do; nothing if it is none."""
        members = members[self.free[members]]
        runs: Numbers = np.zeros(0, dtype=np.uint64)
        for _ in range(2):
            if self._hands(members) < LEAST_HANDS:
                return None
            runs = self._common(members)
            if runs.size < LEAST_RUNS:
                return None
            members, runs = self._of_one(members, runs)
            if runs.size < LEAST_RUNS:
                return None
            share = _share_held(self.text, self.runs, runs, self.read.texts)
            members = np.flatnonzero(self.free & (share >= HOLDS))
        nats, share = self.rarity.of(members, self.at[np.isin(self.runs, runs)])
        kept = (nats >= LEAST_NATS) & (share >= WHOLE)
        members, nats, share = members[kept], nats[kept], share[kept]
        if self._hands(members) < LEAST_HANDS:
            return None
        self.free[members] = False
        order = np.lexsort((members, -nats))
        members, nats, share = members[order], nats[order], share[order]
        return Wording(members, self.hand[members], nats, share, runs, self._before(runs))

    def _of_one(self, members: Places, runs: Numbers) -> tuple[Places, Numbers]:
        """The runs of one text alone: two texts that both have many hands and a few words in common
        ("locked out") are two. Those stay that most of the fullest text's kin hold."""
        share = _share_held(self.text, self.runs, runs, self.read.texts)
        fullest = members[int(np.argmax(share[members]))]
        its = np.intersect1d(self.runs[self.starts[fullest] : self.starts[fullest + 1]], runs)
        alike = _share_held(self.text, self.runs, its, self.read.texts)
        kin = members[alike[members] >= KIN]
        return (kin, self._common(kin)) if kin.size < members.size else (members, runs)

    def _before(self, runs: Numbers) -> float:
        past = self.against.past
        share = _share_held(past.text, past.runs, runs, past.texts)
        return float(np.count_nonzero(share >= HOLDS) / max(past.texts, 1))

    def _hands(self, members: Places) -> int:
        return int(np.unique(self.hand[members]).size)

    def _common(self, members: Places) -> Numbers:
        """Runs that enough of these texts hold."""
        if members.size > SAMPLE:
            members = members[np.linspace(0, members.size - 1, SAMPLE).astype(np.int64)]
        held = [np.unique(self.runs[self.starts[m] : self.starts[m + 1]]) for m in members]
        runs, texts = np.unique(np.concatenate(held), return_counts=True)
        return runs[texts >= COMMON * members.size]


def _own(read: Shingles, hand: Places, against: Beside) -> Mask:
    """Which runs count: several accounts', neither copied from what is public nor usual before."""
    runs, hands = holders(read.runs, hand[read.text])
    accounts = max(np.unique(hand).size, 1)
    keep = (hands >= 2) & ~np.isin(runs, against.copied.runs)
    for side in (against.past, against.others):
        usual = counted(runs, *holders(side.runs, side.text)) / max(side.texts, 1)
        keep &= usual < USUAL * hands / accounts
    return keep[np.searchsorted(runs, read.runs)] if runs.size else np.zeros(0, dtype=np.bool_)


def _share_held(text: Places, held: Numbers, runs: Numbers, texts: int) -> NDArray[np.float64]:
    """Of each text the share of the runs that it holds. text, held: every run with its text."""
    inside = np.isin(held, runs)
    found, owner = held[inside], text[inside]
    order = np.lexsort((found, owner))
    found, owner = found[order], owner[order]
    new = np.ones(found.size, dtype=np.bool_)
    new[1:] = (found[1:] != found[:-1]) | (owner[1:] != owner[:-1])
    share: NDArray[np.float64] = np.bincount(owner[new], minlength=texts) / max(runs.size, 1)
    return share
