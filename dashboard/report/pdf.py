"""The brief as an accessible PDF (PDF/UA-1) through Typst, fonts from the wheel and the system."""

import base64
import json
from dataclasses import asdict
from datetime import datetime
from importlib import resources

import typst

from dashboard.report.contents import Contents
from dashboard.wording import Wording

LABELS = (
    "attribution",
    "simulated",
    "simulated-banner",
    "cause-title",
    "coordination-title",
    "for-title",
    "against-title",
    "change-title",
    "timeline-title",
    "track-title",
    "phrases-title",
    "phrases-none",
    "evidence-title",
    "evidence-none",
    "impact-title",
    "impact-none",
    "log-title",
    "report-title",
    "report-known",
    "report-unknown",
    "report-drafts",
    "report-drafts-note",
    "report-statement",
    "report-questions",
    "report-concern",
)


def as_pdf(filled: Contents, words: Wording, now: datetime) -> bytes:
    """The brief as PDF bytes. Texts go in as data and are never read as Typst's markup."""
    template = resources.files("dashboard").joinpath("templates", "report.typ").read_bytes()
    values = asdict(filled) | {
        "label": {key: words(key) for key in LABELS},
        "lang": words.lang,
        "picture_svg": base64.b64decode(filled.picture.partition(",")[2]).decode(),
    }
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={"report": json.dumps(values)},
        pdf_standards="ua-1",
        timestamp=int(now.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave several files where one was asked for")
    return made
