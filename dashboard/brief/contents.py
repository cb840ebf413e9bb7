"""What the brief and the drafts say, with privacy.md's rules for shared output: no small numbers,
no author, and of what people wrote only the masked sentences that were chosen by rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis import series
from analysis.incidents.stored import stored_alarms, stored_incident
from analysis.incidents.stored_impact import incident_impact
from analysis.incidents.was_watched import as_seen
from analysis.records import Incident
from analysis.words.incident import by_chance
from collector.errors import ConfigError
from collector.store import Store
from collector.store.apps import App
from collector.text.plain_text import plain
from dashboard.brief.picture import timeline_picture
from dashboard.incident import (
    alarm_log,
    at_a_glance,
    evidence_rows,
    impact_words,
    incident_texts,
    timeline_events,
)
from dashboard.incident.around import around
from dashboard.incident.at_a_glance import Glance, glance
from dashboard.incident.timeline_chart import span_shown
from dashboard.words.catalogue import Wording

QUOTES = 4
K = 5  # the smallest number of items or people that a shared report shows

Row = tuple[str, ...]
RowTable = tuple[Row, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Section:
    """A question of the first page with its answer, and sentences that people wrote."""

    title: str
    lines: list[str]
    quotes: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Drafts:
    """Texts to edit: for the public, for those who ask, for the stores."""

    app: str
    simulated: bool
    made: str
    statement: str
    questions: list[tuple[str, str]]
    concern: str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """Every text of the brief: the first page, then the annex. A table is (head, rows)."""

    app: str
    simulated: bool
    made: str
    headline: str
    facts: list[tuple[str, str, str]]
    verdict: str
    causes: list[tuple[str, float, str, bool]]
    steps: list[tuple[str, bool]]
    reading: incident_texts.Reasons
    sections: list[Section]
    known: list[str]
    unknown: list[str]
    picture: str
    picture_alt: str
    picture_note: str
    events: RowTable
    phrases: RowTable
    evidence: RowTable
    untested: list[str]
    impact: RowTable
    impact_note: str
    log: RowTable


def contents(store: Store, incident_id: str, words: Wording, now: datetime) -> Contents:
    """Everything about one incident. Raises ConfigError for an id that the store does not have."""
    incident, name, app = _asked(store, incident_id, now)
    key = incident.app
    since, until = span_shown(incident, series.observed_until(store, key, now))
    happened = around(store, key, since, until).public()
    picture = timeline_picture(store, incident, since, until, words, smallest=K)
    impacts = incident_impact(store, incident, now)
    log = alarm_log.log_of(incident, stored_alarms(store, key))
    return Contents(
        app=name,
        simulated=app is not None and app.simulated,
        made=words("report-made", time=words.time(now), id=incident_id),
        headline=incident_texts.headline(incident, name, words, K),
        facts=incident_texts.facts(incident, words, K),
        verdict=incident_texts.verdict(incident, words),
        causes=incident_texts.causes(incident, words),
        steps=incident_texts.steps(incident, words),
        reading=incident_texts.reading(incident, words, K, happened),
        sections=sections(incident, name, glance(store, incident, now), words),
        known=known(incident, name, words),
        unknown=unknown(incident, words),
        picture=picture.address,
        picture_alt=picture.alt,
        picture_note=picture.note,
        events=(
            _head(words, "when", "kind", "what"),
            timeline_events.event_rows(timeline_events.events(incident, happened, words, K), words),
        ),
        phrases=(_head(words, "phrase", "items", "authors", "before"), _phrases(incident, words)),
        evidence=(
            _head(words, "signal", "finding", "value", "baseline", "chance", "for"),
            evidence_rows.evidence_rows(incident, words, K),
        ),
        untested=evidence_rows.untested_rows(incident, words, K),
        impact=(
            _head(
                words,
                "store",
                f"stars-before-{impacts[0].basis if impacts else 'reviews'}",
                "stars-with",
                "stars-without",
                "recovery",
            ),
            impact_words.rows(impacts, words, K),
        ),
        impact_note=words(f"impact-note-{impacts[0].basis}") if impacts else "",
        log=(_head(words, "when", "kind", "what"), alarm_log.log_rows(log, words)),
    )


def drafts(store: Store, incident_id: str, words: Wording, now: datetime) -> Drafts:
    """The drafts that go with an incident. Raises ConfigError as `contents` does."""
    incident, name, app = _asked(store, incident_id, now)
    return Drafts(
        app=name,
        simulated=app is not None and app.simulated,
        made=words("report-made", time=words.time(now), id=incident_id),
        statement=words(statement(incident), name=name),
        questions=questions(incident, name, words),
        concern=concern(incident, name, words),
    )


def sections(incident: Incident, name: str, counted: Glance, words: Wording) -> list[Section]:
    """The first page, in the order of a mayor's questions; what has no answer is left out."""
    look = at_a_glance
    said = {
        "what": [incident_texts.headline(incident, name, words, K)],
        "say": [look.they_say(incident, words, K)],
        "like": [f"{incident_texts.verdict(incident, words)}.", look.because(incident, words, K)],
        "signs": [words(f"coordination-say-{incident.coordination}"), words("attribution")],
        "stores": [look.stores_show(counted, words), _stars(incident, words)],
        "works": [look.was_it_down(incident, words, K)],
        "pace": [look.how_fast(counted, words, K)],
    }
    quoted = {"say": look.quotes(incident, words, QUOTES)}
    found = [
        Section(words(f"brief-{key}"), [line for line in lines if line], quoted.get(key, []))
        for key, lines in said.items()
    ]
    return [section for section in found if section.lines or section.quotes]


