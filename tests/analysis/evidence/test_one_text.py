"""One text in many hands: what is told as one text, what is not, and that more never tells less."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.evidence.case import prepare
from analysis.evidence.coordination import flood, one_text
from analysis.evidence.coordination.coordination_rule import level
from analysis.evidence.coordination.copied import messages, shipped
from analysis.evidence.coordination.messages import languages, read_as_messages
from analysis.evidence.coordination.rarity import General
from analysis.evidence.signals import declared_calls
from analysis.evidence.signals import one_text as sign
from analysis.reasons.lexicon import languages as with_reasons
from analysis.records import Evidence
from analysis.words.catalogue import english
from analysis.words.evidence import finding
from collector.record_frames import to_frame
from collector.records import ContextEvent
from tests.analysis.evidence.build import ONSET, Review, window

TEXTS = {
    "en": "since the council put this thing on every lamp post our street feels like an open "
    "jail and nobody ever asked the families who live here whether they agree so one star from me",
    "id": "sejak kantor walikota memaksa kami memakai aplikasi ini semua urusan kampung menjadi "
    "rumit dan tidak ada seorang pun yang bertanya kepada warga maka saya beri satu bintang",
    "ru": "с тех пор как мэрия навязала нам эту программу каждый двор превратился в тюрьму под "
    "открытым небом и никто не спросил жителей согласны ли они поэтому ставлю одну звезду",
    "de": "seit der stadtrat uns diese anwendung aufgezwungen hat fühlt sich unsere straße wie ein "
    "gefängnis an und niemand hat die anwohner gefragt ob sie das wollen deshalb ein stern",
    "tr": "belediye bu uygulamayı bize zorla dayattığından beri mahallemiz açık hava hapishanesi "
    "gibi oldu ve kimse burada yaşayan ailelere fikrini sormadı o yüzden tek yıldız veriyorum",
    "ko": "시청이 이 앱을 우리에게 강요한 뒤로 동네 골목이 감옥처럼 느껴지고 "
    "여기 사는 가족들에게 동의하는지 물어본 사람이 아무도 없었으니 별 하나만 드립니다",
    "ja": "市役所がこのアプリを押し付けてから私たちの通りは監獄のようになりました"
    "住民に賛成かどうかを尋ねた人は誰もいませんでしたので星一つにします",
    "zh": "自从市政府强迫我们使用这个软件以后整条街道就像露天监狱一样"
    "从来没有人问过住在这里的家庭是否同意所以我只给一颗星并且请求立刻下架",
    "ar": "منذ أن فرضت البلدية علينا هذا التطبيق صار شارعنا مثل سجن مفتوح "
    "ولم يسأل أحد العائلات التي تعيش هنا إن كانت موافقة لذلك أعطيه نجمة واحدة فقط وأطلب إيقافه",
    "hi": "जब से नगर निगम ने यह ऐप हम पर थोपा है हमारी गली खुली जेल जैसी लगती है और यहाँ रहने वाले "
    "परिवारों से किसी ने नहीं पूछा कि वे सहमत हैं या नहीं इसलिए एक सितारा",
    "th": "ตั้งแต่เทศบาลบังคับให้พวกเราใช้แอปนี้ถนนของเราก็เหมือนคุกกลางแจ้งและไม่เคยมีใครถามครอบครัวที่อาศัยอยู่ที่นี่"
    "ว่าเห็นด้วยหรือไม่จึงขอให้หนึ่งดาว",
    "es": "desde que el ayuntamiento nos impuso esta aplicación nuestra calle parece una cárcel al "
    "aire libre y nadie preguntó a las familias que vivimos aquí si estábamos de acuerdo",
}
LOOSE = [
    "slow",
    "map",
    "login",
    "code",
    "river",
    "pizza",
    "angry",
    "bus",
    "again",
    "never",
    "works",
    "today",
    "nice",
    "thanks",
    "why",
]
PAST = [Review(float(1 + n % 5), f"the map is slow again {n} and no code comes") for n in range(60)]


def own(n: int) -> list[Review]:
    """Reviews of people in words of their own."""
    rng = np.random.default_rng(22)
    return [
        Review(1, " ".join(rng.choice(LOOSE, 9)) + f" word{k} other{k * 7}", author=f"own{k}")
        for k in range(n)
    ]


def changed(text: str, words: int, seed: int) -> str:
    """The text with so many of its words, or letters where it has no blanks, changed."""
    parts = text.split() if " " in text else list(text)
    for place in np.random.default_rng(seed).choice(len(parts), words, replace=False):
        parts[place] = "xyz" if " " in text else "々"
    return (" " if " " in text else "").join(parts)


def copies(text: str, n: int, words: int = 0) -> list[Review]:
    return [Review(1, changed(text, words, k), author=f"copy{k}") for k in range(n)]


def found(reviews: Sequence[Review], past: Sequence[Review] = PAST) -> Evidence:
    return sign.measure(prepare(window(reviews, past)))


@pytest.mark.parametrize("lang", TEXTS)
def test_one_text_is_found_in_any_language(lang: str) -> None:
    n, of, words = (71, 80, 2) if lang in ("en", "ja", "th") else (12, 60, 4)
    evidence = found(copies(TEXTS[lang], n, words) + own(of - n))
    assert evidence.speaks_for == "coordination"
    assert evidence.details["people"] >= 0.8 * n
    assert evidence.details["people"] <= n
    assert len(evidence.details["quotes"]) == 2
    assert evidence.details["degree"] == ("strong" if n == 71 else "some")


def test_clauses_in_another_order_and_decorations_hide_nothing() -> None:
    parts = TEXTS["en"].split(" and ")
    turned = [
        Review(1, f"★★ {parts[1]}!!! {parts[0].upper()} 😡 {k}", author=f"c{k}") for k in range(20)
    ]
    assert found(copies(TEXTS["en"], 20) + turned + own(40)).details["people"] >= 38


def test_forty_pastes_in_a_large_flood() -> None:
    assert found(copies(TEXTS["de"], 39) + own(700)).speaks_for == "coordination"


@pytest.mark.parametrize(
    "text", ["not working", "bad app", "does not work since the update", "very good app thank you"]
)
def test_short_texts_tell_nothing_however_many(text: str) -> None:
    assert found([Review(1, text, author=f"a{k}") for k in range(100)]).speaks_for is None


def test_one_persons_repeats_are_one() -> None:
    repeats = [replace(review, author="one") for review in copies(TEXTS["en"], 60)]
    assert found(repeats + own(60)).speaks_for is None


def test_a_canned_text_of_the_apps_past_is_usual() -> None:
    past = PAST + [Review(1, TEXTS["en"], author=f"p{k}") for k in range(60)]
    assert found(copies(TEXTS["en"], 30) + own(60), past).speaks_for is None


def test_what_anybody_could_copy_is_left_out() -> None:
    case = window(copies(TEXTS["es"], 40) + own(40), PAST)
    headline = ContextEvent(
        app="city-app", source="news", event_id="1", at=ONSET, kind="news", title=TEXTS["es"],
        url=None, first_seen=ONSET,
    )  # fmt: skip
    assert sign.measure(prepare(case)).speaks_for
    told = replace(case, context=to_frame(ContextEvent, [headline]))
    assert sign.measure(prepare(told)).speaks_for is None
    described = replace(case, descriptions=(f"City App\n\n{TEXTS['es']}\n\nGet it now.",))
    assert sign.measure(prepare(described)).speaks_for is None
    replied = case.items.assign(reply_text=TEXTS["es"])
    assert sign.measure(prepare(replace(case, items=replied))).speaks_for is None


def test_greetings_and_songs_are_left_out() -> None:
    for line in (" ".join(words) for words in shipped()[::10]):
        assert found([Review(1, line, author=f"a{k}") for k in range(30)]).speaks_for is None


def test_an_error_message_that_everybody_quotes_is_no_text_of_theirs() -> None:
    message = "error 503 the upstream gateway has refused this connection please contact support"
    rng = np.random.default_rng(23)
    said = [" ".join(rng.permutation(LOOSE)) for _ in range(120)]
    quoting = [Review(1, f"{said[k]} {message} word{k} {said[k + 60]}") for k in range(60)]
    assert found(quoting + own(20)).speaks_for is None


def test_a_meme_that_everybody_rephrases() -> None:
    rest = [
        "neighbour",
        "cousin",
        "goldfish",
        "trumpet",
        "kitchen",
        "homework",
        "parrot",
        "mother",
        "bicycle",
        "lawn",
    ]
    memes, rng = [], np.random.default_rng(24)
    for k in range(120):
        one, two, three = rng.choice(rest, 3, replace=False)
        end = " ".join(rng.permutation([*LOOSE, *rest])[:8])
        memes.append(Review(1, f"this app ate my {one} and {two}{k} sang {end} {three}"))
    assert found(memes).speaks_for is None


def test_too_few_who_wrote_something_are_not_tested() -> None:
    few = found(copies(TEXTS["en"], 12) + [Review(1, "")] * 40)
    assert few.value is None
    assert few.details["reason"] == "few-accounts"


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**31), st.integers(8, 40))
def test_neither_order_nor_names_nor_rows_that_come_twice_matter(seed: int, n: int) -> None:
    case = window(copies(TEXTS["en"], n, 2) + own(40), PAST)
    plain = sign.measure(prepare(case))
    items = case.items.sample(frac=1, random_state=seed)
    names = dict(zip(items["author_key"].unique(), items["author_key"].unique()[::-1], strict=True))
    renamed = items.assign(author_key=items["author_key"].map(names))
    doubled = pd.concat([renamed, renamed.assign(item_id=renamed["item_id"] + "x")])
    assert sign.measure(prepare(replace(case, items=doubled))) == plain


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 40), st.integers(1, 40), st.integers(0, 3))
def test_more_copies_never_tell_less(n: int, more: int, words: int) -> None:
    texts = copies(TEXTS["es"], n + more, words)
    rest = own(60)
    order = ["none", "some", "strong"]
    fewer = found(rest + texts[:n]).details["degree"]
    assert order.index(found(rest + texts).details["degree"]) >= order.index(fewer)


def test_what_is_read_of_a_large_flood_stays_while_it_grows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flood, "MOST_READ", 100)
    rows = flood.flood_rows(window(copies(TEXTS["en"], 150) + own(150), PAST).items, "negative")
    small, large = rows.iloc[:200], rows
    before, after = (set(part.iloc[flood.chosen(part)]["author_key"]) for part in (small, large))
    assert len(before) == len(after) == 100
    assert after & set(small["author_key"]) <= before
    assert {f"copy{k}" for k in range(150)} & after
    assert flood.chosen(rows.iloc[:100]).tolist() == list(range(100))


def test_candidates_are_found_by_the_signatures_alone() -> None:
    texts = [changed(TEXTS["de"], 4, k).split() for k in range(15)]
    wordings = one_text.wordings(
        texts, np.arange(15), one_text.beside([], general=General(set(), set()))
    )
    assert sum(one.hands for one in wordings) >= 13


COMPLAINTS = [
    "The app has been down since this morning and I cannot report anything",
    "Server error every time I open it, please fix this soon",
    "It keeps loading and never opens, I tried three times today",
    "Cannot log in since the last update, it says wrong password",
    "App crashes right after the start screen, useless right now",
    "I get error 500 whenever I try to send a report",
    "The city should listen to its citizens instead of closing our library",
    "Shame on the council for cutting the bus lines, one star until you bring them back",
    "You raised the parking fees again and nobody asked us",
    "I am angry about the new fee, this is not what we pay taxes for",
]


@pytest.mark.parametrize("accounts", [60, 150, 600])
def test_complaints_in_a_sentence_each_are_nobodys_text(accounts: int) -> None:
    """Many may say one sentence; a campaign's text is longer, or most of what is said."""
    drawn = np.random.default_rng(25).integers(0, len(COMPLAINTS), accounts)
    reviews = [Review(1, COMPLAINTS[k], author=f"a{n}") for n, k in enumerate(drawn)]
    past = [Review(5, "works well", author=f"p{n}") for n in range(100)]
    found = sign.measure(prepare(window(reviews, past)))
    assert found.details["degree"] == "none"


