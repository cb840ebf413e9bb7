"""Times, the one place: UTC-aware datetimes <-> microseconds since 1970 <-> ISO 8601 text.

Inside, a moment is a UTC-aware datetime or whole microseconds since 1970 (`_us` in names); the
reader's zone is for the edge (analysis.words, dashboard.words).
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No review, post or headline of a network is older; an earlier time is a mistake."""
SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
DAY_US = 24 * HOUR_US


def now_utc() -> datetime:
    """What the clock of this machine says."""
    return datetime.now(UTC)


def plausible(*clocks: datetime | None) -> datetime | None:
    """The first of a source's clocks that shows a time at which there were networks."""
    return next((clock for clock in clocks if clock is not None and clock >= EARLIEST), None)


def to_us(moment: datetime) -> int:
    """Microseconds since 1970. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"time without a zone: {moment!r}")
    return (moment - EPOCH) // INSTANT


def from_us(value: int) -> datetime:
    """The UTC-aware datetime of microseconds since 1970."""
    return EPOCH + value * INSTANT


def to_iso(moment: datetime) -> str:
    """2020-05-31T05:48:00Z; microseconds only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """ISO 8601 with a zone -> UTC. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"time without a zone: {text!r}")
    return moment.astimezone(UTC)
