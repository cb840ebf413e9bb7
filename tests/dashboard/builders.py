"""A store with a quiet app and a flood, an incident document, hostile texts."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from analysis.incidents.stored import document, record_of
from analysis.records import Alarm, Escalation, Evidence, Incident, Phrase
from collector.records import ContextEvent, Item, RatingSnapshot, Release, RunReport, StoredDecision
from collector.store import Store

APP = "tip-line"
ONSET = datetime(2024, 5, 5, 8, 0, tzinfo=UTC)
END = ONSET + timedelta(hours=20)
LAST = END + timedelta(days=2)
ID = f"{APP}-20240505T0830Z"
FLOOD = 200
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> **bold** [link](javascript:alert(3)) "
    "$x^2$ :material/home: \u202egnp.exe\u202c \u200bhidden\u200b \x00 {{ 7 * 7 }} "
    "a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
)


def item(number: int, at: datetime, rating: float | None, text: str | None, **other: Any) -> Item:
    """One review."""
    values: dict[str, Any] = {
        "app": APP,
        "source": "google_play" if number % 2 else "app_store",
        "item_id": f"r{number}",
        "kind": "review",
        "created_at": at,
        "updated_at": None,
        "arrived_at": at,
        "first_seen": at,
        "last_seen": at,
        "author_key": f"{number:032x}",
        "rating": rating,
        "title": None,
        "text": text,
        "version": "1.0",
        "country": "us",
        "lang": "en",
        "thumbs_up": 0,
        "reply_text": None,
        "reply_at": None,
        "url": None,
        "removed_at": None,
    }
    return Item(**{**values, **other})


def reviews(app: str = APP) -> list[Item]:
    """Ninety quiet days of a review a day, a flood of low stars, two quiet days."""
    quiet = [
        item(n, ONSET - timedelta(days=90 - n, hours=-3), 5.0 if n % 4 else 1.0, f"calm day {n}")
        for n in range(90)
    ]
    step = (END - ONSET) / FLOOD
    flood = [item(100 + n, ONSET + step * n, 1.0, f"bring it back {n}") for n in range(FLOOD)]
    after = [item(1000 + n, END + timedelta(days=n), 4.0, f"after {n}") for n in (1, 2)]
    found = quiet + flood + after
    return [type(i)(**{**_fields(i), "app": app}) for i in found]


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def fill(store: Store, app: str = APP, *, simulated: bool = False, ended: bool = True) -> None:
    """The app with its flood, its incident, its surroundings; hours counted."""
    store.apps.ensure(app, "Tip line", simulated=simulated)
    store.items.write(reviews(app), how="import")
    store.timeline.write_releases(
        [
            Release(
                app=app,
                source="google_play",
                version="1.1",
                released_at=ONSET - timedelta(hours=20),
                first_seen=ONSET,
                notes=None,
            )
        ]
    )
    store.timeline.write_context(
        [
            ContextEvent(
                app=app,
                source="feed",
                event_id="1",
                at=ONSET - timedelta(hours=2),
                kind="statement",
                title="City <b>explains</b> the tip line",
                url=None,
                first_seen=ONSET,
            )
        ]
    )
    store.timeline.write_snapshots([snapshot(ONSET - timedelta(days=1), (5, 1, 1, 3, 90), app)])
    store.hourly.recount(app)
    made = incident(app, ended=ended)
    store.incidents.replace(app, [(made, "mark")], alarms(made))


def snapshot(at: datetime, bars: tuple[int, int, int, int, int], app: str = APP) -> RatingSnapshot:
    """The store's own totals."""
    count = sum(bars)
    mean = sum(n * bar for n, bar in enumerate(bars, 1)) / count
    names = {f"star_{n}": bar for n, bar in enumerate(bars, 1)}
    return RatingSnapshot(
        app=app, source="google_play", country="us", at=at, average=mean, count=count, **names
    )


def incident(app: str = APP, *, ended: bool = True, **other: Any) -> dict[str, Any]:
    """The flood as an incident document."""
    values: dict[str, Any] = {
        "id": ID.replace(APP, app),
        "app": app,
        "sources": ["app_store", "google_play"],
        "direction": "negative",
        "cause": "external",
        "cause_probability": 0.8,
        "causes": {"external": 0.8, "service": 0.15, "release": 0.05},
        "coordination": "some",
        "onset_at": ONSET,
        "alarmed_at": ONSET + timedelta(minutes=30),
        "peak_at": ONSET + timedelta(hours=3),
        "ended_at": END if ended else None,
        "items": FLOOD,
        "expected_items": 0.2,
        "rating_before": 4.0,
        "rating_during": 1.0,
        "recurrence_days": 4000.0,
        "escalations": [Escalation(at=ONSET + timedelta(hours=2), factor=4.0)],
        "evidence": [
            Evidence(
                signal="new_words",
                value=0.4,
                baseline=0.05,
                p_value=0.02,
                speaks_for="external",
                statement="40% of the words are new.",
                details={"reviews": FLOOD},
            ),
            Evidence(
                signal="version_concentration",
                value=0.9,
                baseline=0.8,
                p_value=0.4,
                speaks_for="release",
                statement="Version 1.0 carries 90%.",
                details={"version": "1.0", "share": 0.9, "reviews": FLOOD},
            ),
            Evidence(
                signal="call_to_action",
                value=None,
                baseline=None,
                p_value=None,
                speaks_for=None,
                statement="Not testable: no posts.",
                details={"reason": "no-posts"},
            ),
        ],
        "phrases": [
            Phrase(phrase="bring it back", items=150, authors=140, before_items=0, score=9.0)
        ],
        "coverage": "complete",
        "summary": "Tip line received many low-star reviews.",
        "joined": [],
        "split_from": None,
    }
    return document(Incident(**{**values, **other}))


