"""The parts of one run of a source -> one RunReport."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from collector.end_codes import of_parts, reason
from collector.polling.due import next_due
from collector.polling.marks import PartResult
from collector.records import Outcome, RunReport
from collector.sources import Source
from collector.store import Store
from collector.times import to_iso

LEAST_TOTALS = 20
"""Ratings from which on an empty list of reviews is suspicious."""
TOLERATED = timedelta(days=1)
"""A list may be empty for so long without being a failure: Apple's feeds come and go."""


def report(
    app: str,
    source: Source,
    results: Sequence[PartResult],
    *,
    started_at: datetime,
    ended_at: datetime,
    requests: int,
    ratings: int,
    empty_since: datetime | None = None,
) -> RunReport:
    """What a run saw. ratings: the largest rating count that the store itself gave in this run.
    empty_since: since when a list has been empty that should not be; a day later that is a failure.

    Coverage is that of the parts that could be read; `partial` says that others could not, so that
    counts are lower bounds.
    """
    items = [r for r in results if r.part.reads == "items"]
    outcome, why = conclude(source, results, ratings)
    if outcome == "suspect_empty" and empty_since is not None:
        outcome, why = _empty(source, results, empty_since, ended_at, why)
    spans = [
        (r.covered_from, r.covered_to)
        for r in _telling(source, items)
        if r.covered_from is not None and r.covered_to is not None
    ]
    covered_from = max((a for a, _ in spans), default=None)
    covered_to = min((b for _, b in spans), default=None)
    nothing = outcome == "suspect_empty" or (empty_since is not None and not spans)
    if nothing or (covered_from and covered_to and covered_from > covered_to):
        covered_from = covered_to = None
    return RunReport(
        app=app,
        source=source.name,
        started_at=started_at,
        ended_at=ended_at,
        outcome=outcome,
        stop_reason=why,
        covered_from=covered_from,
        covered_to=covered_to,
        new=sum(r.new for r in results),
        changed=sum(r.changed for r in results),
        seen=sum(r.seen for r in results),
        bad=sum(r.bad for r in results),
        requests=requests,
        cost_usd=sum(r.cost_usd for r in results),
        next_due_at=next_due(source, results, ended_at),
    )


def _telling(source: Source, items: Sequence[PartResult]) -> Sequence[PartResult]:
    """The parts that say since when a run saw its source.

    A storefront or language that lists nothing, and never did, was read as far back as the others.
    """
    empty = [
        source.tells_gone and r.outcome == "ok" and not r.seen and not r.had_mark for r in items
    ]
    told = [r for r, nothing in zip(items, empty, strict=True) if not nothing]
    return told if any(r.covered_from for r in told) else items


def conclude(source: Source, results: Sequence[PartResult], ratings: int) -> tuple[Outcome, str]:
    """Outcome of a run and why it stopped.

    An empty storefront beside others that answered, and that was always empty, is nothing to
    report; one that had items before is a failure of that part.
    """
    outcomes = {r.outcome for r in results}
    suspects = [r for r in results if r.outcome == "suspect_empty"]
    answered = [r for r in results if r.part.reads == "items" and r.outcome in ("ok", "truncated")]
    broken = [r for r in results if r.outcome in ("failed", "partial")]
    if suspects and (answered or broken):
        broken += [r for r in suspects if r.had_mark]
    if outcomes == {"failed"}:
        return "failed", _words(results)
    if broken:
        return "partial", _words(broken)
    if suspects and not answered:
        return "suspect_empty", _words(suspects)
    cut = [r for r in results if r.outcome == "truncated"]
    if cut:
        return "truncated", _words(cut)
    seen = sum(r.seen for r in results)
    if source.tells_gone and not seen and ratings >= LEAST_TOTALS:
        return "suspect_empty", reason("failed-empty-counted", count=ratings)
    return "ok", _words([r for r in results if r.part.reads == "items"] or results)


def _empty(
    source: Source,
    results: Sequence[PartResult],
    since: datetime,
    now: datetime,
    why: str,
) -> tuple[Outcome, str]:
    """A list that was full once and has been empty for a day is a part that failed."""
    known = any(r.had_mark for r in results if r.outcome == "suspect_empty")
    if not known or now - since < TOLERATED:
        return "suspect_empty", why
    return "partial", reason("failed-empty-since", place=source.title, since=to_iso(since))


def _words(results: Sequence[PartResult]) -> str:
    reasons = {r.stop_reason for r in results}
    if len(reasons) == 1:
        return reasons.pop()
    return of_parts([(r.part.key, r.stop_reason) for r in results])


def write(store: Store, source: Source, finished: RunReport, results: Sequence[PartResult]) -> None:
    """Writes a run's report, with what each part of it was."""
    problems = [(r.part.key, r.stop_reason) for r in results if r.error is not None]
    store.runs.write(
        finished,
        message=of_parts(problems) if problems else None,
        details={r.part.key: r.details() for r in results},
    )
    if source.tells_gone:
        _note_seen(store, finished, results)
    store.runs.join_old(finished.app, source.name, finished.started_at)


def _note_seen(store: Store, finished: RunReport, results: Sequence[PartResult]) -> None:
    """What each storefront or language was seen for, where a source has several."""
    for r in results:
        code = r.part.lang or r.part.country
        if r.part.reads != "items" or code is None:
            continue
        if r.covered_from is None or r.covered_to is None:
            continue
        store.part_spans.note(
            finished.app,
            finished.source,
            r.part.key,
            place="lang" if r.part.lang else "country",
            code=code,
            known=finished.ended_at,
            seen=(r.covered_from, r.covered_to),
            cut=r.outcome != "ok",
        )
