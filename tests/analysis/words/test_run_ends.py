"""Why runs ended or failed and sources are not read: every code that the code gives, in words."""

import ast
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
import collector
import dashboard
from analysis.words.catalogue import LANGUAGES, FactWording, keys
from analysis.words.run_ends import COUNTED, told
from collector.end_codes import cleaned, of_parts, read, reason
from collector.errors import SourceError
from collector.http import check_status, unanswered
from collector.store.engine import MEANINGS

EN, ES = (FactWording(lang, ZoneInfo("UTC")) for lang in ("en", "es"))
PLACE = "play.google.com/store/apps"


def given_reasons() -> Iterator[tuple[str, frozenset[str]]]:
    """Each `reason(code, values)` that is given: its code and the names of its values."""
    rooms = (collector, analysis, dashboard)
    paths = (path for room in rooms for path in Path(room.__path__[0]).rglob("*.py"))
    for path, text in ((path, path.read_text("utf-8")) for path in paths):
        if "from collector.end_codes import" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reason":
                names = frozenset(str(word.arg) for word in node.keywords)
                first = node.args[0]
                told_by = STORE if path.name == "engine.py" else BY_STATUS
                codes = [first.value] if isinstance(first, ast.Constant) else told_by
                yield from ((str(code), names) for code in codes)


BY_STATUS = ("failed-gone", "failed-slow", "failed-status")
STORE = tuple({code for code, _ in MEANINGS.values()})
GIVEN = sorted(set(given_reasons()), key=str)


def test_every_code_is_given_somewhere_and_said() -> None:
    given = {code for code, _ in GIVEN}
    for lang in LANGUAGES:
        said = {k for k in keys(lang) if k.startswith(("ended-", "failed-", "off-", "lacks-"))}
        assert said == given


@pytest.mark.parametrize(("code", "names"), GIVEN)
def test_each_is_said_with_what_it_carries(code: str, names: frozenset[str]) -> None:
    values = {name: 3 if name in COUNTED else f"<{name}>" for name in names}
    english, spanish = (told(reason(code, **values), words) for words in (EN, ES))
    assert english != spanish
    assert "{" not in english + spanish


def refused(status: int, retry_after: str | None = None) -> str:
    with pytest.raises(SourceError) as raised:
        check_status(status, retry_after, PLACE)
    return str(raised.value)


@pytest.mark.parametrize(
    ("kept", "english"),
    [
        (refused(429), f"{PLACE} asks to slow down"),
        (refused(429, "30"), f"{PLACE} asks to slow down"),
        (refused(403), f"{PLACE} refuses access: check the secret or the permission"),
        (refused(404), f"nothing is to be found at {PLACE}: check the app’s id"),
        (refused(503), f"{PLACE} answered with an error (status 503)"),
        (unanswered(PLACE, httpx.ReadTimeout("")), f"{PLACE} gave no answer in time"),
        (unanswered(PLACE, httpx.ConnectError("[Errno -2] x")), f"{PLACE} cannot be reached"),
        (
            of_parts(
                [
                    ("reviews:en", unanswered(PLACE, httpx.ReadTimeout(""))),
                    ("reviews:es", reason("ended-list")),
                ]
            ),
            f"{PLACE} gave no answer in time (reviews:en); {EN('ended-list')} (reviews:es)",
        ),
        (
            of_parts([("reviews:en", refused(404)), ("reviews:es", refused(404))]),
            f"nothing is to be found at {PLACE}: check the app’s id",
        ),
        (
            reason("ended-kept", kept=3, count=40, undated=2),
            "3 of 40 headlines kept; 2 without a date left out",
        ),
    ],
)
def test_reasons_in_words(kept: str, english: str) -> None:
    assert told(kept, EN) == english


@pytest.mark.parametrize(
    "said",
    [
        '{"code": "failed-of-a-newer-release"}',
        '{"code": "page-overview"}',
        "the store answered 503",
        "end of the list; all of it",
        "",
        "{not json",
        "[1, 2]",
        '{"a": 1}',
    ],
)
def test_plain_words_of_an_older_release_stand_as_they_were_said(said: str) -> None:
    assert told(said, EN) == told(said, ES) == said


@given(st.text(max_size=80))
def test_any_text_is_some_reason(text: str) -> None:
    assert len(read(text)) >= 0
    told(text, ES)


@given(
    st.lists(
        st.tuples(st.text(max_size=10), st.sampled_from(sorted({code for code, _ in GIVEN}))),
        max_size=4,
    )
)
def test_parts_are_read_back(named: list[tuple[str, str]]) -> None:
    kept = of_parts([(part, reason(code, count=3)) for part, code in named])
    assert [(one.part, one.code, one.values) for one in read(kept)] == [
        (part, code, {"count": 3}) for part, code in named
    ]


def test_texts_of_a_reason_are_cleaned_wherever_they_stand() -> None:
    kept = reason("failed-store-lock", place="/home/me", error="no", count=3)
    (made,) = read(cleaned(kept, str.upper))
    assert made.values == {"place": "/HOME/ME", "error": "NO", "count": 3}
    assert cleaned("old words", str.upper) == "OLD WORDS"
