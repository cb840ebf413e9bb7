"""What an incident says of its swing and of its reading, be it of reviews or of talk alone."""

from collections.abc import Sequence
from datetime import datetime

from analysis.incidents import was_watched
from analysis.records import Evidence, GivenReason, Incident, Swing, Verdict
from analysis.series import Missed


def told_swing(
    app: str,
    swing: Swing,
    judged: Verdict,
    given: Sequence[GivenReason],
    signals: Sequence[Evidence],
    missed: Missed,
    now: datetime,
    *,
    incident: str,
    joined: Sequence[str],
    split_from: str | None,
    follows: tuple[str, datetime] | None,
    as_of: datetime | None,
) -> Incident:
    """The incident without what its own texts and stars say: no source, mean or excerpt yet.

    missed: what the polls of its sources could not see. The rest: as for `make_incident`.
    """
    coverage, basis = was_watched.seen(missed, swing, now)
    return Incident(
        id=incident,
        app=app,
        sources=[],
        direction=swing.direction,
        cause=judged.cause,
        cause_probability=judged.cause_probability,
        causes=judged.causes,
        coordination=judged.coordination,
        onset_at=swing.onset_at,
        alarmed_at=swing.alarmed_at,
        peak_at=swing.peak_at,
        ended_at=swing.ended_at,
        items=swing.items,
        expected_items=swing.expected_items,
        rating_before=None,
        rating_during=None,
        recurrence_days=swing.recurrence_days,
        escalations=list(swing.escalations),
        evidence=list(signals),
        phrases=[],
        coverage=coverage,
        joined=list(joined),
        split_from=split_from,
        coverage_basis=basis,
        detector=swing.detector,
        counts=swing.counts or swing.direction,
        counted_until=None if swing.ended_at else swing.hot_at,
        unseen_since=was_watched.unseen_since(missed, swing, now),
        changed_items=0,
        higher_before=0,
        lower_before=0,
        reasons=list(given),
        also=judged.also,
        as_of=as_of,
        over_at=swing.closed_at,
        waves=swing.waves,
        follows=follows[0] if follows else None,
        follows_end_at=follows[1] if follows else None,
    )
