"""The command `week`: one page, two lines when nothing happened, once a week to the channels."""

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from collector.errors import ConfigError
from collector.settings.config import Digest, parse_settings
from collector.store import Store
from dashboard.main import app, hoisted
from dashboard.trends import digest
from dashboard.trends.week import Section, Week
from dashboard.words.catalogue import Wording
from tests.dashboard import builders

FLOOD = ("--as-of", "2024-05-08")
CALM = ("--as-of", "2024-03-20")
WEEK = Week("Tip line", ("One.", "Two."), (Section("More", ("a", "b")),), quiet=False)
MONDAY = datetime(2024, 5, 6, 9, tzinfo=UTC)


@pytest.fixture
def known(store: Store, secret: bytes, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.decode())
    builders.fill(store)
    return store


def run(store: Store, *arguments: str) -> str:
    done = CliRunner().invoke(app, hoisted(["--store", store.database.url, "week", *arguments]))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_a_week_with_a_flood(known: Store) -> None:
    told = run(known, *FLOOD)
    assert told.startswith("Tip line: 1 May 2024 to 7 May 2024\n")
    assert "stars fell from" in told
    for heading in ("What changed", "What people say", "Releases", "Incidents"):
        assert f"\n{heading}\n- " in told
    assert "Version 1.1 on Google Play" in told
    assert "low stars" in told
    assert "bring it back" in told


def test_two_lines_when_nothing_happened(known: Store) -> None:
    told = run(known, *CALM).splitlines()
    assert len(told) == 3
    assert told[2].endswith("no clear change.")
    told = run(known, *CALM, "--lang", "es").splitlines()
    assert told[2].endswith("ningún cambio claro.")


@pytest.mark.parametrize(
    ("lang", "unseen", "nothing"),
    [("en", "Nobody looked in this span", "No reviews"), ("es", "Nadie miró", "Ninguna reseña")],
)
def test_a_week_that_nobody_saw_is_not_told_as_quiet(
    known: Store, lang: str, unseen: str, nothing: str
) -> None:
    told = run(known, "--as-of", "2024-06-10", "--lang", lang)
    assert told.splitlines()[1].startswith(unseen)
    assert told.count(unseen) == 1
    assert nothing not in told
    assert Wording(lang, ZoneInfo("UTC"))("week-unseen") in told.splitlines()


def test_a_week_in_which_replies_wait_is_not_told_as_quiet(known: Store) -> None:
    day = datetime(2024, 3, 15, 12, tzinfo=UTC)
    answered = builders.item(5000, day, 5.0, "fine", reply_text="thanks", reply_at=day)
    known.items.write([answered, builders.item(5001, day, 1.0, "hm")], how="import")
    known.hourly.settle(builders.APP, known.hourly.recount(builders.APP))
    told = run(known, *CALM)
    words = Wording("en", ZoneInfo("UTC"))
    assert words("week-waiting") in told.splitlines()
    assert words("week-quiet", stars="").strip() not in told


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_week_as_a_file(known: Store, tmp_path: Path, lang: str) -> None:
    for ending, start in ((".html", b"<!doctype"), (".pdf", b"%PDF"), (".txt", b"Tip line: ")):
        path = tmp_path / f"week{ending}"
        run(known, *FLOOD, "--lang", lang, "-o", str(path))
        assert path.read_bytes().startswith(start)


def test_each_channel_has_a_week_once(store: Store) -> None:
    sent: list[tuple[str, str]] = []

    def hand_over(channel: str, title: str, body: str) -> bool:
        sent.append((title, body))
        return True

    environ = {"FLOODGAUGE_ALERTS": "jsons://a.example.org jsons://b.example.org"}
    for _ in range(2):
        digest.send(store, [WEEK], Digest(), environ, MONDAY, hand_over)
    assert [title for title, _ in sent] == ["The week"] * 2
    assert sent[0][1] == "Tip line\nOne.\nTwo.\n\nMore\n- a\n- b\n"
    later = MONDAY.replace(day=13)
    digest.send(store, [WEEK], Digest(), environ, later, hand_over)
    assert len(sent) == 4
    environ = {"FLOODGAUGE_ALERTS": "jsons://c.example.org"}
    with pytest.raises(ConfigError, match="1 of 1"):
        digest.send(store, [WEEK], Digest(), environ, later, lambda *_: False)
    with pytest.raises(ConfigError, match="FLOODGAUGE_ALERTS"):
        digest.send(store, [WEEK], Digest(), {}, later, hand_over)


def test_the_day_and_hour_are_of_choice() -> None:
    settings = parse_settings('[digest]\nday = "friday"\nat = 17:30:00\nlanguage = "es"\n')
    assert settings.digest == Digest(day="friday", at=time(17, 30), language="es")
    chicago = ZoneInfo("America/Chicago")
    slot = digest.last_slot(settings.digest, MONDAY, chicago)
    assert slot.isoformat() == "2024-05-03T17:30:00-05:00"
    at = datetime(2024, 5, 10, 22, 30, tzinfo=UTC)
    assert digest.last_slot(settings.digest, at, chicago).isoformat().startswith("2024-05-10T17:30")
    with pytest.raises(ConfigError, match="digest"):
        parse_settings('[digest]\nday = "someday"\n')
