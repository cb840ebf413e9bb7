"""The configuration that `init` writes is valid, and says what is true."""

import re
from collections.abc import Iterator

import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from collector.new_app.app_links import ShopApp
from collector.new_app.starter_file import Learned, app_key, start_from, starter_toml
from collector.settings.config import Settings, parse_settings


@pytest.fixture(autouse=True, scope="module")
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=1):
        yield


def uncommented(toml: str) -> str:
    """Every optional line switched on."""
    return re.sub(r"(?m)^# (\[?[a-z_]+\]? *(=|#|$))", r"\1", toml)


def test_valid_as_it_stands() -> None:
    settings = parse_settings(starter_toml())
    assert list(settings.apps) == ["my-app"]
    assert settings.apps["my-app"].queries == ()


def test_every_comment_is_a_valid_setting() -> None:
    toml = uncommented(starter_toml())
    settings = parse_settings(toml)
    assert settings.x.approved_by is not None
    assert settings.bluesky.handle is not None
    assert settings.apps["my-app"].queries == ('"My City App"',)
    assert len(re.findall("(?m)^# ", toml)) < 12  # only prose is left


def test_comments_show_the_defaults() -> None:
    shown = parse_settings(uncommented(starter_toml()))
    defaults = Settings()
    assert shown.retention == defaults.retention
    assert shown.mastodon == defaults.mastodon
    assert shown.timezone == defaults.timezone
    assert shown.false_alarms_per_app_year == defaults.false_alarms_per_app_year
    assert shown.collecting.requests_per_second == defaults.collecting.requests_per_second
    app = shown.apps["my-app"]
    assert (app.google_play_route, app.app_store_route) == ("public", "public")


@given(name=st.text(max_size=300), owner=st.text(max_size=300))
def test_any_name_makes_a_valid_file(name: str, owner: str) -> None:
    """A store's page is a stranger's text: it cannot break out of its string."""
    app = ShopApp(app_store="123456789", country="de")
    key = app_key(name, app)
    settings = parse_settings(starter_toml(key, app=app, known=Learned(name=name, owner=owner)))
    assert list(settings.apps) == [key]
    assert settings.apps[key].app_store == "123456789"
    assert settings.apps[key].countries == ("de",)


@pytest.mark.parametrize(
    ("name", "app", "key"),
    [
        ("iWatch Dallas", None, "iwatch-dallas"),
        (None, ShopApp(google_play="com.one.app"), "com-one-app"),
        (None, ShopApp(google_play="com.two.city_app"), "com-two-city-app"),
        (None, ShopApp(app_store="123456789"), "app-123456789"),
        ("北京", ShopApp(app_store="123456789"), "app-123456789"),
        ("İstanbul Senin", ShopApp(app_store="123456789"), "istanbul-senin"),
        (None, None, "my-app"),
    ],
)
def test_keys(name: str | None, app: ShopApp | None, key: str) -> None:
    assert app_key(name, app) == key


def test_store_page_fills_it_in(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/lookup").respond_with_json(
        {
            "resultCount": 1,
            "results": [
                {
                    "trackId": 123456789,
                    "trackName": "Library Card",
                    "sellerName": "City of Example",
                    "artistName": "City of Example",
                    "trackViewUrl": "https://apps.apple.com/us/app/id123456789",
                    "primaryGenreName": "Books",
                    "averageUserRating": 4.5,
                    "userRatingCount": 12,
                    "version": "1.0",
                    "formattedPrice": "Free",
                    "currentVersionReleaseDate": "2026-01-02T03:04:05Z",
                }
            ],
        }
    )
    settings = Settings(endpoints={"itunes.apple.com": httpserver.url_for("").rstrip("/")})
    start = start_from("https://apps.apple.com/us/app/library-card/id123456789", settings)
    assert start.key == "library-card"
    assert start.notes == ("found Library Card, by City of Example",)
    app = parse_settings(start.toml).apps["library-card"]
    assert (app.name, app.agency, app.queries) == (
        "Library Card",
        ("City of Example",),
        ('"Library Card"',),
    )


def test_page_that_cannot_be_read_is_only_noted(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/store/apps/details").respond_with_data("<html></html>")
    settings = Settings(endpoints={"play.google.com": httpserver.url_for("").rstrip("/")})
    start = start_from("com.example.city_app", settings)
    assert start.key == "com-example-city-app"
    assert "could not read" in start.notes[0]
    assert parse_settings(start.toml).apps[start.key].google_play == "com.example.city_app"