def read(made: dict[str, Any]) -> Incident:
    """The incident of a document, as the store's readers get it."""
    return record_of(Incident, made)


def flood(app: str = APP, *, ended: bool = True, **other: Any) -> Incident:
    """The flood as an incident."""
    return read(incident(app, ended=ended, **other))


def alarms(made: dict[str, Any]) -> list[dict[str, Any]]:
    """The alarm log of a document, as documents."""
    return [document(alarm) for alarm in log(read(made))]


def log(made: Incident) -> list[Alarm]:
    """Opened, escalated, and ended where it has ended."""
    at = made.alarmed_at
    kinds: list[Any] = [("opened", at), ("escalated", ONSET + timedelta(hours=2))]
    if made.ended_at:
        kinds.append(("ended", END + timedelta(days=3)))
    return [
        Alarm(
            at=moment,
            incident=made.id,
            app=made.app,
            kind=kind,
            recurrence_days=made.recurrence_days if kind == "opened" else None,
            factor=4.0 if kind == "escalated" else None,
            statement="one sentence",
        )
        for kind, moment in kinds
    ]


def run(
    ended_at: datetime, *, outcome: Any = "ok", source: str = "google_play", **other: Any
) -> RunReport:
    """One poll of a source that covered the ten days before it."""
    values: dict[str, Any] = {
        "app": APP,
        "source": source,
        "started_at": ended_at - timedelta(minutes=1),
        "ended_at": ended_at,
        "outcome": outcome,
        "stop_reason": "reached the last mark",
        "covered_from": ended_at - timedelta(days=10),
        "covered_to": ended_at,
        "new": 1,
        "changed": 0,
        "seen": 1,
        "bad": 0,
        "requests": 1,
        "cost_usd": 0.0,
        "next_due_at": ended_at + timedelta(hours=1),
    }
    return RunReport(**{**values, **other})


def fill_hostilely(store: Store) -> None:
    """The flood with hostile text in every place that data can reach."""
    bad = HOSTILE
    store.apps.ensure(APP, f"<script>alert(0)</script> {bad} " + "long " * 2_000)
    given = {"title": bad, "version": "<b>9</b>", "lang": "<i>", "country": "<u>"}
    given |= {"reply_text": bad, "reply_at": LAST}
    store.items.write([item(5000, LAST, 1.0, bad, **given)], how="import")
    fill(store)
    at = {"app": APP, "first_seen": ONSET}
    store.timeline.write_releases(
        [Release(source="google_play", version=bad, released_at=ONSET, notes=bad, **at)]
    )
    store.timeline.write_context(
        [
            ContextEvent(source="feed", event_id=k, at=ONSET, kind=k, title=bad, url=bad, **at)
            for k in ("statement", "news", "other")
        ]
    )
    made = _hostile_incident(bad)
    store.incidents.replace(APP, [(made, "mark")], alarms(made))
    store.runs.write(run(LAST, outcome="failed", stop_reason=bad), message=bad)
    store.decisions.add(
        StoredDecision(
            app=APP,
            incident_id=ID,
            at=ONSET,
            made_at=LAST,
            kind="note",
            text=json.dumps({"value": "", "reason": bad, "by": bad}),
        )
    )


def _hostile_incident(bad: str) -> dict[str, Any]:
    made = incident(ended=False, sources=[bad, "google_play"], summary=bad)
    theme = {"label": bad, "reviews": 9, "phrases": [bad, bad]}
    told = {"kind": "news", "what": bad, "hours_before": 1.0}
    details: dict[str, dict[str, Any]] = {
        "burst_words": {"reviews": 9, "of": 20, "words": [bad]},
        "themes": {"themes": [theme]},
        "trigger": {"candidates": [told, told | {"kind": bad}]},
        "audience": {"reviews": 9, "of": 20, "newest": bad},
        "version_concentration": {"version": bad, "share": 0.9, "reviews": 9},
        "<b>plugged</b>": {bad: bad},
    }
    made["evidence"] = [
        made["evidence"][0] | {"signal": signal, "details": found, "statement": bad}
        for signal, found in details.items()
    ]
    made["phrases"] = [made["phrases"][0] | {"phrase": bad}]
    return made


def fill_hugely(store: Store, *, apps: int = 200, incidents: int = 5_000, years: int = 10) -> str:
    """Many apps with long names, many incidents, one app with a long history; returns its key."""
    busiest = "app-000"
    for n in range(apps):
        store.apps.ensure(f"app-{n:03}", f"Department {n} of " + "a very long name " * 12)
    days = 365 * years
    reviews = [
        item(n, LAST - timedelta(days=days - n), 1.0 + n % 5, f"day {n}", app=busiest)
        for n in range(days)
    ]
    store.items.write(reviews, how="import")
    store.hourly.recount(busiest)
    each = incidents // apps
    for n in range(apps):
        number = each * (apps // 2) if n == 0 else -(-each * apps // 2 // (apps - 1))
        app = f"app-{n:03}"
        made = [_past(app, k, days / max(number, 1)) for k in range(number)]
        store.incidents.replace(app, [(one, "mark") for one in made], _opened(made))
    return busiest


def _past(app: str, number: int, every_days: float) -> dict[str, Any]:
    back = timedelta(days=every_days * (number + 1))
    return incident(
        app,
        id=f"{app}-{number:05}",
        onset_at=ONSET - back,
        alarmed_at=ONSET - back + timedelta(minutes=30),
        peak_at=ONSET - back + timedelta(hours=1),
        ended_at=ONSET - back + timedelta(hours=9),
        escalations=[],
    )


def _opened(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [alarms(one)[0] for one in made]
