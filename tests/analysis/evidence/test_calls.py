"""Posts that ask people to act on the app, and posts that only sound so."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.evidence._calls import call_in

NAMES = ("city-app", "City App", "org.example.cityapp")
LINK = "https://play.google.com/store/apps/details?id=org.example.cityapp"


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
        "City App has one star now",
        "City App is down for me, anybody else?",
        "Report potholes with City App",
        "Boycott City App, uninstall it today",
        "The reviews of City App are something else",
        "",
    ],
)
def test_other_posts_are_not(text: str) -> None:
    assert call_in(text, NAMES) is None


def test_a_short_name_inside_a_word_names_nothing() -> None:
    assert call_in("rate the capital one star", ("pita",)) is None


def test_posts_that_say_boycott_ask_nobody_to_rate(shared_data: Path) -> None:
    posts = pd.read_parquet(shared_data / "social" / "boycott_posts_2012_2020.parquet")["text"]
    names = ("tiktok", "tik tok", "zomato", "snapchat", "hotstar", "netflix")
    calls = [text for text in posts.dropna() if call_in(text, names)]
    assert len(calls) <= 3
