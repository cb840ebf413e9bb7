"""An incident in the reader's words: the same for the page, the report and the alerts."""

from dataclasses import dataclass
from datetime import timedelta

from analysis.evidence.details import weighed
from analysis.incidents import file_cut
from analysis.incidents.cause import speaks_against, speaks_for
from analysis.records import Evidence, Incident
from analysis.words import evidence as evidence_words
from analysis.words.incident import (
    by_chance,
    changed_in,
    changed_of,
    counted,
    expected,
    sentence,
    size,
    span,
    what_happened,
)
from analysis.words.summary import posts_unread
from collector.text.plain_text import plain
from dashboard.incident import state_words, tail_and_waves
from dashboard.incident.around import Around
from dashboard.incident.near_onset import to_be_read
from dashboard.words.catalogue import Wording
from dashboard.words.sources import source_name

COORDINATION_STEPS = ("not_testable", "none_seen", "some", "strong")
MOST_POINTS = 3
SIGN = "coordination"
A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What speaks for a cause and against it, what could not be tested, what would change it.

    coordination: what its signs mean, with the points that they rest on, two reviews side by side,
    and what speaks against it.
    """

    speaks_for: list[str]
    against: list[str]
    untested: str
    change: str
    coordination: str
    coordination_points: list[str]
    coordination_quotes: list[str]
    coordination_against: list[str]


def option(incident: Incident, words: Wording) -> str:
    """An incident in a list."""
    talk = incident.where == "social"
    return words(
        "incident-option",
        onset=words.day(incident.onset_at),
        direction=words(f"direction-{counted(incident) if talk else incident.direction}"),
        count=size(incident)[0],
        cause=words(f"cause-{incident.cause}"),
    )


def headline(incident: Incident, name: str, words: Wording, smallest: int = 0) -> str:
    """What happened, in one sentence with the reader's time; no count below `smallest`."""
    onset, end = incident.onset_at, incident.ended_at
    state = state_words.going_on("headline", incident, words)
    said = what_happened(
        incident,
        plain(name, 120),
        _told_items(incident, words, smallest),
        span(words.time(onset), None if end is None else words.time(end), words),
        words,
        smallest,
    )
    more = tail_and_waves.sentences(incident, words, smallest)
    return " ".join(part for part in (f"{said}.", state, *more) if part)


def _told_items(incident: Incident, words: Wording, smallest: int) -> str:
    told = evidence_words.told_count(size(incident)[0], words, smallest)
    return told if isinstance(told, str) else words.number(told)


def facts(incident: Incident, words: Wording, smallest: int = 0) -> list[tuple[str, str, str]]:
    """What a reader looks for first: label, value, remark. No count below `smallest`."""
    before, during = incident.rating_before, incident.rating_during
    return [
        (
            words("fact-posts" if incident.where == "social" else "fact-volume"),
            words(
                "fact-volume-value",
                count=_told_items(incident, words, smallest),
                expected=expected(size(incident)[1], words),
            ),
            _above(incident, words, smallest),
        ),
        (
            words("fact-stars"),
            f"{words.number(before, 1)} → {words.number(during, 1)}",
            _basis(before, during, words),
        ),
        *_said(incident, words, smallest),
        (words("fact-alarm"), words.time(incident.alarmed_at), _after(incident, words)),
        (
            words("fact-state"),
            state_words.going_on("state", incident, words),
            words.listing([source_name(s, words) for s in incident.sources]),
        ),
        (words("fact-coverage"), words(f"coverage-{coverage(incident)}"), ""),
    ]


def _said(incident: Incident, words: Wording, smallest: int) -> list[tuple[str, str, str]]:
    """How many people said it outside the stores, and how far one thing was passed on."""
    if incident.where == "stores" or incident.people is None or incident.posts is None:
        return []
    people, said, reach = (
        words.number(told) if isinstance(told, int) else told
        for told in (
            evidence_words.told_count(one or 0, words, smallest)
            for one in (incident.people, incident.conversations, incident.reach)
        )
    )
    posts = words(
        "fact-talk-posts",
        count=words.number(incident.posts),
        expected=expected(incident.expected_posts or 0.0, words),
    )
    remark = words("fact-talk-reach", reach=reach) if (incident.reach or 0) > 1 else ""
    return [
        (
            words("fact-talk"),
            words("fact-talk-value", people=people, said=said),
            posts if incident.where == "both" else remark,
        )
    ]


def _after(incident: Incident, words: Wording) -> str:
    """How long after the onset it alarmed, and how long before that talk of it had."""
    alarm, talk = incident.alarmed_at, incident.talk_alarmed_at
    delay = max(alarm - incident.onset_at, timedelta(0))
    after = (
        words("fact-alarm-same")
        if delay < A_MINUTE
        else words("fact-alarm-after", length=words.length(delay))
    )
    if incident.where != "both" or talk is None or alarm - talk < A_MINUTE:
        return after
    return words("fact-alarm-before", after=after, length=words.length(alarm - talk))


