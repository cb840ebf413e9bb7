"""The incident brief to send upstairs: self-contained HTML, or PDF."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collector.errors import ConfigError
from collector.store import Store
from dashboard.report.contents import contents
from dashboard.report.pdf import as_pdf
from dashboard.words.catalogue import Wording
from dashboard.words.markup import render

ENDINGS = (".html", ".pdf")


def write_report(
    store: Store,
    incident_id: str,
    path: Path,
    now: datetime | None = None,
    *,
    lang: str = "en",
    zone: str = "UTC",
) -> None:
    """Writes the brief of one incident to a file that ends in .html or .pdf.

    now: time of the report, by default the clock's. Shows no count from 1 to 4, no text of a review
    and no phrase of fewer than five people. Raises ConfigError for another ending or an unknown
    incident, OSError where the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ConfigError(f"{path.name} must end in .html or .pdf")
    made = report(
        store, incident_id, ending, now or datetime.now(UTC), Wording(lang, ZoneInfo(zone))
    )
    path.write_bytes(made)


def report(store: Store, incident_id: str, ending: str, now: datetime, words: Wording) -> bytes:
    """The brief as the bytes of an .html or .pdf file. Raises ConfigError for an unknown id."""
    filled = contents(store, incident_id, words, now)
    if ending == ".pdf":
        return as_pdf(filled, words, now)
    return render("report.html", words=words, r=filled).encode()
