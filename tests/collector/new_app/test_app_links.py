"""Links as people paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import ConfigError
from collector.new_app.app_links import ShopApp, parse_shop_link

PLAY = ShopApp(google_play="com.example.app")
APPLE = ShopApp(app_store="123456789")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("com.example.app", PLAY),
        ("  com.example.app\n", PLAY),
        ("https://play.google.com/store/apps/details?id=com.example.app", PLAY),
        ("play.google.com/store/apps/details?id=com.example.app&pli=1", PLAY),
        ("http://www.play.google.com/store/apps/details?id=com.example.app", PLAY),
        ("market://details?id=com.example.app", PLAY),
        (
            "https://play.google.com/store/apps/details?id=com.example.app&hl=es_MX&gl=MX",
            ShopApp(google_play="com.example.app", lang="es", country="mx"),
        ),
        ("123456789", APPLE),
        ("id123456789", APPLE),
        ("https://apps.apple.com/app/id123456789", APPLE),
        (
            "https://apps.apple.com/de/app/ein-name/id123456789?platform=iphone",
            ShopApp(app_store="123456789", country="de"),
        ),
        ("itunes.apple.com/us/app/id123456789?mt=8", ShopApp(app_store="123456789", country="us")),
    ],
)
def test_links_and_ids(given: str, wanted: ShopApp) -> None:
    assert parse_shop_link(given) == wanted


@pytest.mark.parametrize(
    "given",
    [
        "",
        "iWatch Dallas",
        "https://example.com/app/id123456789",
        "https://play.google.com/store/apps/dev?id=5700313618786177705",
        "https://play.google.com/store/search?q=city",
        "https://play.google.com/store/apps/details?id=../../etc",
        "https://apps.apple.com/us/developer/example/id123456789",
        "https://apps.apple.com/us/charts/iphone",
        "12",
        "com",
    ],
)
def test_what_is_no_app(given: str) -> None:
    with pytest.raises(ConfigError, match="is not an app"):
        parse_shop_link(given)


@given(st.text())
def test_any_text_is_an_app_or_refused(text: str) -> None:
    try:
        found = parse_shop_link(text)
    except ConfigError:
        return
    assert bool(found.google_play) != bool(found.app_store)
