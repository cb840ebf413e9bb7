"""The brief as an accessible PDF (PDF/UA-1) through Typst, fonts from the wheel and the system."""

import base64
from collections.abc import Set
from dataclasses import asdict
from datetime import datetime
from typing import Any

import typst

from dashboard.brief.contents import Contents
from dashboard.brief.drawable import refused_by, replaced, texts_in, undrawable
from dashboard.brief.paper import Paper
from dashboard.brief.typeset import typeset
from dashboard.words.catalogue import Wording

ATTEMPTS = 10
TYPST_NAMES: dict[Paper, str] = {"a4": "a4", "letter": "us-letter"}
LABELS = (
    "simulated",
    "simulated-banner",
    "brief-annex",
    "cause-title",
    "coordination-title",
    "coordination-quotes",
    "coordination-against-title",
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
)


def as_pdf(filled: Contents, words: Wording, now: datetime, paper: Paper) -> bytes:
    """The brief as PDF bytes. Texts go in as data and are never read as Typst's markup.

    Characters that no font here can draw are named, with a note that says so.
    """
    shown = {name: text for name, text in asdict(filled).items() if name != "picture"}
    missing = undrawable(texts_in(shown))
    for _ in range(ATTEMPTS):
        try:
            return _compiled(shown, filled, missing, words, now, paper)
        except typst.TypstError as error:
            missing |= refused_by(error)  # drawn in a line of its own, but not in its place
    return _compiled(shown, filled, missing, words, now, paper)


def _compiled(
    shown: dict[str, Any],
    filled: Contents,
    missing: Set[str],
    words: Wording,
    now: datetime,
    paper: Paper,
) -> bytes:
    values = replaced(shown, missing, words) | {
        "undrawn_note": words("report-undrawn-note") if missing else "",
        "label": {key: words(key) for key in LABELS},
        "lang": words.lang,
        "paper": TYPST_NAMES[paper],
        "picture_svg": base64.b64decode(filled.picture.partition(",")[2]).decode(),
    }
    return typeset("report.typ", values, now)
