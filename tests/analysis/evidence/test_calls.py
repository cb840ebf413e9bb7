"""Posts that ask people to act on the app, and posts that only sound so."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.coordination.app_names import fold, hide, names_of
from analysis.evidence.coordination.calls import KINDS, call_in
from benchmarks.evidence.posts import CALLS, boycott_posts, filled, invented

NAMES = ("city-app", "City App", "org.example.cityapp")
LINK = "https://play.google.com/store/apps/details?id=org.example.cityapp"


def names_app(text: str, given: tuple[str, ...]) -> bool:
    """Whether a name or a link of the app was found in the text, and hidden."""
    return hide(fold(text), names_of(given))[1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"download the app and FLOOD that {LINK}", "down"),
        ("Everyone go rate City App one star", "down"),
        ("City App wants videos? Fill City App with cat clips.", "down"),
        ("let's give City App a 1-star rating, it's easy", "down"),
        ("Please leave City App a review", "act"),
        ("Help us: give City App five stars", "up"),
        ("Download City App and send nothing but songs", "get"),
        ("Dale una estrella a City App", "down"),
        ("Gebt City App nur einen Stern", "down"),
        ("Mettez une étoile à City App", "down"),
        ("yuk kasih bintang 1 buat City App", "down"),
        ("Ставьте City App одну звезду", "down"),
        ("City App 별 하나 주고 자러 갑시다", "down"),
        ("City App に星1つけよう", "down"),
        ("City App'e hadi 1 yıldız verin", "down"),
        ("Boycott City App, uninstall it today", "leave"),
        ("Let's flood the City App with one star reviews", "down"),
        ("Rate this City App, all of you!", "act"),
    ],
)
def test_requests_are_found(text: str, kind: str) -> None:
    call = call_in(text, NAMES)
    assert call is not None
    assert call.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Everyone go rate that thing one star",
        "I gave City App one star",
        "People flood City App with clips",
        "Students download City App and flood it, police say",
        "Please do not leave City App one star, the reports are real",
        "I disagree with flooding City App",
        "People flood the City App with clips",
        "I disagree with flooding the City App",
        "The City App is down for me, anybody else?",
        "City App has one star now",
        "City App is down for me, anybody else?",
        "Report potholes with City App",
        "The reviews of City App are something else",
        "",
    ],
)
def test_other_posts_are_not(text: str) -> None:
    assert call_in(text, NAMES) is None


def test_a_short_name_inside_a_word_names_nothing() -> None:
    assert call_in("rate the capital one star", ("pita",)) is None


@pytest.mark.parametrize(
    "link",
    [
        "https://play.google.com/store/apps/details?hl=de&id=org.example.cityapp&gl=US",
        "market://details?id=org.example.cityapp",
        "hxxps://play[.]google[.]com/store/apps/details?id=org.example.cityapp",
        "play . google . com/store/apps/details?id=org.example.cityapp",
        "https://example.org/go?to=https%3A%2F%2Fplay.google.com%2F%3Fid%3Dorg.example.cityapp",
        "https://apps.apple.com/us/app/city-app/id1500000001?mt=8",
        "itms-apps://itunes.apple.com/app/id1500000001",
        "itms-appss://apps.apple.com/app/id1500000001",
    ],
)
def test_every_shape_of_a_store_link_names_the_app(link: str) -> None:
    names = ("org.example.cityapp", "id1500000001")
    assert names_app(f"look {link}", names)
    call = call_in(f"Give it one star {link}", names)
    assert call is not None
    assert call.kind == "down"


@pytest.mark.parametrize(
    "text",
    [
        "https://play.google.com/store/apps/details?id=org.example.cityapp.beta",
        "https://play.google.com/store/apps/details?id=com.org.example.cityapp",
        "https://apps.apple.com/us/app/other/id15000000012",
        "https://sho.rt/cityappx",
        "cityapps are nice",
    ],
)
def test_what_only_resembles_the_app_names_nothing(text: str) -> None:
    assert not names_app(text, ("org.example.cityapp", "id1500000001", "City App"))


def test_hashtags_and_odd_letters_name_the_app() -> None:
    for text in ("#CityApp", "#BoycottCityApp now", "\uff23ity A\u200bpp", "CITY  APP"):
        assert names_app(text, NAMES), text


@pytest.mark.parametrize("lang", sorted(invented()))
def test_invented_posts(lang: str) -> None:
    """Every call of a language is found, and nothing else is taken for one."""
    for category, posts in invented()[lang].items():
        for post in posts:
            call = call_in(filled(post, "City App", LINK), NAMES)
            asks = call is not None and call.kind in ("down", "up", "act")
            assert asks == (category in CALLS), post


def test_wording_that_came_later_is_found_at_times_and_hardly_ever_mistaken() -> None:
    """The first reading, before anything was mended, gave 21 of 41 and 2 of 72."""
    found, mistaken, calls, others = 0, 0, 0, 0
    for categories in invented("later_posts.toml").values():
        for category, posts in categories.items():
            asked = [call_in(filled(post, "City App", LINK), NAMES) for post in posts]
            asks = sum(c is not None and c.kind in ("down", "up", "act") for c in asked)
            if category in CALLS:
                calls, found = calls + len(posts), found + asks
            else:
                others, mistaken = others + len(posts), mistaken + asks
    assert found / calls >= 0.8
    assert mistaken / others <= 0.02


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(NAMES))
def test_any_text_can_be_read(text: str, name: str) -> None:
    call = call_in(f"{name} {text}", NAMES)
    assert call is None or call.kind in KINDS
    assert names_app(f"{name} {text}", NAMES) or text[:1].isalnum() or text[:1] == "_"


def test_real_posts_that_say_boycott_are_hardly_ever_taken_for_a_call(shared_data: Path) -> None:
    """Even with the app's name put where the boycotted name stood: see evidence.coordination."""
    texts = boycott_posts(shared_data, "City App")["text"].iloc[::4]
    calls = [call_in(text, ("City App",)) for text in texts]
    assert sum(c is not None and c.kind in ("down", "up", "act") for c in calls) <= 4
