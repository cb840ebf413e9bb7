"""What a signal found, in every language: every built-in signal and reason has its sentence."""

import re
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import evidence
from analysis.evidence.not_testable import ReasonCode
from analysis.incidents.stored import record_of
from analysis.records import Evidence
from analysis.words import evidence as findings
from analysis.words.catalogue import LANGUAGES, keys
from analysis.words.catalogue import FactWording as Wording
from tests.analysis.evidence.build import Review, window

SIGNALS = [s.name for s in evidence.all_signals()]
ENGLISH = re.compile(r"\b(reviews?|before|the|people|of|stars)\b")


def _evidence(document: dict[str, Any]) -> Evidence:
    plain = dict.fromkeys(("value", "baseline", "p_value", "speaks_for"))
    return record_of(Evidence, {**plain, **document})


@pytest.fixture(scope="module")
def measured() -> list[Evidence]:
    """Every signal on a window with much in it."""
    past = [Review(n % 5 + 1, f"map is slow today {n % 17}", "1.0") for n in range(400)]
    now = [Review(1, "bring the old park back now please", "2.0", f"a{n}") for n in range(120)]
    return evidence.gather(window(now, past))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_signal_and_every_reason_has_its_words(lang: str) -> None:
    known = keys(lang)
    wanted = [f"{stem}-{name}" for name in SIGNALS for stem in ("signal", "finding")]
    wanted += [f"untested-{reason}" for reason in get_args(ReasonCode)]
    assert [key for key in wanted if key not in known] == []


def test_english_sentences_hold_the_numbers(measured: list[Evidence]) -> None:
    words = Wording("en", ZoneInfo("UTC"))
    tested = [e for e in measured if e.value is not None]
    assert len(tested) >= 10
    for e in tested:
        assert e.statement is None
        assert e.details, f"{e.signal} keeps nothing to say it with"
        said = findings.finding(e, words)
        if evidence.shows(e.signal).startswith("share") and "{ $phrases" not in said:
            assert words.percent(e.value) in said or e.signal == "version_concentration", said


def test_spanish_sentences_hold_no_english(measured: list[Evidence]) -> None:
    words = Wording("es", ZoneInfo("Europe/Madrid"))
    for e in measured:
        said = re.sub(r"[“«].*?[”»]|\([^)]*reseñas: .*", "", findings.finding(e, words))
        assert not ENGLISH.search(said), said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_signal_from_elsewhere_speaks_for_itself(lang: str) -> None:
    plugged = {
        "signal": "night_share",
        "value": 0.4,
        "baseline": 0.1,
        "p_value": 0.01,
        "speaks_for": None,
        "statement": "40% came at night.",
        "details": {"share": 0.4},
    }
    assert (
        findings.finding(_evidence(plugged), Wording(lang, ZoneInfo("UTC"))) == "40% came at night."
    )


def test_what_an_older_release_kept_still_shows() -> None:
    words = Wording("es", ZoneInfo("UTC"))
    old = {"signal": "emoji", "value": 0.1, "baseline": 0.1, "statement": "An old sentence."}
    assert findings.finding(_evidence(old), words) == "An old sentence."
    assert findings.finding(_evidence({**old, "details": {"of": 3}}), words) == "An old sentence."


def test_times_follow_the_reader() -> None:
    call = {
        "signal": "trigger",
        "value": 3.0,
        "baseline": None,
        "details": {
            "candidates": [{"kind": "release", "what": "version 2.0", "hours_before": 3.0}]
        },
    }
    assert "version 2.0, 3 hours before" in findings.finding(
        _evidence(call), Wording("en", ZoneInfo("UTC"))
    )
    assert "versión 2.0, 3 horas antes" in findings.finding(
        _evidence(call), Wording("es", ZoneInfo("UTC"))
    )


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.001, "once in 1,000"),
        (0.0163, "once in 61"),
        (0.3, "3 in 10"),
        (0.8, "usual"),
        (1e-9, "less than once in a million"),
        (None, "–"),
    ],
)
def test_small_chances_in_plain_words(probability: float | None, said: str) -> None:
    assert Wording("en", ZoneInfo("UTC")).chance(probability) == said


