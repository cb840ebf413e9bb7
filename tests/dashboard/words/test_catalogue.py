"""All wording in one place: complete in every language, used, neutral, and rightly formatted."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from fluent.runtime import FluentResource
from fluent.syntax.ast import Message
from fluent.syntax.visitor import Visitor
from hypothesis import given
from hypothesis import strategies as st

import analysis
import collector
import dashboard
from analysis.incidents import file_cut
from analysis.records import AlarmKind, Coverage, CoverageBasis
from analysis.words.catalogue import files
from collector.freshness import NOT_READ
from collector.records import Outcome
from dashboard.words.catalogue import LANGUAGES, Wording, keys

SUNDAY = datetime(2020, 5, 31, 5, 48, tzinfo=UTC)
DALLAS = ZoneInfo("America/Chicago")
SOURCES = [
    path
    for package in (collector, analysis, dashboard)
    for path in Path(package.__file__).parent.rglob("*")
    if path.suffix in (".py", ".html", ".typ", ".svg") and path.name != "cli.py"
]


class Variables(Visitor):
    """The values that a message wants."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: object) -> None:  # noqa: N802
        self.names.add(node.id.name)  # type: ignore[attr-defined]


def written(lang: str) -> str:
    """What all the packages say in a language."""
    return "\n".join(file.read_text("utf-8") for file in files(lang, Wording.rooms))


def messages(lang: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in FluentResource(written(lang)).body:
        assert type(entry).__name__ != "Junk", entry
        if isinstance(entry, Message):
            variables = Variables()
            variables.visit(entry)
            assert entry.id.name not in found, f"{entry.id.name} twice in {lang}"
            found[entry.id.name] = variables.names
    return found


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_every_language_says_everything_with_the_same_values(lang: str) -> None:
    assert messages(lang) == messages("en")


def test_every_wording_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    stems = {match.rstrip("-") for match in re.findall(r"[\"']([a-z_-]+-)[{\"']", code)}
    said = set(re.findall(r"[\w-]+", code))
    said |= set(re.findall(r"\{ ([a-z][\w-]+) \}", written("en")))  # one wording within another
    unused = [
        key
        for key in sorted(keys("en"))
        if key not in said
        and not any(key.startswith(f"{stem}-") for stem in stems)
        and not key.startswith("column-")
        and not (key.endswith("-title") and key.startswith(("empty-", "error-", "login-")))
    ]
    assert unused == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_blames(lang: str) -> None:
    text = written(lang).lower()
    for word in ("attack", "fake", "hostile", "bot ", "bots", "ataque", "hostil", "troll"):
        assert word not in text


@pytest.mark.parametrize(
    ("lang", "time", "number", "percent"),
    [
        ("en", "Sun 31 May 2020, 00:48 CDT", "12,345.7", "34%"),
        ("es", "dom 31 may 2020, 00:48 CDT", "12.345,7", "34\xa0%"),
    ],
)
def test_formats_of_a_language(lang: str, time: str, number: str, percent: str) -> None:
    words = Wording(lang, DALLAS)
    assert words.time(SUNDAY) == time
    assert words.number(12345.67, 1) == number
    assert words.percent(0.34) == percent


@pytest.mark.parametrize(
    ("zone", "shown"),
    [("Asia/Kolkata", "11:18 IST"), ("Asia/Dubai", "09:48 UTC+04"), ("UTC", "05:48 UTC")],
)
def test_the_zone_is_always_named(zone: str, shown: str) -> None:
    assert Wording("en", ZoneInfo(zone)).time(SUNDAY).endswith(shown)


def test_plurals() -> None:
    words = Wording("en", DALLAS)
    assert words("items-found", count=1) == "One item"
    assert words("items-found", count=1200) == "1,200 items"
    assert Wording("es", DALLAS)("items-found", count=1200) == "1.200 elementos"


@given(st.floats(0, 1))
def test_a_rounded_share_never_claims_certainty(share: float) -> None:
    said = Wording("en", DALLAS).percent(share)
    assert (said == "0%") == (share == 0)
    assert (said == "100%") == (share == 1)


def test_a_missing_value_or_key_is_an_error_not_a_blank() -> None:
    words = Wording("en", DALLAS)
    with pytest.raises(LookupError, match="no wording"):
        words("nothing-like-it")
    with pytest.raises(LookupError, match="items-found"):
        words("items-found")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_know_the_months(lang: str) -> None:
    time = Wording(lang, DALLAS).chart_locale()["time"]
    assert [len(time[part]) for part in ("days", "shortDays", "months", "shortMonths")] == [
        7, 7, 12, 12,
    ]  # fmt: skip
    assert time["months"][0] == {"en": "January", "es": "enero"}[lang]
    assert time["days"][0] == {"en": "Sunday", "es": "domingo"}[lang]


@pytest.mark.parametrize(
    ("stem", "codes"),
    [
        ("coverage", {*get_args(Coverage), *get_args(CoverageBasis), file_cut.NAME} - {"polled"}),
        ("outcome", {*get_args(Outcome), NOT_READ}),
        ("alarm", {*get_args(AlarmKind)}),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_its_words(lang: str, stem: str, codes: set[str]) -> None:
    said = {key.removeprefix(f"{stem}-") for key in keys(lang) if key.startswith(f"{stem}-")}
    assert {key for key in said if not key.startswith("say-")} == codes
