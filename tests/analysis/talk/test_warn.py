"""A call is out: told at once, joined to what comes of it, closed where nobody follows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from analysis.incidents.merge_split import Event
from analysis.incidents.stored import stored_alarms, stored_incidents
from analysis.incidents.warn import _lines, asked_sentence
from analysis.records import Alarm
from analysis.run import analyze
from analysis.talk.calls_out import Asking, Out, calls_out
from collector.records import Item
from collector.settings.config import Settings
from collector.store import Store
from collector.times import to_us
from dashboard.alerting.deliver import deliver
from dashboard.alerting.settings import AlertSettings
from tests.analysis.talk.test_joined import SAID, swing
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
    assert "no unusual reviews followed" in sent[-1][0]


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
    lines = [str(made) for made in store.incidents.alarms(APP)]
    assert len(lines) == 1
    assert "'down'" in lines[0]
    for one in said:
        for name in (one.author_key, one.item_id):
            assert str(name) not in lines[0]


def out(kind: str = "down", at: int = 0) -> Out:
    posts = [Asking(at + n, f"w{n}", n, True, kind, "bluesky", "h") for n in range(4)]  # type: ignore[arg-type]
    (found,) = calls_out(posts)
    return found


def reviews(onset: float, alarm: float, end: float | None = None, **more: Any) -> Event:
    made = swing(onset, alarm, end, **more)
    return Event(f"{APP}-{onset}", made, (), talk=made if made.talk is not None else None)


def joined(event: Event, kind: str = "down") -> str | None:
    asked = out(kind, to_us(STORM))
    lines = list(_lines(APP, asked, [event], STORM + 9 * DAY, {}))
    call = lines[0].call
    assert call is not None
    assert [line.kind for line in lines[1:]] == ([] if call.joined else ["unfollowed"])
    return call.joined


def test_reviews_alone_follow_a_call_and_only_what_it_asked_for() -> None:
    assert joined(reviews(3, 4)) is not None
    assert joined(reviews(-3, 4)) is not None
    assert joined(reviews(-30, -29)) is None, "it ran before anybody asked"
    assert joined(reviews(49, 50)) is None
    assert joined(reviews(3, 4, direction="positive")) is None
    assert joined(reviews(3, 4, direction="positive"), "up") is not None
    assert joined(reviews(3, 4), "up") is None
    assert joined(reviews(3, 4, direction="mixed")) is not None
    assert joined(reviews(3, 4, direction="fewer")) is None
    assert joined(reviews(3, 4, talk=SAID)) is None, "the calls themselves"


def test_that_nobody_followed_stands_once_it_was_told() -> None:
    asked = out(at=to_us(STORM))
    (_, told) = _lines(APP, asked, [], STORM + 9 * DAY, {})
    late = reviews(40, 60)
    again = list(_lines(APP, asked, [late], STORM + 9 * DAY, {told.incident: told}))
    assert [line.kind for line in again] == ["call", "unfollowed"]
    assert again[1].at == told.at
    assert {line.call.joined for line in again if line.call} == {late.id}
