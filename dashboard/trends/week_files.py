"""The week of some apps as HTML, PDF or text."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from dashboard.brief.drawable import replaced, texts_in, undrawable
from dashboard.brief.typeset import typeset
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
    return typeset("week.typ", values, now)
