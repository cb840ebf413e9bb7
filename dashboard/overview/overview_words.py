"""A situation in words: the sentence at the top of the overview, and each app's row."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import hypot
from urllib.parse import urlencode

from analysis.app_state.situation import FAILED, SHOWN_DAYS, Situation, praised
from analysis.app_state.weekly import Weekly
from analysis.records import Incident, Removal
from analysis.sentiment.score_words import Mood
from analysis.trends.panels import SCORES, STARS
from analysis.words.incident import about_expected, changed, changed_of, size, with_changed
from collector.store.apps import App
from collector.text.plain_text import plain
from dashboard.drawing import spark_lines
from dashboard.drawing.bar_links import Bar, address
from dashboard.incident.removal_words import removal
from dashboard.incident.state_words import going_on, verdict
from dashboard.overview.standing_words import standing_reason
from dashboard.words.catalogue import MISSING, Wording
from dashboard.words.markup import picture
from dashboard.words.sources import source_name

SPARK_STEP = 4.0
SPARK_HEIGHT = 46.0
FILL = {"negative": "#d55e00", "positive": "#1b7fbd"}  # as in the large charts
OF_INCIDENTS = ("reason-open", "reason-just-ended")


def top_sentence(situations: list[Situation], words: Wording) -> str:
    """The most important thing right now, in one or two sentences."""
    first = situations[0]
    more = _also(situations, words)
    if first.state == "incident" and first.incident is not None:
        return incident_sentence(first.app, first.incident, words) + more
    if first.state == "calm":
        return words("top-calm", count=len(situations))
    return words("top-one", name=plain(first.app.name, 80), reason=reason(first, words)) + more


def _also(situations: list[Situation], words: Wording) -> str:
    """What else is not calm, counted."""
    rest = Counter(s.state for s in situations[1:])
    said = [
        words(f"top-also-{state}", count=rest[state])
        for state in ("incident", "watch", "silent")
        if rest[state]
    ]
    return " " + words("top-also", states=words.listing(said)) if said else ""


def incident_sentence(app: App, incident: Incident, words: Wording) -> str:
    """What is going on with one app."""
    count, usual = size(incident)
    talk = "talk-" if incident.where == "social" else ""
    return words(
        f"top-incident-{talk}{incident.direction}",
        name=plain(app.name, 80),
        count=count,
        expected=about_expected(usual, words),
        changed=changed(incident, words),
        since=words.time(incident.onset_at),
        cause=verdict(incident, words),
        coordination=words(f"coordination-{incident.coordination}"),
    )


def _doubtful(incident: Incident) -> bool:
    """Whether neither "going on" nor "ended" is all that is known of an incident."""
    if incident.ended_at is not None:
        return incident.unseen_since is not None
    known = (incident.unseen_since, incident.quiet_since, incident.as_of)
    return any(moment is not None for moment in known)


def reason(situation: Situation, words: Wording) -> str:
    """Why the state is what it is."""
    s = situation
    last = s.incident
    ended = last.ended_at if last else None
    if last is not None and s.reason in OF_INCIDENTS and _doubtful(last):
        since = words.time(last.onset_at)
        return words("reason-open-but", since=since, state=going_on("state", last, words))
    if s.standing.state == "not judged":
        return standing_reason(s.standing, words)
    slow = s.slow
    return words(
        s.reason,
        kind=slow.kind if slow else "low-more",
        months=slow.months if slow else 0,
        rate=words.number(slow.a_day if slow else None, 1),
        was=words.number(slow.was if slow else None, 1),
        low=words.number(s.last_day.get("negative", 0)),
        usual=words.number(s.usual_low.high if s.usual_low else None),
        since=words.time(last.onset_at) if last else MISSING,
        ended=words.time(ended),
        failed=words.time(s.failed.at if s.failed else None),
        share=words.percent(s.slow.share if s.slow else None),
        before=words.percent(s.slow.usual if s.slow else None),
    )


@dataclass(frozen=True, slots=True)
class SparkBar:
    """One day of the small chart, in units of its picture. unseen: nobody looked."""

    x: float
    height: float
    unseen: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The usual range of the small chart."""

    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Spark:
    """The small chart's geometry."""

    width: float
    bars: list[SparkBar]
    band: Band | None