def _asked(store: Store, incident_id: str, now: datetime) -> tuple[Incident, str, App | None]:
    incident = stored_incident(store, incident_id)
    if incident is None:
        raise ConfigError(f"no incident {incident_id}; `floodgauge incidents` lists them")
    app = store.apps.get(incident.app)
    return as_seen(store, incident, now), plain(app.name if app else incident.app, 120), app


def _stars(incident: Incident, words: Wording) -> str:
    before, during = incident.rating_before, incident.rating_during
    if during is None:
        return ""
    stars = {"before": words.number(before, 1), "during": words.number(during, 1)}
    return words("known-stars-few" if before is None else "known-stars", **stars)


def known(incident: Incident, name: str, words: Wording) -> list[str]:
    """What the data show."""
    said = [incident_texts.headline(incident, name, words, K)]
    if stars := _stars(incident, words):
        said.append(stars)
    said.append(words("known-chance", chance=by_chance(incident.recurrence_days, words)))
    said.append(words(f"coverage-{incident_texts.coverage(incident)}") + ".")
    if incident.joined:
        said.append(words("known-joined", count=len(incident.joined) + 1))
    if incident.split_from:
        said.append(words("known-split"))
    return said


def unknown(incident: Incident, words: Wording) -> list[str]:
    """What the data cannot show, or not yet."""
    said = []
    if incident.cause == "undetermined":
        said.append(words("unknown-cause"))
    else:
        rest = words.percent(1 - (incident.cause_probability or 0.0))
        said.append(words("unknown-other-cause", percent=rest))
    said.append(words(f"coordination-say-{incident.coordination}"))
    said.append(words("unknown-who"))
    untested = sum(e.value is None for e in incident.evidence)
    if untested:
        said.append(words("untested", count=untested))
    if incident.ended_at is None:
        said.append(words("unknown-end"))
    return said


def questions(incident: Incident, name: str, words: Wording) -> list[tuple[str, str]]:
    """Questions to expect, each with a draft of an answer; praise raises others than complaints."""
    told = "posts" if incident.where == "social" else "reviews"
    answers = {
        "what": incident_texts.headline(incident, name, words, K),
        "why": words(
            f"answer-why-{incident.cause}",
            told=told,
            percent=words.percent(incident.cause_probability),
        ),
        "organised": words(f"answer-organised-{incident.coordination}"),
        **{key: words(f"answer-{key}") for key in _further(incident)},
    }
    return [(words(f"question-{key}", name=name), answer) for key, answer in answers.items()]


def _further(incident: Incident) -> tuple[str, ...]:
    """Questions that fit: whether reviews go is nobody's question where none came."""
    without = _without_reviews(incident)
    if incident.direction == "positive":
        return () if without else ("asked",)
    return ("safe",) if without else ("removed", "safe")


def _without_reviews(incident: Incident) -> bool:
    """Whether it is of posts alone, or of reviews that stay away."""
    return incident.where == "social" or incident.direction == "fewer"


def statement(incident: Incident) -> str:
    """The key of the draft that goes with the cause; praise is thanked for."""
    cause = incident.cause
    praise = incident.direction == "positive" and cause != "promotion"
    if praise:
        return "statement-praise-talk" if _without_reviews(incident) else "statement-praise"
    if _without_reviews(incident):
        return "statement-fewer" if incident.direction == "fewer" else "statement-talk"
    return f"statement-{cause}"


def concern(incident: Incident, name: str, words: Wording) -> str | None:
    """A draft for the shops' own forms, facts only; None where no shop has such reviews."""
    if _without_reviews(incident):
        return None
    return words(
        "concern-praise" if incident.direction == "positive" else "concern",
        name=name,
        headline=incident_texts.headline(incident, name, words, K),
        chance=by_chance(incident.recurrence_days, words),
    )


def _phrases(incident: Incident, words: Wording) -> list[Row]:
    shared = [p for p in incident.phrases if p.authors >= K and p.items >= K]
    return [
        (
            plain(p.phrase, 80),
            words.number(p.items),
            words.number(p.authors),
            words("fewer-than", k=K) if 0 < p.before_items < K else words.number(p.before_items),
        )
        for p in shared
    ]


def _head(words: Wording, *names: str) -> Row:
    return tuple(words(f"column-{name}") for name in names)
