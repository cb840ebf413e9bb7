"""What a person reads first of an incident, each a sentence: what most of the reviews say, how fast
they come, what the stores show. The same for the page, the brief and the alerts."""

from dataclasses import dataclass
from datetime import datetime

from analysis.incidents.cause import speaks_for
from analysis.incidents.pace import Pace, pace
from analysis.incidents.shown_average import ShownAverage, shown_averages
from analysis.records import GivenReason, Incident
from analysis.words.evidence import finding, told_count
from analysis.words.incident import counted, size
from collector.store import Store
from collector.text.plain_text import plain
from dashboard.incident.incident_texts import is_told
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

MOST, MANY = 0.5, 0.25  # shares of the reviews that have words
ALSO = 0.05
DOES_NOT_WORK = ("crash", "server", "login")
LONGEST_EXCERPT = 240


@dataclass(frozen=True, slots=True)
class Glance:
    """What was counted for the first look at an incident."""

    pace: Pace | None
    shown: list[ShownAverage]


NOTHING = Glance(None, [])


def glance(store: Store, incident: Incident, now: datetime) -> Glance:
    """Counts what the first look needs; of a reading as of a past moment nothing later."""
    now = min(now, incident.as_of or now)
    return Glance(pace(store, incident, now), shown_averages(store, incident, now))


def they_say(incident: Incident, words: Wording, smallest: int = 0) -> str:
    """What most of them give as their reason, and others; nothing where hardly any agree."""
    given = sorted(incident.reasons, key=lambda one: (-one.reviews, one.reason))
    if not given or given[0].share < ALSO or given[0].reviews < smallest:
        return ""
    first, least = given[0], max(smallest, 2)
    rest = [one for one in given[1:3] if one.share >= ALSO and one.reviews >= least]
    return words(
        "glance-say",
        share="most" if first.share > MOST else "many" if first.share >= MANY else "some",
        gives=words(f"gives-{first.reason}"),
        count=words.number(first.reviews),
        all=words.number(_all(first)),
        others=words.listing([_other(one, words) for one in rest]) if rest else "none",
    )


def how_many(incident: Incident, words: Wording) -> str:
    """60 low-star reviews; of what stays away: what."""
    n, _ = size(incident)
    return words("glance-what", kind=counted(incident), n=n, count=words.number(n))


def subject_reason(incident: Incident, words: Wording) -> str:
    """The same for the subject of an alert; nothing where not even half of them agree."""
    first = max(incident.reasons, key=lambda one: one.reviews, default=None)
    if first is None or first.share <= MOST:
        return ""
    return words("glance-subject", gives=words(f"gives-{first.reason}"))


def how_fast(found: Glance, words: Wording, smallest: int = 0) -> str:
    """The last hour, the busiest one, and whether it grows."""
    speed = found.pace
    if speed is None or speed.peak < max(smallest, 2):
        return ""
    peak = words("glance-peak", count=words.number(speed.peak), at=words.moment(speed.peak_at))
    if speed.last_hour is None:
        return f"{peak}."
    return words(
        "glance-pace",
        count=_told(speed.last_hour, words, smallest),
        until=words.moment(speed.until),
        peak=f"{peak[:1].lower()}{peak[1:]}",
        trend=speed.trend or "steady",
    )


def stores_show(found: Glance, words: Wording) -> str:
    """The average beside the app in each store, before and now."""
    if not found.shown:
        return ""
    return words("glance-stores", stores=words.listing([_shown(one, words) for one in found.shown]))


def because(incident: Incident, words: Wording, smallest: int = 0) -> str:
    """The first point that speaks for the reading; nothing where it is undetermined."""
    if incident.cause == "undetermined":
        return ""
    cause = incident.cause
    points = [
        e for e in incident.evidence if speaks_for(cause, e.signal, e.speaks_for) and is_told(e)
    ]
    return finding(points[0], words, smallest, incident.items) if points else ""


def was_it_down(incident: Incident, words: Wording, smallest: int = 0) -> str:
    """How many say that the app does not work; the app itself is not looked at."""
    if incident.direction in ("positive", "fewer") or incident.where == "social":
        return ""
    found = [one for one in incident.reasons if one.reason in DOES_NOT_WORK]
    if not found:
        return words("glance-down-none") if incident.reasons else ""
    said = [_other(one, words, smallest) for one in found]
    return words("glance-down", said=words.listing(said), all=words.number(_all(found[0])))


def quotes(incident: Incident, words: Wording, most: int) -> list[tuple[str, str]]:
    """Excerpts, and what they show; one that disagrees comes last."""
    shows = "excerpt-shows-post" if incident.where == "social" else "excerpt-shows"
    chosen = sorted(incident.excerpts, key=lambda one: one.reason is None)[:most]
    differing = [one for one in incident.excerpts if one.reason is None][:1]
    if most > 1 and differing and differing[0] not in chosen:
        chosen[-1:] = differing
    return [
        (
            f"“{plain(one.text, LONGEST_EXCERPT)}”",
            words(shows, gives=words(f"gives-{one.reason}"))
            if one.reason
            else words("excerpt-differs"),
        )
        for one in chosen
    ]


def _all(given: GivenReason) -> int:
    """How many reviews with words there are."""
    return round(given.reviews / given.share)


def _other(given: GivenReason, words: Wording, smallest: int = 0) -> str:
    gives = words(f"gives-{given.reason}")
    return words("glance-other", count=_told(given.reviews, words, smallest), gives=gives)


def _told(count: int, words: Wording, smallest: int) -> str:
    told = told_count(count, words, smallest)
    return told if isinstance(told, str) else words.number(told)


def _shown(one: ShownAverage, words: Wording) -> str:
    name = source_name(one.source, words)
    now = words.number(one.now, 1)
    if one.before is None:
        return words("glance-store-now", store=name, now=now)
    return words("glance-store", store=name, before=words.number(one.before, 1), now=now)
