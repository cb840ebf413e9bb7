"""Words in languages with and without spaces."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from uniseg.wordbreak import words as unicode_segments

from analysis import tokens
from analysis.tokens import Vocabulary, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't open IT!", ["don't", "open", "it"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("앱이 안 열려요", ["앱이", "안", "열려요"]),
        ("我喜歡 ok", ["我喜", "喜歡", "ok"]),
        ("😀 ❤️", []),
        (None, []),
    ],
)
def test_words(text: str | None, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=60))
def test_any_text_can_be_cut(text: str) -> None:
    assert all(word and not word.isspace() for word in words(text))


@given(st.text("ab1'_.,:：， \r\n漢字かなカーナ々ไทยก็éأ\u0301\u3099\ufe0f\u200d👍🇺🇸", max_size=30))
@example("漢字\u3099 ab'c漢 5's漢\u200d字 a.b漢_c")
def test_the_short_way_cuts_as_unicode_does(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_unicode_segments", unicode_segments)
        slow = words(text)
    assert words(text) == slow


def test_counts_match_a_plain_count() -> None:
    vocabulary = Vocabulary()
    first = vocabulary.counts([["a", "b", "a"], []])
    vocabulary.counts([["c"]])
    assert vocabulary.widened(first).toarray().tolist() == [[2, 1, 0], [0, 0, 0]]
