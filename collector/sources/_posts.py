"""What the social networks share: how far back to look, how long to wait."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from collector.sources import Visit


def retained(visit: Visit, reach: timedelta = timedelta.max) -> datetime:
    """The earliest post that is wanted: within the retention and, if less, the API's reach.

    Posts beyond the retention would be purged again, so they are never asked for.
    """
    kept = timedelta(days=visit.settings.retention.social_text_days)
    return visit.now - min(kept, reach)


def look_back(visit: Visit, reach: timedelta = timedelta.max) -> datetime:
    """From where a walk starts: behind the mark, but no earlier than `retained`."""
    earliest = retained(visit, reach)
    return max(earliest, visit.read_back_to) if visit.read_back_to is not None else earliest


def wait_s(headers: Mapping[str, str], reset: datetime | None) -> float | None:
    """Seconds until a rate limit's reset, by the server's own clock (its Date header).

    None where the answer does not carry both.
    """
    date = http_date(headers.get("Date"))
    if date is None or reset is None:
        return None
    return max(0.0, (reset - date).total_seconds())


def http_date(value: str | None) -> datetime | None:
    """The time of an HTTP header; None where there is none or it is malformed."""
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return None
