"""One address has one spelling, whoever passed it on and by whatever app."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.text.addresses import FOLLOWING, canonical, is_shortened

STORY = "example.org/news/a-story?id=7"
SPELLINGS = [
    "https://example.org/news/a-story?id=7",
    "http://www.example.org/news/a-story/?id=7",
    "HTTPS://Example.ORG:443/news/a-story?id=7#comments",
    "example.org/news/a-story?id=7",
    "https://m.example.org/news/a-story?id=7",
    "https://amp.example.org/news/a-story?id=7",
    "https://example.org/amp/news/a-story?id=7",
    "https://example.org/news/a-story/amp?id=7",
    "https://example.org/news/a-story/amp/?id=7&outputType=amp",
    "https://www.google.com/amp/s/www.example.org/news/a-story%3Fid=7",
    "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/news/a-story?id=7",
    "https://example.org/news/a-story?id=7&utm_source=x&utm_medium=social",
    "https://example.org/news/a-story?fbclid=IwAR0abc&id=7",
    "https://example.org/news/a-story?id=7&gclid=1&mc_cid=2&igshid=3&ref_src=twsrc%5Etfw",
    "https://example.org/news/a-story?id=7&mibextid=Zxz2cZ&rdid=abc",
    "https://example.org/news/a-story?id=7&ttclid=9&msclkid=8&twclid=7&li_fat_id=6",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fnews%2Fa-story%3Fid%3D7&h=AT0",
    "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fnews%2Fa-story%3Fid%3D7&sa=D",
]


@pytest.mark.parametrize("link", SPELLINGS)
def test_one_story(link: str) -> None:
    assert canonical(link) == STORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://twitter.com/a/status/1?s=20&t=x", "https://x.com/a/status/1"),
        ("https://mobile.twitter.com/a/status/1", "https://x.com/a/status/1"),
        ("https://youtu.be/abc?si=xyz", "https://www.youtube.com/watch?v=abc&feature=share"),
        ("https://old.reddit.com/r/city/1/", "https://www.reddit.com/r/city/1"),
        ("https://example.org/?b=2&a=1", "https://example.org?a=1&b=2"),
    ],
)
def test_one_page(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/news?id=7", "https://example.org/news?id=8"),
        ("https://example.org/a", "https://example.org/b"),
        ("https://one.example.org/a", "https://two.example.org/a"),
        ("https://youtu.be/abc", "https://youtu.be/abd"),
        ("https://play.google.com/store/apps/details?id=a.b", "https://play.google.com/store/apps"),
    ],
)
def test_two_pages(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_shortened_links_stand_for_nobody_knows_what() -> None:
    assert is_shortened("https://t.co/abc")
    assert is_shortened("http://www.bit.ly/x?s=1")
    assert not is_shortened("https://example.org/t.co")


@given(st.text(max_size=200))
def test_whatever_is_written_has_a_spelling_of_its_own(text: str) -> None:
    once = canonical(text)
    assert isinstance(once, str)


@given(
    st.lists(st.sampled_from(sorted(FOLLOWING)), max_size=6, unique=True),
    st.text(st.characters(categories=["L", "N"], max_codepoint=0x7F), max_size=12),
)
def test_no_mark_of_who_passed_it_on_makes_another_page(names: list[str], value: str) -> None:
    marks = "".join(f"&{name}={value}" for name in names)
    assert canonical(f"https://example.org/news/a-story?id=7{marks}") == STORY
