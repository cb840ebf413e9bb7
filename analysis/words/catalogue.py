"""What the analysis found, in words: Fluent files for sentences, Babel for numbers and times.

For the edges alone: pages, reports, alerts, JSON, exports and commands. What is computed or stored
holds codes and values, and no sentence.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Message, Resource

TOP = Path(__file__).parents[2]
FIRST = "en"
"""The language of JSON and files, and of whatever another language does not say."""
MISSING = "–"


def _name(lang: str) -> str:
    """A language as its own speakers write it."""
    name = str(Locale.parse(lang).get_display_name(lang))
    return name[:1].upper() + name[1:]


def _languages() -> Mapping[str, str]:
    """The folders of languages/, the first language first."""
    found = {path.parent.name for path in Path(__file__).parent.glob("languages/*/facts.ftl")}
    return {lang: _name(lang) for lang in sorted(found, key=lambda lang: (lang != FIRST, lang))}


LANGUAGES: Mapping[str, str] = MappingProxyType(_languages())


def files(lang: str, rooms: tuple[str, ...]) -> list[Path]:
    """The files of a language in these rooms."""
    return [path for room in rooms for path in sorted(TOP.glob(room.format(lang=lang)))]


@cache
def _text(path: Path) -> Resource:
    return FluentResource(path.read_text(encoding="utf-8"))


@cache
def _bundle(rooms: tuple[str, ...], lang: str) -> FluentBundle:
    # Without isolation marks, so that numbers in sentences can be searched and copied.
    bundle = FluentBundle([lang], use_isolating=False)
    for path in [*files(lang, rooms), *files(FIRST, rooms)]:
        bundle.add_resource(_text(path))  # what was said first stands
    return bundle


def keys(lang: str, rooms: tuple[str, ...] | None = None) -> set[str]:
    """Keys of all messages of a language in these rooms: those of facts, if none are given."""
    found = files(lang, FactWording.rooms if rooms is None else rooms)
    entries = (entry for path in found for entry in _text(path).body)
    return {entry.id.name for entry in entries if isinstance(entry, Message)}


class FactWording:
    """Sentences of facts, numbers and times for one reader: language and time zone.

    rooms: patterns of the .ftl files that it reads: the languages' own, and beside each signal and
    source what it brings itself. What is not said in the language is said in English.
    """

    rooms: ClassVar[tuple[str, ...]] = (
        "analysis/words/languages/{lang}/facts.ftl",
        "analysis/evidence/signals/*.{lang}.ftl",
        "collector/sources/*.{lang}.ftl",
    )

    def __init__(self, lang: str, zone: ZoneInfo) -> None:
        self.lang = lang
        self.zone = zone
        self.locale = Locale.parse(lang)

    def __call__(self, key: str, **values: Any) -> str:
        """The message of a key. Raises LookupError for an unknown key or a missing value."""
        bundle = _bundle(self.rooms, self.lang)
        if not bundle.has_message(key):
            raise LookupError(f"no wording for {key!r} in {self.lang}")
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise LookupError(f"wording {key!r} in {self.lang} is empty")
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise LookupError(f"wording {key!r} in {self.lang}: {errors[0]}")
        return str(text)

    def has(self, key: str) -> bool:
        """Whether there is a message of this key."""
        return bool(_bundle(self.rooms, self.lang).has_message(key))

    def known(self, key: str, fallback: str, **values: Any) -> str:
        """The message of a key that data made, or the data's own word where there is none."""
        return self(key, **values) if self.has(key) else fallback

    def time(self, moment: datetime | None) -> str:
        """Sun 31 May 2020, 00:48 CDT."""
        if moment is None:
            return MISSING
        local = moment.astimezone(self.zone)
        pattern = self("format-time")
        return (
            f"{dates.format_datetime(local, pattern, locale=self.locale)} {self.zone_name(moment)}"
        )

    def clock(self, moment: datetime) -> str:
        """31 May 00:48: for tables and axes whose zone is named beside them."""
        local = moment.astimezone(self.zone)
        return str(dates.format_datetime(local, self("format-clock"), locale=self.locale))

    def lately(self, moment: datetime, now: datetime) -> str:
        """Sun 00:48, of a moment within the six days before `now`; else 31 May 00:48."""
        if now - moment > timedelta(days=6):
            return self.clock(moment)
        local = moment.astimezone(self.zone)
        return str(dates.format_datetime(local, self("format-lately"), locale=self.locale))

    def day(self, moment: datetime | None) -> str:
        """31 May 2020."""
        if moment is None:
            return MISSING
        local = moment.astimezone(self.zone)
        return str(dates.format_datetime(local, self("format-day"), locale=self.locale))

    def moment(self, moment: datetime) -> str:
        """31 May 2020 05:48 UTC: within a sentence."""
        local = moment.astimezone(self.zone)
        told = dates.format_datetime(local, self("format-moment"), locale=self.locale)
        return f"{told} {self.zone_name(moment)}"

    def calendar_day(self, wall: datetime) -> str:
        """31 May, of a time that is already the zone's clock."""
        return str(dates.format_datetime(wall, self("format-calendar-day"), locale=self.locale))

    def zone_name(self, moment: datetime) -> str:
        """CDT, or the offset where the zone has no short name."""
        local = moment.astimezone(self.zone)
        name = local.tzname() or ""
        return f"UTC{name}" if name[:1] in "+-" else name

    def zone_title(self, moment: datetime) -> str:
        """America/Chicago (CDT)."""
        name = self.zone_name(moment)
        return self.zone.key if name == self.zone.key else f"{self.zone.key} ({name})"

    def length(self, span: timedelta) -> str:
        """3 hours, 2 days."""
        return str(dates.format_timedelta(span, threshold=1.5, locale=self.locale))

    def number(self, value: float | None, digits: int = 0) -> str:
        """12,345; a dash for a missing number."""
        if value is None or value != value:
            return MISSING
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return str(numbers.format_decimal(value, pattern, locale=self.locale))

    def signed(self, value: float | None, digits: int = 1) -> str:
        """+0.3 with a true minus sign."""
        if value is None or value != value:
            return MISSING
        text = self.number(abs(value), digits)
        if float(f"{value:.{digits}f}") == 0:
            return f"±{text}"
        return f"{'+' if value > 0 else '−'}{text}"

    def percent(self, share: float | None) -> str:
        """34%; never a rounded 0% or 100% for something between."""
        if share is None or share != share:
            return MISSING
        if 0 < share < 0.01:
            return f"<{numbers.format_percent(0.01, locale=self.locale)}"
        if 0.99 < share < 1:
            return f">{numbers.format_percent(0.99, locale=self.locale)}"
        return str(numbers.format_percent(share, locale=self.locale))

    def chance(self, probability: float | None) -> str:
        """A small probability in plain words: once in 1,000; 3 in 10; usual from one half on."""
        if probability is None or probability != probability:
            return MISSING
        if probability >= 0.5:
            return self("usual-chance")
        if probability >= 0.15:
            return self("times-of-ten", count=self.number(round(10 * probability)))
        if probability < 1e-6:
            return self("rarer-than")
        times = 1 / probability
        digits = len(str(round(times))) - 1
        return self("once-in", count=self.number(round(times, 1 - digits if digits > 1 else 0)))

    def listing(self, words: list[str]) -> str:
        """a, b and c."""
        return format_list(words, locale=self.locale) if words else MISSING


@cache
def english() -> FactWording:
    """What JSON, files, frames and terminals say: English, with times in UTC."""
    return FactWording(FIRST, ZoneInfo("UTC"))
