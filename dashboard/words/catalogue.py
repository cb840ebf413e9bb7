"""Every word that people see on pages, in reports and alerts: facts, and what pages add."""

from typing import Any, ClassVar

from analysis.words import catalogue
from analysis.words.catalogue import LANGUAGES, MISSING, FactWording

__all__ = ["LANGUAGES", "MISSING", "Wording", "keys"]


class Wording(FactWording):
    """Sentences, numbers and times for one reader of the dashboard: language and time zone."""

    rooms: ClassVar[tuple[str, ...]] = (
        *FactWording.rooms,
        "analysis/words/languages/{lang}/pages.ftl",
        "dashboard/views/*.{lang}.ftl",
    )

    def chart_locale(self) -> dict[str, Any]:
        """Names of days and months and the marks of numbers, as d3 wants them."""
        marks = self.locale.number_symbols["latn"]
        week = (6, 0, 1, 2, 3, 4, 5)  # d3's weeks begin on Sunday, Babel's on Monday
        days, months = self.locale.days["format"], self.locale.months["format"]
        periods = self.locale.day_periods["format"]["abbreviated"]
        return {
            "number": {
                "decimal": marks["decimal"],
                "thousands": marks["group"],
                "grouping": [3],
                "currency": ["", ""],
            },
            "time": {
                "dateTime": "%x, %X",
                "date": "%Y-%m-%d",
                "time": "%H:%M:%S",
                "periods": [periods["am"], periods["pm"]],
                "days": [days["wide"][n] for n in week],
                "shortDays": [days["abbreviated"][n] for n in week],
                "months": [months["wide"][n] for n in range(1, 13)],
                "shortMonths": [months["abbreviated"][n] for n in range(1, 13)],
            },
        }


def keys(lang: str) -> set[str]:
    """Keys of all messages of a language."""
    return catalogue.keys(lang, Wording.rooms)
