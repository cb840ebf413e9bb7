"""What a plain link sets up: the app's own languages and storefronts, and the name people write."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
import stamina
import time_machine

from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.everything import served
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.network import Network, Post
from analysis.simulate.standins.shop import Shop
from analysis.simulate.world import World
from collector.new_app.starter_file import Start, start_from
from collector.records import RatingSnapshot, RawItem
from collector.settings.config import AppSettings, Settings, parse_settings
from collector.sources import load_source
from collector.sources.mastodon import hashtags

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
PACKAGE, NUMBER = "org.example.app", "123456789"
PLAY = f"https://play.google.com/store/apps/details?id={PACKAGE}"
APPLE = f"https://apps.apple.com/app/id{NUMBER}"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=1), time_machine.travel(NOW):
        yield


def served_here(addresses: Mapping[str, str]) -> Settings:
    """Settings that ask these addresses, and wait for nobody between two requests."""
    settings = Settings.model_validate({"endpoints": dict(addresses)})
    quick = settings.collecting.model_copy(update={"requests_per_second": 1e6, "timeout_s": 5})
    return settings.model_copy(update={"collecting": quick})


def reviews(source: str, wanted: dict[str, int]) -> tuple[RawItem, ...]:
    """So many reviews of each language of Google Play, or of each storefront of the App Store."""
    place = "lang" if source == "google_play" else "country"
    return tuple(
        RawItem(
            source=source,
            item_id=f"{int(code, 36)}{number:04}",
            created_at=NOW - timedelta(hours=7 * number + 1),
            rating=4.0,
            text="fine",
            **{place: code},
        )
        for code, count in wanted.items()
        for number in range(count)
    )


def world(name: str, items: Sequence[RawItem], ratings: int = 4000) -> World:
    totals = tuple(
        RatingSnapshot(
            app="app", source=source, country="all", at=NOW - timedelta(days=900), average=4.2,
            count=ratings, star_1=400, star_2=200, star_3=300, star_4=900, star_5=ratings - 1800,
        )
        for source in ("google_play", "app_store")
    )  # fmt: skip
    return World(
        app="app", name=name, timezone="UTC", start=NOW - timedelta(days=900), end=NOW,
        items=tuple(items), edits=(), removals=(), releases=(), context=(), snapshots=totals,
        truth=(), ids=(("google_play", PACKAGE), ("app_store", NUMBER)),
    )  # fmt: skip


def started(link: str, one: World, posts: Sequence[Post] = ()) -> tuple[Start, AppSettings]:
    servers = {
        "play.google.com": GooglePlayServer({PACKAGE: Shop(one, "google_play", lambda: NOW)}),
        "itunes.apple.com": AppStoreServer({NUMBER: Shop(one, "app_store", lambda: NOW)}),
        "mastodon.social": MastodonServer(Network(lambda: NOW, posts)),
    }
    with served(servers) as addresses:  # type: ignore[arg-type]
        start = start_from(link, served_here(addresses))
    return start, parse_settings(start.toml).apps[start.key]


@pytest.mark.parametrize(
    ("title", "found", "languages", "query", "tags"),
    [
        ("NINA – Die Warn-App", {"de": 220, "en": 12}, ("de", "en"), '"NINA"', ("nina",)),
        ("ทางรัฐ", {"th": 90}, ("th",), '"ทางรัฐ"', ("ทางรัฐ",)),
        (
            "İstanbul Senin: Şehrin Uygulaması",
            {"tr": 150, "en": 150, "ar": 1},
            ("en", "tr"),
            '"İstanbul Senin"',
            ("istanbulsenin", "İstanbulsenin"),
        ),
    ],
)
def test_an_app_of_its_own_language(
    title: str, found: dict[str, int], languages: tuple[str, ...], query: str, tags: tuple[str, ...]
) -> None:
    start, app = started(PLAY, world(title, reviews("google_play", found)))
    assert app.languages == languages
    assert app.queries == (query,)
    assert hashtags(app.queries, app.names()) == tags
    assert any(note.startswith("reviews on Google Play: ") for note in start.notes)
    total = sum(found.values())
    assert f"# Reviews found on Google Play, of about {total} in all: " in start.toml


def test_the_storefronts_in_which_it_is_reviewed() -> None:
    one = world("Bürger-App", reviews("app_store", {"de": 70, "at": 20, "ch": 9}))
    start, app = started(APPLE, one)
    assert app.countries == ("de", "at", "ch")
    assert "# Reviews found on App Store: de 50+, at 20, ch 9." in start.toml
    assert "found Bürger-App, by Makers of Bürger-App" in start.notes


def test_what_the_link_names_comes_first() -> None:
    one = world("Mi Ciudad", reviews("google_play", {"en": 80, "es": 20}))
    _, app = started(f"{PLAY}&hl=es_MX&gl=MX", one)
    assert (app.languages, app.countries) == (("es", "en"), ("mx",))


def posts(texts: Sequence[str]) -> list[Post]:
    return [
        Post(number=n, created_at=NOW - timedelta(hours=n + 1), text=text)
        for n, text in enumerate(texts)
    ]


def test_an_ordinary_word_is_noticed_before_it_costs() -> None:
    found = [f"a senior #citizen was helped in street {n}" for n in range(39)]
    found.append("the #Citizen app is down")
    one = world("Citizen: Protect The World", reviews("google_play", {"en": 62}))
    start, app = started(PLAY, one, posts(found))
    told = "\n".join(start.notes)
    assert "tried the query on Mastodon: 40 posts, 1 about an app" in told
    assert sum(note.startswith("  ") for note in start.notes) == 10
    assert app.context == ("app", "Protect The World", "Makers of Citizen: Protect The World")
    assert "the name is an ordinary word" in told
    assert "an ordinary word: it is asked for only beside" in start.toml
    plan = load_source("x").plan
    asked = Settings.model_validate(
        {
            "apps": {"citizen": app.model_dump(exclude_defaults=True)},
            "x": {"monthly_budget_usd": 5, "approved_by": "somebody", "approved_on": "2026-01-01"},
            "secrets": {"x_bearer_token": "t"},
        }
    )
    (part,) = plan(asked.apps["citizen"], asked).parts
    assert (part.target or "").startswith('"Citizen" app OR "Citizen" "Protect The World" OR ')


def test_what_a_networks_library_raises_stops_no_first_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(*_: object) -> None:
        raise KeyError("statuses")

    monkeypatch.setattr("collector.new_app.name_trial._texts", failing)
    start, app = started(PLAY, world("iWatch Dallas", reviews("google_play", {"en": 20})))
    assert app.queries == ('"iWatch Dallas"',)
    assert not any("tried the query" in note for note in start.notes)


def test_a_name_of_its_own_is_not_narrowed_down() -> None:
    found = [f"#iWatchDallas {'crashes' if n % 2 else 'the app'} {n}" for n in range(30)]
    one = world("iWatch Dallas", reviews("google_play", {"en": 20}))
    start, app = started(PLAY, one, posts(found))
    assert app.context == ()
    assert '# context = ["app", "City of Example"]' in start.toml
