"""Do accounts act together: the same words within minutes, or the same things again and again?"""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from analysis.evidence.case import Case
from analysis.evidence.coordination import co_sharing
from analysis.evidence.coordination.app_names import fold, foreign_links
from analysis.evidence.coordination.coordination_rule import TOGETHER_ACCOUNTS, acted_together
from analysis.evidence.not_testable import why
from analysis.evidence.signal import Signal, untested
from analysis.network.near import near_groups
from analysis.records import Evidence
from analysis.tokens import spoken
from collector.text.post_marks import hashtags_in
from collector.text.post_parts import own_words

NAME = "co_action"
WITHIN_S = 600
AROUND = timedelta(hours=72)
LEAST_POSTS = 20  # on the app, around the swing
LEAST_WORDS = 5
AGAIN = 3  # different things that a pair must share within ten minutes of each other
SHUFFLES = 199


@dataclass(frozen=True, slots=True)
class Together:
    """people: most accounts with the same words within ten minutes; again: accounts in pairs that
    shared at least three different things within ten minutes of each other; p of each."""

    people: int
    people_p: float
    again: int
    again_p: float


def measure(case: Case) -> Evidence:
    """Accounts that act together on the app around the swing.

    Two questions, each with its null (see co_sharing), the smaller p doubled. Words: near-equal
    texts; headlines that come with one and the same link are left out, because readers of one
    article share them. Things: links, sets of hashtags, texts.
    """
    if case.window.posts.empty:
        return untested(NAME, why("no-posts"))
    start = int((case.window.swing.onset_at - AROUND).timestamp())
    chosen = np.flatnonzero(case.posts.named & (case.posts.at >= start))
    if chosen.size < LEAST_POSTS:
        return untested(NAME, why("few-posts", have=int(chosen.size), need=LEAST_POSTS))
    found = find(case, chosen)
    p_value = min(1.0, 2 * min(found.people_p, found.again_p))
    accounts = found.people if found.people_p <= found.again_p else found.again
    return Evidence(
        signal=NAME,
        value=float(found.people),
        baseline=None,
        p_value=p_value,
        speaks_for="coordination" if acted_together(accounts, p_value) else None,
        details={"people": found.people, "people_again": found.again, "posts": int(chosen.size)},
    )


def find(case: Case, chosen: NDArray[np.int64]) -> Together:
    """What the accounts of these posts did together."""
    at, who = case.posts.at[chosen], case.posts.who[chosen]
    texts = [fold(own_words(case.posts.texts[n])) for n in chosen]
    links = [foreign_links(text, case.window.names) for text in texts]
    words = [spoken(text) for text in texts]
    group = near_groups(words)
    said = np.array([len(one) >= LEAST_WORDS for one in words], dtype=np.bool_)
    said &= ~_of_one_link(group, links)
    shares = co_sharing.first_shares(who[said], group[said], at[said])
    people, people_p = co_sharing.together(shares, np.sort(at), WITHIN_S, TOGETHER_ACCOUNTS)
    things = _things(texts, links, group, said)
    rows = [(who[n], thing, at[n]) for n, held in enumerate(things) for thing in held]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    again, again_p = co_sharing.repeated(
        co_sharing.first_shares(columns[:, 0], columns[:, 1], columns[:, 2]),
        WITHIN_S,
        AGAIN,
        TOGETHER_ACCOUNTS,
        np.random.default_rng(1),
        SHUFFLES,
    )
    return Together(people, people_p, again, again_p)


def _of_one_link(group: NDArray[np.int64], links: list[list[str]]) -> NDArray[np.bool_]:
    """Texts that mostly come with one and the same link: an article's headline."""
    linked: dict[tuple[int, str], int] = {}
    for number, held in zip(group.tolist(), links, strict=True):
        for link in held:
            linked[number, link] = linked.get((number, link), 0) + 1
    sizes = np.bincount(group, minlength=1)
    headline = {number for (number, _), n in linked.items() if n >= 2 and n > sizes[number] / 2}
    return np.array([number in headline for number in group.tolist()], dtype=np.bool_)


def _things(
    texts: list[str], links: list[list[str]], group: NDArray[np.int64], said: NDArray[np.bool_]
) -> list[list[int]]:
    """Numbers of what each post shares: its links, its set of two hashtags or more, its words.

    Of a headline with its link only the link counts: they are one thing.
    """
    numbers: dict[str | int, int] = {}
    found = []
    for n, text in enumerate(texts):
        tags = sorted(hashtags_in(text))
        held: list[str | int] = [*links[n]]
        held += [" ".join(tags)] if len(tags) >= 2 else []
        held += [int(group[n])] if said[n] else []
        found.append([numbers.setdefault(thing, len(numbers)) for thing in held])
    return found


SIGNAL = Signal(
    NAME, "Did several accounts post the same words within minutes?", measure, shows="people"
)
