"""What people wrote alike is read alike."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentiment.engines import score
from analysis.tokens import words
from collector.store.reading import search
from collector.text.one_spelling import one_spelling

PLAIN = ["This tax app isn't good at all", "I don't like it", "It won't help", "très mauvais"]
WAYS = {
    "phones": lambda text: text.replace("'", "’"),
    "letters as modifiers": lambda text: text.replace("'", "ʼ"),
    "full width": lambda text: text.replace("'", "＇"),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "invisible characters": lambda text: text.replace("i", "i\u200b").replace("a", "a\u00ad"),
    "blanks that do not break": lambda text: text.replace(" ", "\u00a0"),
    "a mark of byte order": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", PLAIN)
def test_every_spelling_of_a_text_is_one(text: str, way: str) -> None:
    other = WAYS[way](text)
    assert one_spelling(other) == text
    assert words(other) == words(text)
    one, same = score([text, other], ["en", "en"])
    assert one == same or (one != one and same != same)


@given(st.text(max_size=80))
def test_one_spelling_stays(text: str) -> None:
    once = one_spelling(text)
    assert one_spelling(once) == once


@pytest.mark.parametrize("text", ["👨‍👩‍👧", "می‌خواهم", "क्‍ष", "I love it ❤️", "a `b`"[:2]])
def test_what_means_something_stays(text: str) -> None:
    assert one_spelling(text) == text


VARIANTS = [
    lambda text: text.replace("'", "’").replace('"', "”"),
    lambda text: text.replace("'", "＇").replace(" ", "\u00a0"),
    lambda text: "\u200b".join(text),
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKD", text).upper(),
]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "text",
    ['don\'t "like" it', "café über señal", "не работает ёлка", "설치가 안 돼요", "アプリがダメ"],
)
def test_search_reads_every_spelling_alike(text: str, variant: Callable[[str], str]) -> None:
    assert search.words(variant(text)) == search.words(text)
