"""The list of short texts is what a test of signs may rest on.

They were written from knowledge of the languages, without a look at any lexicon or model of this
project: whoever mends a reading that they show to be wrong leaves the list as it is.
"""

from collections import Counter

import pytest

from tests.analysis.sentiment.short_texts import ShortText, short_texts

LANGUAGES = (
    *("en", "es", "pt", "fr", "de", "it", "nl", "pl", "cs", "hu", "ro", "ru", "uk", "el"),
    *("tr", "ar", "fa", "he", "hi", "bn", "th", "vi", "id", "zh", "ja", "ko"),
    *("hi-Latn", "emoji"),
)
WITHOUT_SPACES = {"th", "zh", "ja"}
LONGEST_WITHOUT_SPACES = 20


def is_short(text: ShortText) -> bool:
    if text.language in WITHOUT_SPACES:
        return 1 <= len(text.text) <= LONGEST_WITHOUT_SPACES
    return 1 <= len(text.text.split()) <= 6


def test_the_languages_are_the_named_ones() -> None:
    assert {text.language for text in short_texts()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_thirty_texts_half_of_them_complaints(language: str) -> None:
    signs = Counter(text.sign for text in short_texts() if text.language == language)
    assert signs.total() >= 30
    assert signs[1] == signs[-1]


def test_every_text_is_short() -> None:
    assert [text for text in short_texts() if not is_short(text)] == []


def test_an_emoji_stands_alone_or_with_one_word() -> None:
    marked = [text.text for text in short_texts() if text.language == "emoji"]
    assert [text for text in marked if len(text.split()) > 2 or text.isalpha()] == []


def test_no_text_has_space_around_it_or_twice_within() -> None:
    texts = [text.text for text in short_texts()]
    assert [text for text in texts if text != " ".join(text.split())] == []


def test_no_text_stands_twice_in_any_language() -> None:
    times = Counter(text.text.lower() for text in short_texts())
    assert [text for text, count in times.items() if count > 1] == []
