"""Waves of one event stay one; what gives other reasons is told as an event of its own."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from analysis.incidents.incident_ids import Names
from analysis.incidents.merge_split import detected
from analysis.incidents.waves import may_be_wave, parts_always, parts_at
from analysis.records import Escalation, Swing

START = datetime(2026, 6, 16, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAULT = {
    "en": (
        "The app is down again",
        "cannot log in since this morning",
        "keeps saying server error",
        "login fails with error 503",
        "the server is down, cannot open it",
        "stuck on the loading screen",
        "does not load, error message",
        "why is login not working? nothing loads",
    ),
    "es": (
        "La aplicación no funciona",
        "no puedo entrar desde esta mañana",
        "dice error del servidor",
        "no carga, mensaje de error",
        "el servidor no funciona y no puedo entrar",
        "se queda cargando",
    ),
    "ja": (
        "今朝からログインできない",
        "サーバーエラーが出る",
        "ログインできません、エラーになる",
        "エラーばかりで開けない",
        "サーバーが落ちている",
    ),
    "ar": (
        "التطبيق لا يعمل اليوم",
        "لا أستطيع تسجيل الدخول",
        "خطأ في الخادم عند تسجيل الدخول",
        "الخادم لا يعمل ولا أستطيع الدخول",
        "رسالة خطأ في الخادم",
    ),
}
FEE = {
    "en": (
        "why do I have to pay a fee now",
        "5 dollars a month for this? no fee please",
        "the new fee is a rip off",
        "they charge a fee for everything now",
        "it used to be free, now they charge",
        "shame on you for the new charges and fees",
        "I will not pay this fee",
    ),
    "es": (
        "ahora cobran una tarifa por todo",
        "la nueva tarifa es un robo",
        "antes era gratis y ahora cobran",
        "no voy a pagar esta tarifa",
        "pagar por un servicio público es una vergüenza",
    ),
    "ja": (
        "手数料を取るなんてひどい",
        "無料だったのに手数料がかかる",
        "新しい手数料は高すぎる",
        "有料になったので払いたくない",
        "手数料に反対です",
    ),
    "ar": (
        "لماذا يجب أن أدفع رسوم الآن",
        "الرسوم الجديدة سرقة",
        "كان مجاني والآن يطلبون رسوم",
        "لن أدفع هذه الرسوم",
        "رسوم على خدمة عامة عيب",
    ),
}


def swing(hours: float, length: float = 8.0, **changed: object) -> Swing:
    onset = START + hours * HOUR
    made = Swing(
        direction="negative", onset_at=onset, alarmed_at=onset + HOUR, peak_at=onset,
        ended_at=onset + length * HOUR, closed_at=onset + (length + 15) * HOUR, items=40,
        expected_items=2.0, recurrence_days=1000.0, escalations=(), detector="count",
        window_hours=2.0, launch=False, counts="negative",
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


def written(
    rng: np.random.Generator, of: Swing, pool: tuple[str, ...], count: int
) -> list[tuple[datetime, str]]:
    length = of.ended_at - of.onset_at if of.ended_at else 8 * HOUR
    moments = np.sort(rng.random(count))
    return [(of.onset_at + float(m) * length, str(rng.choice(pool))) for m in moments]


@pytest.mark.parametrize("lang", FAULT)
def test_pairs_are_told_apart_and_waves_are_not(lang: str) -> None:
    """All but one of a dozen, each."""
    first, second = swing(0), swing(48)
    apart = kept = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        before = written(rng, first, FAULT[lang], 30)
        other = parts_at(second, before, written(rng, second, FEE[lang], 40))
        apart += other is not None
        assert other is None or other >= second.alarmed_at
        kept += parts_at(second, before, written(rng, second, FAULT[lang], 40)) is None
    assert apart >= 11
    assert kept >= 11


def test_a_decision_rests_on_nothing_that_came_after_it() -> None:
    rng = np.random.default_rng(3)
    first, second = swing(0), swing(48, closed_at=None, ended_at=None)
    before = written(rng, first, FAULT["en"], 30)
    later = written(rng, second, FEE["en"], 40)
    at = parts_at(second, before, later)
    assert at is not None
    known = [pair for pair in later if pair[0] <= at]
    assert parts_at(second, before, known) == at
    grown = [*known, *[(at + n * HOUR / 60, FAULT["en"][n % 8]) for n in range(1, 60)]]
    assert parts_at(second, before, grown) == at


def test_without_texts_arrivals_decide() -> None:
    first, second = swing(0), swing(48)
    assert parts_at(second, [], []) == second.alarmed_at
    assert parts_at(second, written(np.random.default_rng(1), first, FAULT["en"], 30), []) == (
        second.alarmed_at
    )


def test_a_wave_reopens_its_event_and_says_so() -> None:
    first, second = swing(0), swing(48)
    (event,) = detected("tips", [first, second], Names("tips"), lambda *_: None)
    assert event.id == "tips-20260616T1500Z"
    assert [(a.kind, a.again) for a in event.alarms] == [
        ("opened", False), ("ended", False), ("escalated", True), ("ended", False),
    ]  # fmt: skip
    assert event.swing.ended_at == second.ended_at
    assert (event.swing.items, event.swing.waves) == (80, 2)
    assert event.swing.closed_at == second.closed_at


def test_what_turns_out_to_be_of_its_own_alarms_then_and_loses_no_line() -> None:
    first, second = swing(0), swing(48, escalations=(Escalation(at=START + 52 * HOUR, factor=4.0),))
    known = START + 51 * HOUR
    one, other = detected("tips", [first, second], Names("tips"), lambda *_: known)
    assert [(a.kind, a.again) for a in one.alarms] == [
        ("opened", False), ("ended", False), ("escalated", True),
    ]  # fmt: skip
    assert one.swing.ended_at == first.ended_at
    assert [(a.kind, a.at) for a in other.alarms][:2] == [
        ("opened", known), ("escalated", START + 52 * HOUR),
    ]  # fmt: skip
    assert other.id == "tips-20260618T1700Z"


def test_an_id_that_was_given_stays_although_it_reads_as_a_wave_now() -> None:
    first, second = swing(0), swing(48)
    names = Names("tips")
    given = [event.id for event in detected("tips", [first, second], names, parts_always)]
    assert [e.id for e in detected("tips", [first, second], names, lambda *_: None)] == given


@pytest.mark.parametrize(
    ("hours", "counts", "near"),
    [(48, "negative", True), (24 * 7, "negative", True), (24 * 9, "negative", False),
     (48, "positive", False)],
)  # fmt: skip
def test_nine_days_apart_are_never_one(hours: float, counts: str, near: bool) -> None:
    assert may_be_wave(swing(0), swing(hours, counts=counts)) is near
