"""The page for the public: what is collected, from where, how long it is kept, how often alarms
were wrong. No text of anybody, no author, no address of a feed, no count of items from 1 to 4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.words import evidence
from collector.freshness import SourceState, source_states
from collector.importers.columns.known_exports import TABLE
from collector.settings.config import Retention, Settings
from collector.shop_sources import CONTEXT, SOCIAL
from collector.store import Store
from collector.text.plain_text import plain
from dashboard.brief.contents import K, RowTable
from dashboard.trust import alarm_record
from dashboard.words.catalogue import MISSING, Wording
from dashboard.words.markup import render
from dashboard.words.sources import source_name

PEOPLE = ("names", "masked", "forgotten", "no-list", "small")


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    """Every text of the page. A table is (head, rows)."""

    made: str
    simulated: bool
    sources: RowTable
    searched: list[str]
    kept: list[str]
    people: list[str]
    wrong: str
    alarms: RowTable


def public_page(store: Store, settings: Settings, words: Wording, now: datetime) -> str:
    """The page as HTML that loads nothing."""
    return render("public.html", words=words, p=openness(store, settings, words, now))


def openness(store: Store, settings: Settings, words: Wording, now: datetime) -> Openness:
    """What the page says. Alarms are what the tool did, not people: they are counted exactly."""
    apps = store.apps.all()
    names = {app.key: plain(app.name, 120) for app in apps}
    states = [state for state in source_states(store) if state.app in names]
    found = alarm_record.records(store, now)
    alarms = ("app", "years", "alarms", "right", "mistaken", "open", "rate")
    return Openness(
        made=words("public-made", day=words.day(now)),
        simulated=any(app.simulated for app in apps),
        sources=(
            _head(words, ("app", "source", "what", "counts", "newest", "read", "kept")),
            [_source(state, names[state.app], settings, words) for state in states],
        ),
        searched=_searched(settings, states, names, words),
        kept=_kept(settings, {state.app for state in states}, words),
        people=[words(f"public-people-{key}", k=K) for key in PEOPLE],
        wrong=alarm_record.sentence(found, settings.false_alarms_per_app_year, words),
        alarms=(_head(words, alarms), alarm_record.rows(found, names, words)),
    )


def _source(state: SourceState, name: str, settings: Settings, words: Wording) -> tuple[str, ...]:
    source = state.source
    kind = "headlines" if source in CONTEXT else "posts" if source in SOCIAL else "reviews"
    file = source == TABLE.source
    count = evidence.told_count(state.items, words, K)
    few = isinstance(count, str) or not count  # then the day would tell as much as a count
    return (
        name,
        words("public-file") if file else source_name(source, words),
        words("public-file-reviews" if file else f"public-{kind}"),
        count if isinstance(count, str) else words.number(count),
        MISSING if few else words.day(state.newest),
        words.day(state.last_run) if state.last_run else words("public-imported"),
        _kept_for(kind, state.app in settings.apps, settings.retention, words),
    )


def _kept_for(kind: str, collected: bool, retention: Retention, words: Wording) -> str:
    """How long a text is kept. Only a collection takes texts out, and only of its own apps."""
    days = {"reviews": retention.review_text_days, "posts": retention.social_text_days}
    if kind not in days:
        return words("public-no-limit")
    return words("public-days", count=days[kind]) if collected else words("public-until-removed")


def _searched(
    settings: Settings, states: Sequence[SourceState], names: dict[str, str], words: Wording
) -> list[str]:
    """What is looked for on the networks that are read, a line for each app."""
    social = {state.app for state in states if state.source in SOCIAL}
    return [
        words(
            "public-searched",
            app=names[key],
            queries=words.listing([plain(query, 200) for query in app.queries]),
        )
        for key, app in sorted(settings.apps.items())
        if key in social and app.queries
    ]


def _kept(settings: Settings, apps: set[str], words: Wording) -> list[str]:
    """What is kept, and how long, of the apps that are collected and of those that are not."""
    retention = settings.retention
    collected = [
        words("public-kept-reviews", count=retention.review_text_days),
        words("public-kept-posts", count=retention.social_text_days),
        words("public-kept-removed", count=retention.removed_days),
    ]
    return [
        *(collected if settings.apps or not apps else []),
        *([words("public-kept-imported")] if apps - settings.apps.keys() else []),
        words("public-kept-counts"),
    ]


def _head(words: Wording, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(words(f"column-{name}") for name in names)
