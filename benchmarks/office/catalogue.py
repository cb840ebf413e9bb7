"""The histories, by name: what happens in each, and what a person expects to be told of it."""

from collections.abc import Iterator
from datetime import date

from benchmarks.office import rhythms
from benchmarks.office.history import Burst, Change, Expected, Office
from benchmarks.office.rhythms import USUAL, WORKDAYS, Season, number_of

EVENT = 150.0 + 14 / 24  # a Thursday, two in the afternoon
SHORT = 240  # days of a history in which one thing happens
CHRISTMAS = Season(month=12, day=23, days=10, times=0.3)
TAX = Season(month=4, day=10, days=21, times=4.0)
REMINDER = Season(day=1, days=1, times=6.0, every_month=True)


def offices() -> dict[str, Office]:
    """All of them."""
    every = [*quiet(), *seasons(), *outages(), *pairs(), *waves(), *fadings(), *declines(), *rest()]
    return {office.name: office for office in every}


def quiet() -> Iterator[Office]:
    """Nothing happens: three years of few reviews, one of many."""
    rhythm = {
        "flat": rhythms.flat(),
        "waking": rhythms.waking(),
        "steep": rhythms.steep(),
        "work": rhythms.working_hours(),
        "push": rhythms.push(),
    }
    plans = (
        ("flat", 0.07, 0.03),
        ("flat", 2.0, 5.0),
        ("waking", 0.3, 1.0),
        ("waking", 20.0, 40.0),
        ("work", 3.0, 9.0),
        ("work", 60.0, 240.0),
        ("push", 1.0, 4.0),
        ("push", 6.0, 40.0),
        ("push", 24.0, 24.0),
        ("push", 300.0, 1200.0),
        ("steep", 10.0, 30.0),
        ("steep", 150.0, 600.0),
        ("steep", 1000.0, 4000.0),
    )
    for name, low, high in plans:
        yield Office(
            name=f"quiet {name} {low:g} and {high:g}",
            kind="quiet",
            low=low,
            high=high,
            days=100 + (3 * 365 if low + high <= 100 else 365),
            profile=rhythm[name],
            weekdays=WORKDAYS if name == "work" else USUAL,
        )
    for zone in ("America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/Madrid"):
        yield Office(
            name=f"quiet push in {zone}",
            kind="quiet",
            low=12.0,
            high=40.0,
            days=100 + 730,
            profile=rhythms.push(),
            zone=zone,
            weekdays=USUAL,
        )


def seasons() -> Iterator[Office]:
    """What comes again: the first two may be told, from the third on only what exceeds it."""
    yield Office(
        name="quiet Christmas", kind="quiet", low=4, high=12, days=100 + 730,
        seasons=(CHRISTMAS,), weekdays=USUAL,
    )  # fmt: skip
    firsts = [d for d in range(100, 100 + 426) if REMINDER.holds(_day(d))]
    for low, high in ((2.0, 8.0), (6.0, 60.0)):
        yield Office(
            name=f"reminder on each first, {low:g} and {high:g}", kind="seasons", low=low,
            high=high, days=100 + 426, seasons=(REMINDER,),
            expected=tuple(
                _may(day, 24, f"month {n}", told)
                for n, day in enumerate(firsts[:2])
                for told in ("low", "high")
            ),
        )  # fmt: skip
    aprils = [number_of(date(year, 4, 10)) for year in (2023, 2024, 2025, 2026)]
    for low, high in ((3.0, 9.0), (40.0, 120.0)):
        yield Office(
            name=f"tax month each April, {low:g} and {high:g}", kind="seasons", low=low, high=high,
            days=int(aprils[-1]) + 60, seasons=(TAX,),
            expected=tuple(
                _may(day, 21 * 24, f"April {n}", told)
                for n, day in enumerate(aprils[:2])
                for told in ("low", "high")
            ),
        )  # fmt: skip