def test_counts_too_small_to_share_are_not_told() -> None:
    words = Wording("en", ZoneInfo("UTC"))
    assert findings.told_count(4, words, 5) == "fewer than 5"
    assert findings.told_count(0, words, 5) == 0
    assert findings.told_count(5, words, 5) == 5


@pytest.mark.parametrize(("lang", "few"), [("en", "Fewer than 5 accounts"), ("es", "Menos de 5 ")])
def test_only_people_are_masked_and_the_sentence_stays_one(lang: str, few: str) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    stores = {
        "signal": "synchrony",
        "value": 1.0,
        "baseline": None,
        "details": {"groups": 2, "of": 2, "release": False},
    }
    assert findings.finding(_evidence(stores), words, 5).startswith("2 ")
    accounts = stores | {
        "signal": "co_action",
        "value": 3.0,
        "details": {"people": 3, "people_again": 0, "posts": 90},
    }
    assert findings.finding(_evidence(accounts), words, 5).startswith(few)
    assert " 3 " in findings.finding(_evidence(accounts), words)


@given(count=st.integers(0, 60), of=st.integers(1, 60))
def test_no_share_tells_a_count_that_is_too_small(count: int, of: int) -> None:
    words = Wording("en", ZoneInfo("UTC"))
    count = min(count, of)
    said = findings.told_share(count / of, of, words, 5)
    if 0 < count < 5:
        assert said == f"under {words.percent(min(5 / of, 1.0))}"
    else:
        assert said == words.percent(count / of)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_small_count_cannot_be_worked_out_from_what_stands_beside_it(lang: str) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    emoji = {"signal": "emoji", "value": 0.03, "baseline": 0.1, "p_value": 0.2}
    emoji["details"] = {"reviews": 3, "of": 100}
    said = findings.finding(_evidence(emoji), words, 5) + findings.measure(
        _evidence(emoji), "value", words, 5
    )
    assert words.percent(0.03) not in said
    assert said.count(words.percent(0.05)) == 2
    mix = {"signal": "star_mix", "value": 1.1, "baseline": 4.0, "p_value": 0.0}
    mix["details"] = {
        "one_star": 0.96,
        "one_star_before": 0.1,
        "five_stars": 0.02,
        "five_stars_before": 0,
    }
    said = findings.finding(_evidence(mix), words, 5, whole=100)
    assert words.percent(0.02) not in said
    assert words.percent(0.96) in said
    few = {
        "signal": "emoji",
        "value": None,
        "baseline": None,
    }
    few["details"] = {"reason": "few-now", "have": 3, "need": 20}
    assert (
        words("fewer-than", k=5).casefold() in findings.finding(_evidence(few), words, 5).casefold()
    )


@pytest.mark.parametrize(
    ("lang", "shared", "own"),
    [
        ("en", "by several people", "by at least 3 people"),
        ("es", "varias personas", "al menos 3 personas"),
    ],
)
@pytest.mark.parametrize("phrases", [0, 1, 7])
def test_no_least_number_that_is_masked(lang: str, shared: str, own: str, phrases: int) -> None:
    words = Wording(lang, ZoneInfo("UTC"))
    numbers = {"phrases": phrases, "people": 3, "reviews": 40, "of": 100}
    shown = {
        "signal": "shared_phrases",
        "value": 0.4,
        "baseline": None,
    } | {"details": numbers}
    masked = findings.finding(_evidence(shown), words, 5)
    assert shared in masked
    assert words("fewer-than", k=5) not in masked
    assert own in findings.finding(_evidence(shown), words)


def test_what_cannot_be_checked_is_not_shared() -> None:
    words = Wording("en", ZoneInfo("UTC"))
    plugged = {"signal": "night_share", "value": 0.4, "statement": "3 people wrote at night."}
    assert "3" not in findings.finding(_evidence(plugged | {"details": {}}), words, 5)
