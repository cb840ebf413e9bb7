"""Floods made of real reviews: with a text handed out, a call named, a clock; and without any."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
from pandas import DataFrame

from analysis.evidence import Window
from analysis.evidence.texts import full_texts
from analysis.records import Direction
from analysis.tokens import spoken

LENGTHS = (20, 45)  # words of a text that is handed out
Rng = np.random.Generator


def template(past: list[list[str]], rng: Rng) -> list[str] | None:
    """A text to hand out: a real review of the app, which the past is then without."""
    fitting = [text for text in past if LENGTHS[0] <= len(text) <= LENGTHS[1]]
    return list(fitting[rng.integers(len(fitting))]) if len(fitting) >= 20 else None


def changed(text: list[str], words: int, vocabulary: list[str], rng: Rng) -> list[str]:
    """The text with so many of its words put for others of the app's."""
    told = list(text)
    for place in rng.choice(len(told), min(words, len(told)), replace=False):
        told[place] = vocabulary[rng.integers(len(vocabulary))]
    return told


def flood(window: Window, texts: list[str], at: np.ndarray | None, rng: Rng) -> Window:
    """A swing of these texts, one an account, at these seconds after onset or as people come."""
    onset = window.swing.onset_at
    seconds = np.sort(rng.beta(1, 3, len(texts)) * 172_800) if at is None else at
    times = pd.to_datetime(
        [onset + timedelta(seconds=float(s)) for s in np.floor(seconds)], utc=True
    )
    stars = 1.0 if window.swing.direction == "negative" else 5.0
    base = window.before.iloc[-1:]
    items: DataFrame = pd.concat([base] * len(texts), ignore_index=True).assign(
        text=texts,
        title=None,
        rating=stars,
        created_at=times.astype(window.before["created_at"].dtype),
        author_key=[f"account {n}" for n in range(len(texts))],
        item_id=[f"made {n}" for n in range(len(texts))],
        reply_text=None,
        kind="review",
    )
    direction: Direction = "negative" if stars == 1.0 else "positive"
    return replace(window, items=items, swing=replace(window.swing, direction=direction))


def handed_out(
    window: Window, size: int, share: float, words: int, rng: Rng
) -> tuple[Window, int] | None:
    """(a flood of this size of which a share are copies of one text with so many words changed,
    how many they are); nothing where the app has too few reviews."""
    written = [text for text in full_texts(window.before) if text]
    past = [spoken(text) for text in written]
    text = template(past, rng)
    if text is None:
        return None
    copies = max(1, round(size * share))
    own = [written[n] for n in rng.choice(len(past), size - copies) if past[n] != text]
    vocabulary = [word for one in past[:2_000] for word in one]
    blank = "" if max(map(len, text)) == 2 and not text[0].isascii() else " "
    made = [blank.join(changed(text, words, vocabulary, rng)) for _ in range(copies)]
    texts = [*own, *made]
    before = window.before[[one != text for one in map(spoken, full_texts(window.before))]]
    order = rng.permutation(len(texts)).tolist()
    return flood(replace(window, before=before), [texts[n] for n in order], None, rng), copies


def own_words(window: Window, size: int, rng: Rng) -> list[str] | None:
    """Texts of the app's own quiet past, in any order."""
    written = [text for text in full_texts(window.before) if text]
    if len(written) < 2 * size:
        return None
    return [written[n] for n in rng.choice(len(written), size, replace=False)]
