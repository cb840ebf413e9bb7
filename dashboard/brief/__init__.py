"""The incident brief to send upstairs, self-contained HTML or PDF; the drafts to edit, HTML."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from collector.errors import ConfigError
from collector.store import Store
from dashboard.brief.contents import contents, drafts
from dashboard.brief.paper import Paper, paper_of
from dashboard.brief.pdf import as_pdf
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
    zone: ZoneInfo | None = None,
    paper: Paper | None = None,
) -> None:
    """Writes the brief of one incident to a file that ends in .html or .pdf.

    now: time of the report, by default the clock's. zone: of its times, UTC if not given. paper: by
    default what the zone's country uses. Shows no count from 1 to 4, no author, and of what people
    wrote only masked sentences that were chosen by rule. Raises ConfigError for another ending or
    an unknown incident, OSError where the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ConfigError(f"{path.name} must end in .html or .pdf")
    words = Wording(lang, zone or ZoneInfo("UTC"))
    path.write_bytes(report(store, incident_id, ending, now or datetime.now(UTC), words, paper))


def write_drafts(
    store: Store,
    incident_id: str,
    path: Path,
    now: datetime | None = None,
    *,
    lang: str = "en",
    zone: ZoneInfo | None = None,
) -> None:
    """Writes the drafts that go with an incident to an .html file; raises as write_report does."""
    if path.suffix.lower() != ".html":
        raise ConfigError(f"{path.name} must end in .html: drafts are there to be edited")
    words = Wording(lang, zone or ZoneInfo("UTC"))
    path.write_bytes(drafts_page(store, incident_id, now or datetime.now(UTC), words))


def report(
    store: Store,
    incident_id: str,
    ending: str,
    now: datetime,
    words: Wording,
    paper: Paper | None = None,
) -> bytes:
    """The brief as the bytes of an .html or .pdf file. Raises ConfigError for an unknown id."""
    filled = contents(store, incident_id, words, now)
    paper = paper or paper_of(words.zone)
    if ending == ".pdf":
        return as_pdf(filled, words, now, paper)
    return render("report.html", words=words, r=filled, paper=paper).encode()


def drafts_page(store: Store, incident_id: str, now: datetime, words: Wording) -> bytes:
    """The drafts as the bytes of an .html file. Raises ConfigError for an unknown id."""
    filled = drafts(store, incident_id, words, now)
    paper = paper_of(words.zone)
    return render("drafts.html", words=words, r=filled, paper=paper).encode()