def outages() -> Iterator[Office]:
    """One failure: 40 minutes to three weeks, on few and on many reviews."""
    plans = (  # low, high, hours, items, alarm within hours
        (0.05, 0.05, 12.0, 12, 12.0),
        (0.3, 1.0, 8.0, 15, 8.0),
        (5.0, 15.0, 3.0, 40, 3.0),
        (5.0, 15.0, 8.0, 60, 8.0),
        (5.0, 15.0, 20.0, 80, 12.0),
        (5.0, 15.0, 72.0, 150, 24.0),
        (5.0, 15.0, 240.0, 300, 48.0),
        (5.0, 15.0, 504.0, 500, 72.0),
        (60.0, 240.0, 0.67, 60, 0.67),
        (60.0, 240.0, 6.0, 150, 4.0),
        (60.0, 240.0, 72.0, 900, 12.0),
        (1000.0, 4000.0, 0.67, 150, 0.67),
        (1000.0, 4000.0, 6.0, 400, 6.0),
        (1000.0, 4000.0, 48.0, 4000, 6.0),
    )
    for low, high, hours, items, alarm in plans:
        busy = low >= 60
        yield Office(
            name=f"failure of {hours:g} h, {items} on {low:g} a day",
            kind="failure",
            low=low,
            high=high,
            days=SHORT,
            profile=rhythms.steep() if low == 1000 else rhythms.waking(),
            weekdays=USUAL,
            bursts=(Burst(day=EVENT + busy * 0.2, hours=hours, items=items),),
            expected=(_failure(EVENT + busy * 0.2, hours, alarm),),
        )


def pairs() -> Iterator[Office]:
    """Two events some days apart, for the same or for another reason."""
    for apart in (0, 1, 2, 4, 7, 9, 14):
        for theme in ("policy", "outage"):
            same = theme == "outage"
            later = EVENT + max(apart, 0.3)
            if same and apart > 7:
                continue  # nobody can say whether those are one
            yield Office(
                name=f"two events {apart} days apart, {'same' if same else 'other'} reason",
                kind="waves" if same else "pair",
                low=4.0,
                high=12.0,
                days=190,
                texts=True,
                bursts=(
                    Burst(day=EVENT, hours=8, items=50),
                    Burst(day=later, hours=12, items=70, theme=theme),
                ),
                expected=(
                    _failure(EVENT, 8, 8, "first"),
                    _failure(later, 12, 12, "first" if same else "second"),
                ),
            )


def waves() -> Iterator[Office]:
    """One event in several waves."""
    for gap in (1, 3):
        days = [EVENT + gap * n for n in range(4)]
        yield Office(
            name=f"four waves of one event, each {gap} days", kind="waves", low=4, high=12,
            days=190, texts=True,
            bursts=tuple(Burst(day=day, hours=6, items=50) for day in days),
            expected=tuple(_failure(day, 6, 6, "first") for day in days),
        )  # fmt: skip


def fadings() -> Iterator[Office]:
    """What stops. Told within four times the usual gap: that which chance exceeds once a month."""
    two = (("google_play", 0.5), ("app_store", 0.5))
    plans: tuple[tuple[str, float, float, Change, float], ...] = (
        ("five stars from twenty to two a day", 4, 20, _stop(60, 0.1, stars="high"), 48),
        ("five stars from 200 to twenty a day", 30, 200, _stop(60, 0.1, stars="high"), 24),
        ("five stars from four a day to none", 1, 4, _stop(60, 0.0, stars="high"), 168),
        ("no reviews for 21 days, twenty a day", 5, 15, _stop(21, 0.0), 24),
        ("no reviews for 21 days, three a day", 1, 2, _stop(21, 0.0), 96),
        ("no reviews for four days, 5,000 a day", 1000, 4000, _stop(4, 0.0), 12),
        ("no reviews for 300 days, two a month", 0.03, 0.04, _stop(300, 0.0), 24 * 75),
        ("one of two stores stops", 4, 12, _stop(40, 0.0, store="app_store"), 72),
        ("low stars stop at a repair", 20, 40, _stop(60, 0.05, stars="low"), 48),
    )
    for name, low, high, change, within in plans:
        yield Office(
            name=name, kind="fading", low=low, high=high,
            days=int(change.until) if change.until > SHORT else SHORT, weekdays=USUAL,
            stores=two if change.store else (("google_play", 1.0),), changes=(change,),
            expected=(
                Expected(day=EVENT, hours=(change.until - EVENT) * 24, alarm_hours=within,
                         told="fewer", onset_hours=max(24.0, within / 2)),
                _may(change.until, 48, "back", "high"), _may(change.until, 48, "back", "low"),
            ),
        )  # fmt: skip


