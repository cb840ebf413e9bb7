"""Signs of coordination in reviews beside one text: calls, non-users, clockwork, the same hands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.case import prepare
from analysis.evidence.coordination import flood as flood_file
from analysis.evidence.coordination.clockwork import Even, even_gaps, one_second
from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.coordination.declared import CALLED, declared, languages
from analysis.evidence.coordination.review_rule import Degree, together
from analysis.evidence.signals import clockwork, declared_calls, not_users, same_hands
from analysis.reasons.lexicon import languages as with_reasons
from tests.analysis.evidence.build import ONSET, Review, window

PAST = [Review(float(1 + n % 5), f"the map is slow again {n}", author=f"p{n}") for n in range(80)]
OWN = ["the map never loads for me", "login code does not come", "very slow since monday", "bad"]
CALLS = {
    "en": [
        "came from tiktok to lower the rating",
        "one star from all of us",
        "raid time, one star",
    ],
    "es": ["vengo del stream", "para bajar la nota", "una estrella de parte de todos"],
    "pt": ["vim do grupo", "para derrubar a nota", "missão cumprida, uma estrela"],
    "fr": ["je viens du stream", "pour faire baisser la note", "mission accomplie, une étoile"],
    "de": ["komme aus der gruppe", "um die bewertung zu senken", "ein stern von uns allen"],
    "it": ["vengo dal gruppo", "per abbassare la media", "una stella da parte di tutti"],
    "nl": ["kom van de stream", "om de score te verlagen", "missie volbracht, 1 ster"],
    "id": [
        "datang dari grup",
        "biar turun ratingnya, untuk menurunkan rating",
        "misi selesai, bintang satu",
    ],
    "ms": ["datang dari group", "untuk turunkan rating", "misi selesai, satu bintang"],
    "tr": ["yayından geldim", "puanı düşürmek için geldik", "hepimizden bir yıldız"],
    "ru": ["пришел со стрима", "чтобы понизить рейтинг", "одна звезда от всех нас"],
    "uk": ["прийшов зі стріму", "щоб знизити рейтинг", "завдання виконано, одна зірка"],
    "pl": ["przychodzę z grupy", "żeby obniżyć ocenę", "misja wykonana, jedna gwiazdka"],
    "sv": ["kommer från streamen", "för att sänka betyget", "uppdrag slutfört, en stjärna"],
    "vi": ["mình đến từ nhóm", "mình vào để hạ điểm app này", "nhiệm vụ hoàn thành, một sao"],
    "tl": ["galing sa group", "para bumaba ang rating", "mission accomplished, one star"],
    "ar": ["جيت من القروب", "لتنزيل التقييم", "تمت المهمة نجمة واحدة"],
    "fa": ["از گروه اومدم", "برای پایین آوردن امتیاز", "ماموریت انجام شد یک ستاره"],
    "hi": ["ग्रुप से आया", "रेटिंग गिराने के लिए", "मिशन पूरा हुआ एक स्टार"],
    "bn": ["গ্রুপ থেকে এসেছি", "রেটিং কমাতে এসেছি", "মিশন সফল এক স্টার"],
    "ko": ["단톡방에서 왔습니다", "평점을 낮추려고", "임무 완료 별점 1점"],
    "ja": ["配信から来ました", "評価を下げるため", "任務完了しました、星1です"],
    "zh": ["从直播间来的", "来把评分拉低", "任务完成，一星"],
    "th": ["มาจากกลุ่ม", "ช่วยกันลดคะแนน", "ภารกิจสำเร็จ หนึ่งดาว"],
}
NO_CALLS = [
    "I was not sent by anyone, this app is bad",
    "ignore the people who came from the stream",
    "nobody told me to write this",
    "those trolls came from tiktok to lower the rating",
    "the reviews are from a raid, stop review bombing this",
    "nadie me mandó del grupo, la app es mala",
    "ignoriert die leute die aus der gruppe kommen um die bewertung zu senken",
    "никто меня не присылал из группы",
    "personne ne m a envoyé du stream",
    "жители тех групп кто пришли со стрима врут",
    "does not work since the update, please lower the price",
    "would give zero stars if I could",
    "Ignore the people from https://www.reddit.com/r/xyz, they never used it",
    "Ignore those people. https://www.reddit.com/r/xyz",
    "how to fix it: https://www.youtube.com/watch?v=abc https://x.com/agency/status/12",
]
# What games, shops, schools and support have the same words for.
OTHERWISE = [
    "Raid day is broken since the update",
    "I opened it for the raid and it crashed",
    "I was asked to rate this app so here you go",
    "mission complete but no reward",
    "our squad cannot play together any more",
    "the code sent by telegram never arrives",
    "the server told me to try again later",
    "support chat told me to reinstall",
    "the app is not doing what was asked",
    "the server is doing this every day",
    "messages coming from the server are late, one star",
    "sound is missing from the stream",
    "order received but nothing came",
    "misión cumplida y no dan el premio",
    "me envió telegram el código",
    "cinco estrellas de nuestra parte",
    "missão cumprida e a recompensa não veio",
    "mission accomplie sans récompense",
    "le code envoyé par le serveur n'arrive pas",
    "der server hat mich rausgeworfen",
    "bin aus der gruppe geflogen",
    "5 sterne von uns",
    "missione compiuta ma niente premio",
    "kom via facebook niet binnen",
    "diminta admin untuk daftar lagi",
    "misi selesai tapi hadiah tidak masuk",
    "görev tamamlandı ama ödül yok",
    "задание выполнено а награды нет",
    "я из группы риска",
    "завдання виконано а бонусу нема",
    "zadanie wykonane, nagrody brak",
    "czas na rajd rowerowy",
    "uppdrag slutfört men ingen belöning",
    "hoàn thành nhiệm vụ mà không có thưởng",
    "mission accomplished pero walang reward",
    "تمت المهمة ولم احصل على المكافأة",
    "طلب مني صاحب المحل تحميله",
    "ماموریت انجام شد ولی جایزه نداد",
    "भाई ने बोला था अच्छा है",
    "काम पूरा हो गया",
    "কাজ শেষ কিন্তু টাকা পাইনি",
    "미션 완료했는데 보상이 없어요",
    "총공사비가 얼마인지 안 나와요",
    "ミッション達成したのに報酬がない",
    "グループから来た通知が開けない",
    "任务完成了但是没有奖励",
    "งานเสร็จสิ้นแล้วแต่ไม่ได้รับเงิน",
    "I had to lower the rating after the update",
    "fix it and I will raise the rating",
    "tuve que bajar la calificación",
    "tive que baixar a nota",
    "j'ai dû baisser la note",
    "muss leider die bewertung senken",
    "ho dovuto abbassare il voto",
    "terpaksa saya turunkan rating",
    "пришлось снизить оценку",
    "musiałem obniżyć ocenę",
    "kopieren und einfügen geht nicht mehr",
    "bei problemen bitte melden",
    "copia e incolla non funziona",
    "kopiëren en plakken werkt niet",
    "geef de meterstand door",
    "kopyala yapıştır çalışmıyor",
    "복붙이 안 돼요",
    "コピペして使えない",
    "评分功能复制一下就闪退",
    "रेटिंग कम है",
    "রেট কমান",
    "評価を下げることにした",
]


def flood(said: Sequence[str], n: int, of: int) -> list[Review]:
    """So many accounts that say one of these, the others complain."""
    calls = [Review(1, f"{said[k % len(said)]} {'!' * k}", author=f"c{k}") for k in range(n)]
    return calls + [Review(1, f"{OWN[k % 4]} {k}", author=f"o{k}") for k in range(of - n)]


def test_the_file_holds_every_language_that_reasons_are_read_in() -> None:
    assert set(with_reasons()) <= set(languages())
    assert len(languages()) >= 20


@pytest.mark.parametrize("lang", CALLS)
def test_what_names_a_call_is_read_in_every_language(lang: str) -> None:
    assert [bool(one & CALLED) for one in declared(CALLS[lang])] == [True] * len(CALLS[lang])


@pytest.mark.parametrize("text", NO_CALLS)
def test_denied_reported_and_complained_of_is_no_call(text: str) -> None:
    assert not declared([text])[0] & CALLED


@pytest.mark.parametrize("text", OTHERWISE)
def test_the_words_of_games_and_support_are_no_call(text: str) -> None:
    assert not declared([text])[0] & CALLED


@pytest.mark.parametrize("lang", ["en", "de", "ko"])
def test_half_of_a_flood_that_names_the_call_is_some(lang: str) -> None:
    found = declared_calls.measure(prepare(window(flood(CALLS[lang], 60, 120), PAST)))
    assert found.speaks_for == "coordination"
    assert found.details["degree"] == "some"
    assert found.details["people"] == 60


def test_a_few_that_name_a_call_are_nothing() -> None:
    found = declared_calls.measure(prepare(window(flood(CALLS["en"], 4, 120), PAST)))
    assert found.speaks_for is None


def test_hashtags_that_several_share_and_a_thread_count() -> None:
    tagged = [f"bad map #ratethemdown {k}" for k in range(20)]
    found = declared_calls.measure(prepare(window(flood(tagged, 20, 80), PAST)))
    assert found.details["people"] == 20
    assert "link" in declared(["as here https://www.reddit.com/r/something/comments/1 one star"])[0]


def test_hashtags_that_are_complained_of_are_no_call() -> None:
    blamed = ["Do not believe the #boycottx trolls, great app", "Ignore the trolls. #boycottx"]
    found = declared_calls.measure(prepare(window(flood(blamed, 30, 80), PAST)))
    assert (found.details["people"], found.speaks_for) == (0, None)


def test_the_past_is_that_of_the_same_stars() -> None:
    """What half of the complaints always say is usual, however many praise in other words."""
    praise = [Review(5, f"lovely map {n}", author=f"q{n}") for n in range(600)]
    blame = [Review(1, f"{'this is a raid' if n % 2 else 'slow map'} {n}") for n in range(60)]
    past = [one for pair in zip(praise[:60], blame, strict=True) for one in pair] + praise[60:]
    found = declared_calls.measure(prepare(window(flood(["this is a raid"], 60, 120), past)))
    assert found.baseline == 0.5
    assert found.speaks_for is None


def test_people_who_never_used_it_and_greet_from_afar() -> None:
    said = ["never used it", "greetings from Seoul, one star", "I don't even live there"]
    found = not_users.measure(prepare(window(flood(said, 60, 120), PAST)))
    assert found.details["people"] == 60
    assert found.details["degree"] == "some"
    quiet = not_users.measure(prepare(window(flood(["it never opened"], 60, 120), PAST)))
    assert quiet.details["people"] == 0


@pytest.mark.parametrize("period", [30, 60, 300])
@pytest.mark.parametrize("jitter", [0.0, 0.2])
def test_robots_are_clockwork(period: int, jitter: float) -> None:
    moved = np.random.default_rng(5).uniform(-jitter, jitter, 120)
    at = [ONSET + timedelta(seconds=int(period * (k + moved[k] + 1))) for k in range(120)]
    reviews = [Review(1, f"{OWN[k % 4]} {k}", at=at[k]) for k in range(120)]
    found = clockwork.measure(prepare(window(reviews, PAST)))
    assert found.speaks_for == "coordination"
    assert found.details["what"] == "gaps"


def test_every_arrival_counts_however_few_texts_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flood_file, "MOST_READ", 30)
    at = [ONSET + timedelta(seconds=60 * k) for k in range(120)]
    reviews = [Review(1, f"{OWN[k % 4]} {k}", at=at[k]) for k in range(120)]
    case = prepare(window(reviews, PAST))
    assert clockwork.measure(case).details["what"] == "gaps"
    assert declared_calls.measure(case).details["of"] == 30


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.integers(20, 400), st.sampled_from([1, 60]), st.floats(0.2, 20))
def test_people_in_a_rush_are_never_clockwork(
    seed: int, n: int, resolution: int, hours: float
) -> None:
    rng = np.random.default_rng(seed)
    at = 1.7e9 + np.sort(rng.beta(1, 3, n)) * hours * 3_600
    found = even_gaps(np.floor(at / resolution) * resolution)
    assert found is None or found.p > 1e-6


def test_days_and_full_minutes_say_nothing() -> None:
    rng = np.random.default_rng(6)
    days = 1.7e9 // 86_400 * 86_400 + 86_400.0 * np.arange(100)
    assert even_gaps(days) is None
    minutes = np.sort(np.floor(rng.uniform(0, 600, 200))) * 60 + 1.7e9 // 60 * 60
    assert one_second(minutes, minutes) is None
    assert one_second(minutes + 17, np.sort(rng.uniform(0, 1e7, 300)).round()) is not None


def test_the_same_hands_elsewhere() -> None:
    case = window(flood(["bad"], 0, 60), PAST)
    assert same_hands.measure(prepare(case)).value is None
    hands = frozenset(f"o{k}" for k in range(40))
    told = replace(case, hands_elsewhere=hands, hands_usual=frozenset())
    found = same_hands.measure(prepare(told))
    assert (found.details["people"], found.details["degree"]) == (40, "some")
    # Of the reviewers of the last 90 days all are met elsewhere, of older ones nobody asked.
    usual = replace(told, hands_usual=frozenset(f"p{k}" for k in range(40, 80)))
    assert same_hands.measure(prepare(usual)).baseline > 0.95
    assert same_hands.measure(prepare(usual)).speaks_for is None
    unknown = replace(told, before=told.before.iloc[:30])
    assert same_hands.measure(prepare(unknown)).details["reason"] == "few-past"


DEGREES: list[tuple[dict[str, Degree], set[str], Degree]] = [
    ({}, set(), "none"),
    ({"declared_calls": "some"}, set(), "some"),
    ({"declared_calls": "some", "not_users": "some", "same_hands": "some"}, set(), "some"),
    ({"clockwork": "some"}, {"clockwork"}, "some"),
    ({"clockwork": "some", "not_users": "some"}, {"clockwork"}, "strong"),
    ({"clockwork": "some", "not_users": "some"}, set(), "some"),
    ({"one_text": "some", "declared_calls": "some"}, {"one_text"}, "strong"),
    ({"one_text": "some", "clockwork": "some"}, {"one_text"}, "some"),
    ({"one_text": "some", "clockwork": "some"}, {"one_text", "clockwork"}, "strong"),
    ({"one_text": "strong"}, {"one_text"}, "strong"),
]


@pytest.mark.parametrize(("degrees", "telling", "all_in_all"), DEGREES)
def test_what_signs_say_together(
    degrees: dict[str, Degree], telling: set[str], all_in_all: Degree
) -> None:
    assert together(degrees, telling) == all_in_all


def people_at(hours: Sequence[float], said: Sequence[str], days: int) -> list[Review]:
    """One review at each of these hours of each day, at odd seconds."""
    rng = np.random.default_rng(9)
    moved = [(day * 24 + hour) * 3_600 + int(rng.integers(0, 3_000))
             for day in range(days) for hour in hours]  # fmt: skip
    at = [ONSET + timedelta(seconds=float(second)) for second in sorted(moved)]
    return [
        Review(1, f"{said[k % len(said)]} {k}", author=f"z{k}", at=when)
        for k, when in enumerate(at)
    ]


def awake() -> list[Review]:
    """A past in which nobody writes from midnight to six."""
    rng = np.random.default_rng(10)
    at = [ONSET - timedelta(days=n % 90 + 1, hours=-6, seconds=-int(rng.integers(0, 18 * 3_600)))
          for n in range(400)]  # fmt: skip
    return [Review(float(1 + n % 5), f"the map is slow {n}", author=f"p{n}", at=when)
            for n, when in enumerate(sorted(at))]  # fmt: skip


def test_people_of_another_time_zone_who_say_so_are_never_strong() -> None:
    """They write by day, which is the app's people's night, and greet from there: one fact."""
    said = ["greetings from Seoul, one star", "I don't even live there"]
    case = prepare(window(people_at([1, 1.5, 2, 2.5, 3, 4, 5], said, 8), awake()))
    found = [clockwork.measure(case), not_users.measure(case), declared_calls.measure(case)]
    assert (found[0].details["what"], found[1].details["degree"]) == ("night", "some")
    assert level(found) == "some"


def test_dates_alone_tell_no_second_whatever_the_past_tells() -> None:
    rng = np.random.default_rng(11)
    past = np.sort(rng.uniform(0, 1e7, 300)).round()
    days = 1.7e9 // 86_400 * 86_400 + 86_400.0 * np.sort(rng.integers(0, 5, 90))
    assert one_second(days, past) is None
    assert one_second(days + 3_600 * np.sort(rng.integers(0, 20, 90)), past) is None
    timetable = 1.7e9 // 60 * 60 + 17 + 60.0 * np.sort(rng.integers(0, 5_000, 90))
    assert one_second(timetable, past) is not None


def test_what_stands_out_is_told_even_where_something_else_has_the_smaller_p() -> None:
    """Gaps that are even without being half as many again as by chance must not hide the second."""
    weak, clear = Even(0.25, 0.2, 1e-30), Even(1.0, 1 / 60, 1e-20)
    assert clockwork.telling([("gaps", weak), ("second", clear)])[:2] == ("some", "second")
    assert clockwork.telling([("gaps", weak), ("night", weak)])[0] == "none"


def test_the_two_quotes_are_never_one_accounts() -> None:
    said = [replace(review, author="c0") for review in flood(["this is a raid"], 3, 3)]
    rest = flood(["this is a raid"], 60, 120)
    found = declared_calls.measure(prepare(window(said + rest, PAST)))
    assert len(set(found.details["quotes"])) == 2
