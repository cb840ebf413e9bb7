"""Reading whole batches gives what reading text by text gives: `rules.py` and `vader.py` are the
plain reference."""

import random
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.sentiment import cues, lexicon, reader, rules, spelling
from tests.analysis.sentiment.short_texts import short_texts

BETWEEN = [" ", " ", " ", "", "\n", "!", "! ", "?? ", ", ", ". ", "\u200c", "\u00a0", "’", " `"]
ODD = [
    *("so", "this", "never", "without doubt", "least", "no", "kind of", "BUT", "GREAT", "goooood"),
    *(
        "9/10",
        "2 out of 5",
        "5 of 5",
        "not",
        "very",
        "isn't",
        "👍",
        "👍🏽",
        "ｇｏｏｄ",
        "but",
        "the",
    ),
    *("bad ass", "to die for", "yeah right", "nicht", "kurang", "ไม่ดี", "不好用", "سيئ", "ΣΑΣ"),
    *("x" * 90, "ée", "xd", ":)", "<3", "app", "update", "super slow", "не", "हिंदी", "نمی‌شود"),
]


@cache
def words() -> list[str]:
    """Words and phrases that mean something, of every list."""
    known = lexicon.shipped()
    phrases = [
        " ".join((first, second, *rest))
        for first, following in known.phrases.items()
        for second, endings in following.items()
        for rest, _ in endings
    ]
    return [*known.words, *phrases, *ODD * 100]


def made_up(seed: int) -> str:
    pick = random.Random(seed)
    count = pick.choice([0, 1, 2, 3, 5, 8, 13, 60])
    some = pick.sample(words(), min(count, 40)) + pick.choices(ODD, k=count)
    pick.shuffle(some)
    return "".join(word + pick.choice(BETWEEN) for word in some)


def tokens(text: str) -> list[str]:
    known = lexicon.shipped()
    normal = spelling.normalise(text)
    return [known.standard(token) for token in spelling.tokens(normal)]


def expected(texts: list[str], stated: list[str | None], usual: str | None) -> list[list[float]]:
    read = [
        rules.read(tokens(text), lexicon.shipped(), said, usual)
        for text, said in zip(texts, stated, strict=True)
    ]
    return [[r.praise for r in read], [r.blame for r in read], [r.last for r in read]]


@pytest.mark.parametrize("usual", [None, "id"])
def test_the_lists_say_of_many_texts_what_they_say_of_each(usual: str | None) -> None:
    texts = [made_up(seed) for seed in range(600)] + [text.text for text in short_texts()]
    stated = [("en", None, "de", "th", "xx")[i % 5] for i in range(len(texts))]
    found = cues.cues(texts, stated, usual).readings
    assert sum(found.praise != 0) > 400 < sum(found.blame != 0)
    assert [found.praise.tolist(), found.blame.tolist(), found.last.tolist()] == expected(
        texts, stated, usual
    )


@given(st.lists(st.text() | st.integers(0, 10**6).map(made_up), max_size=4))
@settings(max_examples=30, deadline=None)
def test_any_texts_together_score_as_each_alone(texts: list[str]) -> None:
    together = reader.score(texts, [None] * len(texts))
    alone = [reader.score([text], [None])[0] for text in texts]
    np.testing.assert_allclose(together, np.array(alone, dtype=np.float64), rtol=1e-12)
    found = cues.cues(texts, [None] * len(texts)).readings
    assert [found.praise.tolist(), found.blame.tolist(), found.last.tolist()] == expected(
        texts, [None] * len(texts), None
    )


def test_plain_letters_have_vaders_published_score() -> None:
    analyzer = SentimentIntensityAnalyzer()
    english = [word for word in analyzer.lexicon if word.isalpha()][::40]
    pick = random.Random(7)
    plain = [word for word in ODD if word.isascii()] + ["nor", "cut", "of", "the", "App", "so"]
    texts = [
        " ".join(pick.choices(english, k=pick.randint(0, 4)) + pick.choices(plain, k=5))
        + pick.choice(["", "!", "??", "!!!!!", " ????"])
        for _ in range(800)
    ]
    texts += [" ".join(pick.sample(text.split(), len(text.split()))) for text in texts]
    found = cues.cues(texts, [None] * len(texts)).ruled[:, cues.LISTED].tolist()
    assert found == [analyzer.polarity_scores(text)["compound"] for text in texts]


def test_what_is_forgotten_is_read_again_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [made_up(seed) for seed in range(200)]
    before = reader.score(texts, [None] * len(texts))
    monkeypatch.setattr("analysis.sentiment.vocabulary.MOST_KEPT", 3)
    again = [reader.score([text], [None])[0] for text in texts]
    np.testing.assert_allclose(before, np.array(again), rtol=1e-12)


def test_words_come_in_the_order_of_the_texts_whatever_was_read_before() -> None:
    reader.score(["later before 不好用 first"], [None])
    batch = cues.cues(["first later 不好用", "later not 好 before"], [None, None]).batch
    assert batch.words == ["first", "later", "不好用", "not", "好", "before"]
    assert batch.ids.tolist() == [0, 1, 2, 1, 3, 4, 5]
