"""Did several accounts post nearly the same words about the app within minutes?"""

from collections import defaultdict
from datetime import datetime, timedelta

import numpy as np

from analysis.evidence._case import Case, authors, full_texts
from analysis.evidence._names import names_app
from analysis.evidence._reasons import why
from analysis.evidence._signal import Signal, untested
from analysis.records import Evidence
from analysis.tokens import words

NAME = "co_action"
WITHIN = timedelta(minutes=10)
AROUND = timedelta(hours=72)
LEAST_WORDS = 5
LEAST_AUTHORS = 5
SHUFFLES = 199


def measure(case: Case) -> Evidence:
    """Largest number of authors that posted the same words within ten minutes of each other.

    Null: the times of the swing's posts are dealt out anew among them (199 times), so that a busy
    hour alone does not make a co-action. Links are left out: many people share one news item.
    """
    posts = case.window.posts
    posts = posts[posts["created_at"] >= case.window.swing.onset_at - AROUND]
    if posts.empty:
        return untested(NAME, why("no-posts"))
    texts = full_texts(posts)
    rows = [
        (" ".join(_spoken(text)), who, at.to_pydatetime())
        for text, who, at in zip(texts, authors(posts), posts["created_at"], strict=True)
        if names_app(text, case.window.names) and len(_spoken(text)) >= LEAST_WORDS
    ]
    observed = _largest(rows)
    rng = np.random.default_rng(1)
    times = [row[2] for row in rows]
    null = []
    for _ in range(SHUFFLES if observed >= LEAST_AUTHORS else 0):
        order = rng.permutation(len(rows))
        null.append(_largest([(rows[n][0], rows[n][1], times[order[n]]) for n in range(len(rows))]))
    p_value = (1 + sum(v >= observed for v in null)) / (1 + len(null)) if null else 1.0
    clear = observed >= LEAST_AUTHORS and p_value <= 0.01
    return Evidence(
        signal=NAME,
        value=float(observed),
        baseline=float(np.mean(null)) if null else 1.0,
        p_value=p_value,
        speaks_for="coordination" if clear else None,
        statement=(
            f"At most {observed} accounts posted the same words about the app within ten minutes."
        ),
        details={"people": observed},
    )


def _largest(rows: list[tuple[str, str, datetime]]) -> int:
    groups: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for text, who, at in rows:
        groups[text].append((at, who))
    largest = min(1, len(rows))
    for group in groups.values():
        group.sort()
        for n, (at, _) in enumerate(group):
            near = {who for other, who in group[n:] if other - at <= WITHIN}
            largest = max(largest, len(near))
    return largest


def _spoken(text: str) -> list[str]:
    return words(" ".join(word for word in text.split() if "://" not in word))


SIGNAL = Signal(NAME, "Did several accounts post the same words within minutes?", measure)
