"""A call is out: told at once, joined to what comes of it, closed where nobody follows."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from analysis.incidents.stored import stored_alarms, stored_incidents
from analysis.incidents.warn import asked_sentence
from analysis.records import Alarm
from analysis.run import analyze
from collector.records import Item
from collector.settings.config import Settings
from collector.store import Store
from dashboard.alerting.deliver import deliver
from dashboard.alerting.settings import AlertSettings
from tests.analysis.talk.worlds import APP, DAY, STORM, T0, filled, post, quiet
from tests.collector.store.items import item

HOUR = timedelta(hours=1)
CALLS = (
    "Everybody, rate the tips app one star. Call me: someone@example.org",
    "Give the tips app one star, all of you!",
    "Let's flood the tips app with one star reviews",
    "Leave a one star review for the tips app, please",
    "Rate the tips app one star and pass it on",
)


def asking(count: int = 5) -> list[Item]:
    since = STORM - T0
    return [post(since + n * HOUR / 6, 900_000 + n, text) for n, text in enumerate(CALLS[:count])]


def low_stars(after: timedelta, count: int = 30) -> list[Item]:
    stars = [(STORM + after + n * HOUR / 20, 1.0, f"low-{n}") for n in range(count)]
    stars += [(T0 + n * DAY, 5.0, f"high-{n}") for n in range(124)]
    return [
        item(item_id=name, created_at=at, rating=rating, text=f"one star, {name}", app=APP)
        for at, rating, name in stars
    ]


def warned(store: Store) -> list[Alarm]:
    return [alarm for alarm in stored_alarms(store, APP) if alarm.call is not None]


def test_the_fourth_call_is_told_and_closes_where_nobody_follows(store: Store) -> None:
    filled(store, quiet(), asking())
    analyze(Settings(), store, STORM + HOUR)
    (line,) = warned(store)
    call = line.call
    assert call is not None
    assert (line.kind, line.at) == ("call", STORM + HOUR / 2)
    assert (call.asks, call.people, call.posts, call.quiet) == ("down", 5, 5, True)
    assert stored_incidents(store, APP) == []
    asked = asked_sentence(store, call, APP, (APP,))
    assert asked == "Everybody, rate the tips app one star."
    sent: list[tuple[str, str]] = []

    def send(channel: str, title: str, body: str) -> bool:
        sent.append((title, body))
        return True

    told = AlertSettings(channels=("json://one",), zone=ZoneInfo("UTC"))
    for at in (STORM + HOUR, STORM + HOUR):
        deliver(store, told, at, send)
    ((title, body),) = sent
    assert "a call is out" in title
    assert "5 accounts ask" in body
    assert asked in body
    analyze(Settings(), store, STORM + 4 * DAY)
    assert [alarm.kind for alarm in warned(store)] == ["call", "unfollowed"]
    deliver(store, told, STORM + 4 * DAY, send)
    assert "no incident followed" in sent[-1][0]


def test_three_ask_in_vain(store: Store) -> None:
    filled(store, quiet(), asking(3))
    analyze(Settings(), store, STORM + HOUR)
    assert warned(store) == []


def test_what_follows_within_two_days_is_joined(store: Store) -> None:
    filled(store, quiet(), asking(), low_stars(10 * HOUR))
    analyze(Settings(), store, STORM + 4 * DAY)
    (made,) = stored_incidents(store, APP)
    (line,) = warned(store)
    assert line.call is not None
    assert line.call.joined == made.id
    assert made.alarmed_at > line.at


def test_nobody_is_named(store: Store) -> None:
    said = [replace(one, text=f"{one.text} says [handle]") for one in asking()]
    filled(store, quiet(), said)
    analyze(Settings(), store, STORM + HOUR)
    for made in store.incidents.alarms(APP):
        assert not {one.author_key for one in said} & set(str(made).split("'"))
        assert "post-9" not in str(made)