def _above(incident: Incident, words: Wording, smallest: int) -> str:
    """How many are changed opinions, how many more than usual, how often chance does that."""
    said = words("fact-volume-chance", chance=by_chance(incident.recurrence_days, words))
    count, usual = size(incident)
    above = round(count - usual)
    if above >= max(smallest, 1):
        said = words("fact-volume-above", above=words.number(above), chance=said)
    fewer = incident.direction == "fewer"
    moved = "" if fewer else changed_of(changed_in(incident), words, smallest)
    return f"{moved}; {said}" if moved else said


def _basis(before: float | None, during: float | None, words: Wording) -> str:
    """The change in stars, or that too few came before to tell it."""
    if during is None:
        return ""
    if before is None:
        return words("fact-stars-few")
    return words("fact-stars-basis", change=words.signed(during - before))


def coverage(incident: Incident) -> str:
    """`coverage`, or for what no poll watched what it rests on."""
    if file_cut.cut_of(incident) is not None:
        return file_cut.NAME
    basis: str = incident.coverage_basis
    known = incident.coverage != "complete" or basis == "polled"
    return str(incident.coverage) if known else basis


def causes(incident: Incident, words: Wording) -> list[tuple[str, float, str, bool]]:
    """Each cause with its probability, likeliest first; True where it is the reading."""
    chosen = incident.cause
    shares = dict(incident.causes)
    shares = shares or {chosen: incident.cause_probability or 0.0}
    ranked = sorted(shares.items(), key=lambda c: (c[0] != chosen, -c[1], c[0]))
    return [
        (words(f"cause-{cause}"), share, words.percent(share), cause == chosen)
        for cause, share in ranked
    ]


def verdict(incident: Incident, words: Wording) -> str:
    """The reading in a few words; undetermined has no probability of its own."""
    return state_words.verdict(incident, words)


def steps(incident: Incident, words: Wording) -> list[tuple[str, bool]]:
    """The four steps of the signs of coordination, and which one holds."""
    return [
        (words(f"coordination-{step}"), step == incident.coordination)
        for step in COORDINATION_STEPS
    ]


def reading(
    incident: Incident,
    words: Wording,
    smallest: int = 0,
    around: Around | None = None,
) -> Reasons:
    """What speaks for the cause, what against it, and what would change it.

    smallest: counts of people below it are not told (shared output).
    around: what happened near the onset; what could speak against it is named.
    """
    cause = incident.cause
    signals = incident.evidence
    for_it = [
        _point(e, incident, words, smallest)
        for e in signals
        if speaks_for(cause, e.signal, e.speaks_for) and cause != "undetermined" and is_told(e)
    ]
    against = [
        _point(e, incident, words, smallest)
        for e in signals
        if speaks_against(cause, e.signal, e.speaks_for) and is_told(e)
    ]
    near = to_be_read(incident, around, words) if around else []
    untested = sum(e.value is None for e in signals)
    return Reasons(
        speaks_for=for_it[:MOST_POINTS] or [words("nothing-for")],
        against=[*(against[:MOST_POINTS] or [words("nothing-against")]), *near],
        untested=words("untested", count=untested) if untested else "",
        change=sentence(words(f"change-{cause}")),
        coordination=_signs_say(incident, words),
        coordination_points=[
            _point(e, incident, words, smallest) for e in signals if e.speaks_for == "coordination"
        ][:MOST_POINTS],
        coordination_quotes=_signs_quote(incident),
        coordination_against=_against_signs(incident, words, smallest),
    )


def _signs_say(incident: Incident, words: Wording) -> str:
    said: str = words(f"coordination-say-{incident.coordination}")
    return f"{said} {words('coordination-no-posts')}" if posts_unread(incident) else said


def _signs_quote(incident: Incident) -> list[str]:
    """Two reviews with the wording that most share; nothing where none is shared."""
    quotes = [e.details.get("quotes", []) for e in incident.evidence if e.speaks_for == SIGN]
    return [f"“{plain(one, 240)}”" for one in next(filter(None, quotes), [])]


def _against_signs(incident: Incident, words: Wording, smallest: int) -> list[str]:
    """What speaks against coordination where there are signs of it."""
    if incident.coordination not in ("some", "strong"):
        return []
    said = []
    for e in incident.evidence:
        told = evidence_words.values(e, words, smallest, incident.items)
        if e.signal == "one_text" and e.details.get("own_words"):
            said.append(words("coordination-against-own", **told))
        if e.signal == "trigger" and e.speaks_for is None and told.get("candidates"):
            said.append(words("coordination-against-day", candidates=told["candidates"]))
    return said


def is_told(evidence: Evidence) -> bool:
    """False for what came before where all of it stands on the other side."""
    return evidence.signal != "trigger" or bool(weighed(evidence))


def _point(evidence: Evidence, incident: Incident, words: Wording, smallest: int) -> str:
    return evidence_words.finding(evidence, words, smallest, incident.items)