@dataclass(frozen=True, slots=True)
class SparkDay:
    """A day that leads to its reviews: place in percent, label, address of the explore page."""

    left: float
    width: float
    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppRow:
    """Every text of one app's row on the overview."""

    name: str
    simulated: bool
    state: str
    state_word: str
    reason: str
    stars: str
    stars_change: str
    stars_line: str
    stars_line_alt: str
    shop_stars: str
    day_label: str
    day_total: str
    day_groups: list[tuple[str, str]]
    day_changed: str
    day_usual: str
    removed: list[str]
    spark: str
    spark_label: str
    spark_alt: str
    spark_days: list[SparkDay]
    spark_scale: str
    spark_from: str
    spark_to: str
    sentiment: str
    sentiment_line: str
    sentiment_line_alt: str
    sentiment_mean: str
    sentiment_change: str
    data_lines: list[str]
    sources: str


def app_row(situation: Situation, words: Wording) -> AppRow:
    """Every text of one app's row."""
    s = situation
    change = None if s.stars is None or s.stars_before is None else s.stars - s.stars_before
    reviews = sum(n for group, n in s.last_day.items() if group != "post")
    mark = "praise" if praised(s) else s.state
    return AppRow(
        name=s.app.name,
        simulated=s.app.simulated,
        state=mark,
        state_word=words("state-failed" if s.reason == FAILED else f"state-{mark}"),
        reason=reason(s, words),
        stars=words.number(s.stars, 1),
        stars_change=words("row-change", change=words.signed(change))
        if change is not None
        else words("row-no-change"),
        stars_line=_line(s.stars_weekly, STARS),
        stars_line_alt=_line_alt(s.stars_weekly, words("overview-stars-weekly"), words),
        shop_stars=_shop_stars(s, words),
        day_label=words("row-day-live")
        if s.live
        else words("row-day-history", until=words.time(s.as_of)),
        day_total=words.number(reviews) if s.as_of and not _unseen(s, reviews) else MISSING,
        day_groups=_groups(s, words),
        day_changed=changed_of(s.last_day_changed, words),
        day_usual=_usual(s, words),
        removed=[_removed(one, words) for one in s.removals],
        spark=picture("spark.svg", bars=spark(s), fill=FILL[s.drawn]),
        spark_label=words(f"overview-spark-{s.drawn}"),
        spark_alt=_spark_alt(s, words),
        spark_days=spark_days(s, words),
        spark_scale=words(
            "row-spark-scale",
            most=words.number(max(s.daily, default=0)),
            usual=words.number(s.usual_drawn.high if s.usual_drawn else None),
        )
        if s.as_of
        else "",
        spark_from=words("row-days-ago", count=SHOWN_DAYS),
        spark_to=words.day(s.as_of) if s.as_of else MISSING,
        sentiment=words("lean-" + (s.sentiment.lean if s.sentiment else "unread")),
        sentiment_line=_line(s.sentiment_weekly, SCORES),
        sentiment_line_alt=_line_alt(
            s.sentiment_weekly, words("overview-sentiment-weekly"), words, digits=2
        ),
        sentiment_mean=mood_sentence(s.sentiment, words),
        sentiment_change=_mood_change(s, words),
        data_lines=_data(s, words),
        sources=", ".join(source_name(source, words) for source in s.sources),
    )


def mood_sentence(mood: Mood | None, words: Wording) -> str:
    """The mean with its uncertainty and the number of texts that it rests on."""
    if mood is None:
        return words("mood-none")
    counts = {"texts": mood.texts, "items": mood.items}
    mean = words.signed(mood.mean, 2)
    if mood.margin is None:
        return words("mood-mean", mean=mean, **counts)
    return words("mood-mean-margin", mean=mean, margin=words.number(mood.margin, 2), **counts)


def _line(weekly: Weekly | None, scale: tuple[float, float]) -> str:
    """The address of the small line; empty where no week has a mean."""
    if weekly is None or all(value is None for value in weekly.value):
        return ""
    return spark_lines.address(weekly.value, weekly.low, weekly.high, scale)


def _line_alt(weekly: Weekly | None, title: str, words: Wording, digits: int = 1) -> str:
    """Its weeks in words, the oldest first."""
    if weekly is None:
        return title
    told = ", ".join(words.number(value, digits) for value in weekly.value)
    return words("overview-weekly-alt", title=title, weeks=told)


def _removed(one: Removal, words: Wording) -> str:
    """When many reviews vanished, and of which stars."""
    return words("row-removed", when=words.time(one.at), what=removal(one, words))