@pytest.mark.parametrize("sentences", [1, 2, 3])
def test_a_few_sentences_of_all_are_told_and_never_strong(sentences: int) -> None:
    reviews = [Review(1, COMPLAINTS[n % sentences], author=f"a{n}") for n in range(120)]
    past = [Review(5, "works well", author=f"p{n}") for n in range(100)]
    found = sign.measure(prepare(window(reviews, past)))
    assert found.details["degree"] == "some"


POPUPS = [
    """Your prescription could not be transferred to the selected pharmacy, contact the insurance
    fund and quote case four two nine""",
    """Su cita ha sido rechazada por la oficina seleccionada, comuníquese con el mostrador municipal
    y presente el justificante de domicilio antes del viernes""",
    "您的预约申请未通过街道办事处审核，请联系所属社区工作人员并携带户口本和租赁合同前往办理",
    "服务器正在维护中，请稍后再试，给您带来的不便敬请谅解",
    "更新以后一直闪退打不开请尽快修复谢谢",
    "サーバーメンテナンスのため現在ご利用いただけません。復旧まで今しばらくお待ちくださいますようお願い申し上げます",
    """An unexpected server error occurred while your report was being sent to the municipal desk
    please write down your reference number and call the citizens line in opening hours""",
    """Beim Verbinden mit dem Server der Stadtverwaltung ist ein Fehler aufgetreten. Bitte notieren
    Sie die Vorgangsnummer und rufen Sie zu den Öffnungszeiten der zuständigen Abteilung an""",
]


