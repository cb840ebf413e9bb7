"""Settings: defaults, every mistake at once with its line, secrets, queries."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from collector.errors import ConfigError
from collector.settings.allowed_queries import refusal
from collector.settings.config import (
    AppSettings,
    Settings,
    load_settings,
    parse_settings,
)
from collector.settings.field_types import is_private
from collector.settings.toml_lines import TomlLines

GOOD = """\
timezone = "America/Chicago"
false_alarms_per_app_year = 0.5

[apps.iwatch-dallas]
name = "iWatch Dallas"
google_play = "com.example.iwatch"
app_store = 1234567890
countries = ["US", "gb"]
languages = ["en", "es-419"]
aliases = ["iwatchdallas"]
agency = ["Dallas Police Department"]
queries = ["#iwatchdallas", '"iWatch Dallas" OR "Dallas Police Department" app']
news_feeds = ["https://news.example.org/feed.xml"]

[retention]
social_text_days = 14
"""


def mistakes(text: str, **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, environ=environ)
    return str(caught.value).splitlines()


def test_no_file_is_needed() -> None:
    settings = load_settings(environ={})
    assert settings == Settings()
    assert settings.false_alarms_per_app_year == 0.2
    assert (settings.retention.review_text_days, settings.retention.social_text_days) == (365, 30)
    assert settings["x"]["monthly_budget_usd"] == 0


def test_a_good_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    settings = load_settings(path, environ={"FLOODGAUGE_STORE": "sqlite:///x.db"})
    app = settings.apps["iwatch-dallas"]
    assert (app.app_store, app.countries) == ("1234567890", ("us", "gb"))
    assert settings.timezone_of("iwatch-dallas") == "America/Chicago"
    assert settings.store == "sqlite:///x.db"
    assert settings == load_settings(
        environ={"FLOODGAUGE_CONFIG": str(path), "FLOODGAUGE_STORE": "sqlite:///x.db"}
    )


def test_floodgauge_toml_of_the_folder_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "floodgauge.toml").write_text('timezone = "Asia/Seoul"', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_settings(environ={}).timezone == "Asia/Seoul"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().timezone = "UTC"  # type: ignore[misc]


def test_every_mistake_at_once_with_field_and_line() -> None:
    text = """\