def _mood_change(s: Situation, words: Wording) -> str:
    """How the mean moved, with the uncertainty of both means."""
    if s.sentiment is None or s.sentiment_before is None:
        return words("row-no-change")
    margin, before = s.sentiment.margin, s.sentiment_before.margin
    if margin is None or before is None:
        return words("mood-change-unsure")
    change = words.signed(s.sentiment.mean - s.sentiment_before.mean, 2)
    return words("mood-change", change=change, margin=words.number(hypot(margin, before), 2))


def spark(situation: Situation) -> Spark:
    """Geometry of the small chart: one bar for 24 hours, the usual range as a band."""
    high = situation.usual_drawn.high if situation.usual_drawn else 0.0
    top = max([*situation.daily, high, 1.0])
    bars = [
        SparkBar(
            x=round(n * SPARK_STEP + 0.4, 2),
            height=round(max(count / top * SPARK_HEIGHT, 1.2), 2) if count else 0,
            unseen=unseen and not count,
        )
        for n, (count, unseen) in enumerate(zip(situation.daily, situation.unseen, strict=True))
    ]
    height = round(max(high / top * SPARK_HEIGHT, 1.0), 2)
    band = Band(round(51 - height, 2), height) if situation.usual_drawn else None
    return Spark(SHOWN_DAYS * SPARK_STEP, bars, band)


def spark_days(situation: Situation, words: Wording) -> list[SparkDay]:
    """The days of the small chart with such reviews: place in percent, label, explore address."""
    s = situation
    if s.as_of is None:
        return []
    end = -(-s.as_of.timestamp() // 3600) * 3600  # the days end on a full hour
    found = []
    for n, (count, changed_ones) in enumerate(zip(s.daily, s.daily_changed, strict=True)):
        if not count:
            continue
        until = datetime.fromtimestamp(end, UTC) - timedelta(days=len(s.daily) - 1 - n)
        bar = Bar(s.app.key, s.drawn, until - timedelta(days=1), until)
        reader = {"lang": words.lang, "tz": words.zone.key}
        ends = {"from": words.clock(bar.since), "to": words.clock(bar.until)}
        found.append(
            SparkDay(
                left=round(100 * n / len(s.daily), 3),
                width=round(100 / len(s.daily), 3),
                label=with_changed(
                    words("chart-bar", **ends, count=words.number(count)), changed_ones, words
                ),
                address="explore?" + urlencode({**address(bar), **reader}, doseq=True),
            )
        )
    return found


def _shop_stars(s: Situation, words: Wording) -> str:
    if s.shop_stars is None:
        return ""
    stars = words.number(s.shop_stars, 1)
    if s.shop_stars_before is None:
        return words("row-store-stars", stars=stars)
    before = words.number(s.shop_stars_before, 1)
    return words("row-store-stars-before", stars=stars, before=before)


def _groups(s: Situation, words: Wording) -> list[tuple[str, str]]:
    if not s.as_of or _unseen(s, sum(s.last_day.values())):
        return []
    return [
        (group, words(f"row-{group}", count=s.last_day.get(group, 0)))
        for group in ("negative", "middle", "positive")
    ]


def _unseen(s: Situation, items: int) -> bool:
    """Whether none came in the last 24 hours only because nobody looked."""
    return not items and bool(s.unseen) and s.unseen[-1]


def _usual(s: Situation, words: Wording) -> str:
    if s.usual_all is None:
        return words("row-usual-unknown") if s.as_of else ""
    return words(
        "row-usual", low=words.number(s.usual_all.low), high=words.number(s.usual_all.high)
    )


def _spark_alt(s: Situation, words: Wording) -> str:
    return words(
        f"row-spark-alt-{s.drawn}",
        days=SHOWN_DAYS,
        most=words.number(max(s.daily, default=0)),
        last=words.number(s.daily[-1] if s.daily else 0),
        usual=words.number(s.usual_drawn.high if s.usual_drawn else None),
    )


def _data(s: Situation, words: Wording) -> list[str]:
    lines = [words("row-newest", time=words.time(s.newest))]
    if s.polled is not None:
        lines.append(words("row-polled", time=words.time(s.polled)))
    elif s.newest is not None:
        lines.append(words("row-imported"))
    if s.next_due is not None and s.live:
        lines.append(words("row-next", time=words.time(s.next_due)))
    if s.failing:
        names = words.listing([source_name(source, words) for source in s.failing])
        lines.append(words("row-failing", sources=names))
    if s.waiting_hours:
        lines.append(words("row-waiting", count=s.waiting_hours))
    return lines