@pytest.mark.parametrize("popup", POPUPS)
def test_an_error_message_that_its_victims_paste_is_never_strong(popup: str) -> None:
    pasted = [Review(1, popup, author=f"v{k}") for k in range(60)]
    calls = [Review(1, f"this is a raid {'!' * k}", author=f"c{k}") for k in range(30)]
    case = prepare(window(pasted + calls + own(30), PAST))
    evidence = sign.measure(case)
    assert evidence.details["degree"] in ("none", "some")
    assert level([evidence, declared_calls.measure(case)]) == "some"


def test_messages_are_told_apart_in_every_language_and_a_campaign_is_none() -> None:
    assert set(with_reasons()) <= set(languages())
    lines = [line for line in messages() if line]
    assert sum(read_as_messages(lines)) >= 0.9 * len(lines)
    assert sum(read_as_messages(list(TEXTS.values()))) <= 1


@pytest.mark.parametrize("lang", ["ja", "zh", "th"])
def test_scripts_without_blanks_count_each_letter_once(lang: str) -> None:
    half = TEXTS[lang][: len(TEXTS[lang]) // 3]
    assert found(copies(half, 40) + own(40)).details["degree"] != "strong"


def test_reviews_without_accounts_are_never_strong() -> None:
    days = [replace(r, author=None, at=ONSET + timedelta(days=k % 2))
            for k, r in enumerate(copies(TEXTS["en"], 25))]  # fmt: skip
    nobody = [replace(review, author=None) for review in own(70)]
    evidence = found(days + nobody)
    assert evidence.details["degree"] == "none"
    assert evidence.details["counted"] == "reviews"
    apart = [replace(review, author=None, at=None) for review in days]
    few = [replace(review, author=f"a{k}") for k, review in enumerate(apart[:12])]
    calls = [Review(1, f"this is a raid {k}") for k in range(30)]
    case = prepare(window([*few, *apart[12:], *calls, *nobody], PAST))
    assert level([sign.measure(case), declared_calls.measure(case)]) == "some"
    evidence = found(apart + nobody)
    assert evidence.details["degree"] == "some"
    assert "reviews" in finding(evidence, english())
    assert "accounts" not in finding(evidence, english())


@pytest.mark.parametrize(("words", "more"), [(14, 70), (22, 40), (22, 120)])
def test_shortened_copies_beside_full_ones_take_nothing_away(words: int, more: int) -> None:
    full = copies(TEXTS["en"], 30)
    half = " ".join(TEXTS["en"].split()[:words])
    short = [Review(1, half, author=f"s{k}") for k in range(more)]
    assert found(full + own(50)).details["degree"] == "strong"
    assert found(full + short + own(50)).details["degree"] == "strong"


def test_one_link_in_words_of_their_own_is_no_text() -> None:
    link = "https://www.reddit.com/r/cityapp/comments/abc/down_again_since_monday/?share=xyz"
    said = [replace(review, text=f"{review.text} {link}") for review in own(60)]
    assert found(said).speaks_for is None


def test_the_quotes_are_of_two_accounts_and_begin_with_the_fullest() -> None:
    shorter = " ".join(TEXTS["en"].split()[:26])
    twice = [Review(1, TEXTS["en"], author="one")] * 2
    evidence = found([*twice, *copies(shorter, 30), *own(40)])
    assert evidence.details["quotes"] == [TEXTS["en"], shorter]


def test_two_texts_with_a_few_words_in_common_are_two() -> None:
    """ "Locked out" stands in both: neither is so many people's that it could be counted."""
    first = "I am locked out, the code by SMS never comes here in town"
    second = "Sign in fails after the update. Locked out! honestly"
    both = [Review(1, first, author=f"a{k}") for k in range(22)]
    both += [Review(1, second, author=f"b{k}") for k in range(18)]
    evidence = found(both + own(80))
    assert (evidence.details["degree"], evidence.details["people"]) == ("none", 0)
    long = [Review(1, TEXTS["en"], author=f"a{k}") for k in range(30)]
    other = [Review(1, f"{TEXTS['de']} locked out", author=f"b{k}") for k in range(25)]
    evidence = found(long + other + own(80))
    assert (evidence.details["texts"], evidence.details["people"]) == (2, 55)
