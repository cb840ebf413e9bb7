"""The week of some apps as HTML, PDF or text."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib import resources

import typst

from dashboard.brief.drawable import fonts, replaced, texts_in, undrawable
from dashboard.trends.week import Week, as_text
from dashboard.words.catalogue import Wording
from dashboard.words.markup import render

ENDINGS = (".html", ".pdf", ".txt")


def written(weeks: Sequence[Week], ending: str, words: Wording, now: datetime) -> bytes:
    """The file of one of ENDINGS."""
    if ending == ".txt":
        return "\n".join(as_text(one) for one in weeks).encode()
    if ending == ".html":
        return render("week.html", words=words, weeks=weeks).encode()
    shown = {"title": words("week-page"), "weeks": [asdict(one) for one in weeks]}
    values = replaced(shown, undrawable(texts_in(shown)), words) | {"lang": words.lang}
    made = typst.compile(
        resources.files("dashboard").joinpath("templates", "week.typ").read_bytes(),
        format="pdf",
        sys_inputs={"page": json.dumps(values)},
        pdf_standards="ua-1",
        font_paths=fonts(),
        timestamp=int(now.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave several files where one was asked for")
    return made
