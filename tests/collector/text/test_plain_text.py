"""Texts of strangers: readable, not reordered, nothing hidden; escaped by the templates."""

import unicodedata
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.text.plain_text import MOST_MARKS, plain
from dashboard.words.markup import render

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
def test_nothing_hidden_stays(text: str) -> None:
    made = plain(text)
    for character in made:
        category = unicodedata.category(character)
        assert category not in ("Cc", "Cs") or character in "\n\t"
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"
    made.encode("utf-8")
    assert plain(made) == made


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["नमस्ते दुनिया", "สวัสดีครับ", "می‌خواهم", "👩‍👩‍👧‍👦 👍🏽", "Việt Nam", "한국어 리뷰", "한국어"],
)
def test_scripts_and_emoji_survive(text: str) -> None:
    assert plain(text) == text


def test_towers_of_marks_are_cut() -> None:
    made = plain("a" + "\u0301" * 500 + "b")
    assert made == "a" + "\u0301" * MOST_MARKS + "b"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("\u202egnp.exe", "gnp.exe"),
        ("pay\u200bpal", "paypal"),
        ("a\x00b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("a\r\n\r\n\r\n\r\nb", "a\n\nb"),
        (None, ""),
    ],
)
def test_known_tricks(text: str | None, made: str) -> None:
    assert plain(text) == made


def test_long_texts_are_cut_with_a_mark() -> None:
    assert plain("😀" * 10_000, 100) == "😀" * 100 + "…"


@given(ANY_TEXT)
def test_templates_show_text_as_its_characters(text: str) -> None:
    made = render("lead.html", text=plain(text))
    inner = made[made.index(">") + 1 : made.rindex("</p>")]
    assert "<" not in inner
    assert unescape(inner) == unescape(unescape(inner)) or "&" in plain(text)
    assert plain(text) == unescape(inner) or "&" in plain(text)