def declines() -> Iterator[Office]:
    """Low stars from one in eight to two in three, over some months, and then they stay so."""
    for level, months in ((4.0, 3), (16.0, 6), (160.0, 3)):
        begin, end, days = 400.0, 400.0 + 30 * months, 400 + 30 * months + 240
        low, high = 0.13 * level, 0.87 * level
        yield Office(
            name=f"from 13 % to 67 % low stars in {months} months, {level:g} a day",
            kind="decline", low=low, high=high, days=days, past=300,
            changes=(
                Change(day=begin, until=end, times=5.2, stars="low", gradual=True),
                Change(day=begin + 15 * months, until=days, times=0.4, stars="high"),
            ),
            expected=(
                Expected(
                    day=end, hours=(days - end) * 24, alarm_hours=0, told="slow", event="slow"
                ),
                *(_may(day, 30 * 24, f"step {n}", told)
                  for n, day in enumerate(range(int(begin), days, 30))
                  for told in ("low", "fewer")),
            ),
        )  # fmt: skip


def rest() -> Iterator[Office]:
    """A relaunch after a year, praise, and failures beside what comes each day or year."""
    gone, back = 120.0, 485.0
    yield Office(
        name="relaunch after a year without reviews", kind="relaunch", low=2, high=6, days=620,
        changes=(Change(day=gone, until=back, times=0.0),),
        bursts=(Burst(day=back + 0.4, hours=96, items=160, low=0.4, fading=True),),
        expected=(
            _may(gone, 365 * 24, "gone", "fewer"),
            Expected(day=back, hours=28 * 24, alarm_hours=48, told="high", onset_hours=24),
        ),
    )  # fmt: skip
    yield Office(
        name="a week of praise", kind="praise", low=2, high=8, days=SHORT,
        bursts=(Burst(day=EVENT, hours=72, items=120, low=0.02, fading=True),),
        expected=(Expected(day=EVENT, hours=72, alarm_hours=24, told="high", end_hours=7.2),),
    )  # fmt: skip
    eve = number_of(date(2022, 12, 24)) + 0.6
    yield Office(
        name="failure at Christmas", kind="failure", low=4, high=12, days=170, past=100,
        seasons=(CHRISTMAS,), bursts=(Burst(day=eve, hours=10, items=40),),
        expected=(_failure(eve, 10, 10),),
    )  # fmt: skip
    at = 150 + 18.1 / 24
    yield Office(
        name="failure at the hour of the push", kind="failure", low=6, high=40, days=SHORT,
        profile=rhythms.push(), bursts=(Burst(day=at, hours=6, items=50),),
        expected=(_failure(at, 6, 6),),
    )  # fmt: skip
    due = number_of(date(2025, 4, 15)) + 0.5
    yield Office(
        name="failure in the third tax month", kind="failure", low=6, high=18,
        days=int(due) + 60, past=int(due) - 20, seasons=(TAX,),
        bursts=(Burst(day=due, hours=10, items=150),), expected=(_failure(due, 10, 8),),
    )  # fmt: skip


def _failure(day: float, hours: float, alarm: float, event: str = "event") -> Expected:
    near = max(2.0, hours / 10)
    return Expected(
        day=day, hours=hours, alarm_hours=alarm, onset_hours=near, end_hours=near, event=event
    )


def _may(day: float, hours: float, event: str, told: str) -> Expected:
    kind = {"low": "low", "high": "high", "fewer": "fewer"}[told]
    return Expected(
        day=day,
        hours=hours,
        alarm_hours=hours,
        told=kind,
        event=event,
        may=True,  # type: ignore[arg-type]
    )


def _stop(days: float, times: float, **of: str) -> Change:
    return Change(day=EVENT, until=EVENT + days, times=times, **of)  # type: ignore[arg-type]


def _day(number: int) -> date:
    return date.fromordinal(rhythms.START.toordinal() + number)