timezone = "Mars/Olympus"
surprise = 1
[apps.library]
app_store = "id12"
countries = [
  "us",
  "usa",
]
google_play = "not a package"
queries = ["library card", "protest march"]
aliases = ["library card"]
news_feeds = ["http://news.example.org/feed"]
[x]
monthly_budget_usd = 10
x_bearer_token = "very secret"
[retention]
review_text_days = 0
"""
    found = mistakes(text)
    places = {line.split(": ")[0] + " " + line.split(": ")[1] for line in found}
    assert places == {
        "floodgauge.toml:1 timezone",
        "floodgauge.toml:2 surprise",
        "floodgauge.toml:4 apps.library.app_store",
        "floodgauge.toml:5 apps.library.countries.1",
        "floodgauge.toml:9 apps.library.google_play",
        "floodgauge.toml:12 apps.library.news_feeds.0",
        "floodgauge.toml:15 x.x_bearer_token",
        "floodgauge.toml:17 retention.review_text_days",
    }
    assert not any("very secret" in line for line in found)


@pytest.mark.parametrize("key", ["a b", "-tips", "a/b", "x" * 101, ""])
def test_a_key_that_cannot_name_an_app_is_refused_with_the_rule(key: str) -> None:
    (found,) = mistakes(f'timezone = "UTC"\n[apps."{key}"]\ngoogle_play = "org.example.library"\n')
    assert found.startswith("floodgauge.toml:2")
    assert "cannot name an app; use up to 100 letters, digits, '.', '-' and '_'" in found


def test_keys_may_have_any_script() -> None:
    parsed = parse_settings('[apps."Bücherei.ägypten-2_x"]\n', environ={})
    assert set(parsed.apps) == {"Bücherei.ägypten-2_x"}


def test_mistakes_between_fields_are_named_too() -> None:
    found = mistakes(
        '[apps.library]\nname = "Library"\nqueries = [\n"riot"]\n[x]\nmonthly_budget_usd = 5\n'
    )
    assert found[0].startswith("floodgauge.toml:3: apps.library.queries: 'riot': names neither")
    assert found[1].startswith("floodgauge.toml:5: x: use of X by governments needs its approval")


def test_a_broken_file_is_one_clear_message(tmp_path: Path) -> None:
    assert mistakes("timezone = \n")[0].startswith("floodgauge.toml: not valid TOML:")
    with pytest.raises(ConfigError, match=r"floodgauge init --config .*nowhere\.toml"):
        load_settings(tmp_path / "nowhere.toml", environ={})
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"')
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_settings(tmp_path / "latin.toml", environ={})


def test_secrets_come_from_the_environment_or_a_file(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text("from-a-file\n", encoding="utf-8")
    environ = {
        "FLOODGAUGE_BLUESKY_APP_PASSWORD": "from-environment",
        "FLOODGAUGE_MASTODON_TOKEN_FILE": str(path),
    }
    secrets = parse_settings("", environ=environ).secrets
    assert secrets["bluesky_app_password"].get_secret_value() == "from-environment"
    assert secrets["mastodon_token"].get_secret_value() == "from-a-file"
    assert "from-" not in repr(parse_settings("", environ=environ))
    assert mistakes("", FLOODGAUGE_MASTODON_TOKEN_FILE="/nowhere/token") == [
        "FLOODGAUGE_MASTODON_TOKEN_FILE: /nowhere/token cannot be read as text"
    ]


def test_a_secrets_table_is_refused() -> None:
    (found,) = mistakes('[secrets]\nx_bearer_token = "abc"\n')
    assert found.startswith("floodgauge.toml:2: secrets.x_bearer_token: secrets do not belong")
    assert "abc" not in found


SUBJECTS = ("iWatch Dallas", "iwatchdallas", "Dallas Police Department")


@pytest.mark.parametrize(
    "query",
    [
        "iwatch dallas",
        "#iWatchDallas",
        "#iwatchdallas -giveaway",
        '"iwatch dallas" lang:en',
        "app iWatch   Dallas down",
        "iwatchdallas OR (Dallas Police Department app)",
    ],
)
def test_queries_about_the_app_are_allowed(query: str) -> None:
    assert refusal(query, SUBJECTS) is None


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "empty"),
        ("protest", "names neither"),
        ("Jane Doe", "names neither"),
        ("iwatchdallas OR protest", "'protest' names neither"),
        ("(iwatchdallas OR protest) dallas", "names neither"),
        ("protest | iwatchdallas", "names neither"),
        ("protest -iwatchdallas", "names neither"),
        ('protest -"iwatch dallas"', "names neither"),
        ("from:someone iwatchdallas", "asks for accounts"),
        ("iwatchdallas @someone", "asks for accounts"),
        ("iwatchdallas near:dallas", "asks for places"),
        ("iwatchdallas point_radius:[1 2 3km]", "asks for places"),
        ("iwatchdallasfans", "names neither"),
        ("iwatchdallas " + "x" * 500, "longer"),
    ],
)
def test_queries_about_people_are_refused(query: str, reason: str) -> None:
    assert reason in (refusal(query, SUBJECTS) or "allowed")


def test_without_names_no_query_is_allowed() -> None:
    assert "give the app a name" in (refusal("anything", ()) or "")


def test_short_aliases_are_refused() -> None:
    with pytest.raises(ValidationError):
        AppSettings(aliases=("iw",))


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("[::1]", True),
        ("printer.local", True),
        ("8.8.8.8", False),
        ("news.example.org", False),
    ],
)
def test_private_addresses(host: str, private: bool) -> None:
    assert is_private(host) is private


KEYS = st.from_regex("[a-z][a-z0-9_-]{0,8}", fullmatch=True)
VALUES = st.sampled_from(
    [
        "1",
        '"a # b = [c"',
        "'x\\'",
        '[1,\n  2, # three\n  "]"]',
        '"""\n[no.table]\nno = 1\n"""',
        "'''\nno = 2'''",
        "{ a = 1 }",
    ]
)


@given(
    st.dictionaries(
        KEYS, st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), min_size=1, max_size=4
    )
)
def test_lines_of_fields(tables: dict[str, dict[str, str]]) -> None:
    """Every field is found on the line where it was written, whatever stands in its value."""
    lines: list[str] = []
    expected: dict[tuple[str, ...], int] = {}
    for table, keys in tables.items():
        lines += ["# a comment with = and [brackets]", f"[{table}]"]
        expected[table,] = len("\n".join(lines).splitlines())
        for key, value in keys.items():
            expected[table, key] = len("\n".join(lines).splitlines()) + 1
            lines.append(f"{key} = {value}")
    text = "\n".join(lines)
    tomllib.loads(text)
    found = TomlLines(text)
    assert {place: found.line(place) for place in expected} == expected


def test_texts_are_read_by_the_engine_of_their_app_else_by_that_of_all() -> None:
    apps = '[apps.a]\ngoogle_play = "org.example.a"\nsentiment = "{}"\n[apps.b]\n'
    found = parse_settings('sentiment = "vader"\n' + apps.format("auto"))
    assert [found.sentiment_of(app) for app in ("a", "b", "new")] == ["auto", "vader", "vader"]
    assert Settings().sentiment_of("a") == "auto"
    (mistake,) = mistakes(apps.format("textblob"))
    assert "apps.a.sentiment" in mistake
    assert "'auto' or 'vader'" in mistake


@pytest.mark.parametrize(
    "line",
    [
        'store = "postgresql://u:hunter2@h/x"',
        'store = "postgresql://u:hun@ter2@h/x"',
        'store = "postgresql+psycopg://u:hun/ter2@h/x"',
        'store = "postgresql:///x?password=hunter2"',
        'store = "postgresql://u@h/x?sslmode=require&sslpassword=hunter2"',
        '[apps.tips]\nfeeds = ["https://u:hunter2@example.org/feed"]',
        '[endpoints]\n"a.example" = "http://127.0.0.1:1/?api_key=hunter2"',
    ],
)
def test_an_address_with_a_password_is_refused_and_not_shown(line: str) -> None:
    with pytest.raises(ConfigError, match="an address with a password does not belong") as caught:
        parse_settings(line)
    assert "hunter2" not in str(caught.value)
    assert "ter2" not in str(caught.value)


def test_an_address_without_one_is_taken() -> None:
    assert parse_settings('store = "postgresql://u@h:5432/x?sslmode=require"').store is not None
