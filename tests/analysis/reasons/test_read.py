"""The reasons that made-up reviews give."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reasons.lexicon import CODES, Lexicon, languages, read, shipped
from analysis.reasons.read import reasons_of
from analysis.reasons.spelling import END, START, plain
from analysis.reasons.text_language import tongues

GIVEN = [
    ("Since the last update it crashes every time I open it", "update", "crash"),
    ("The verification code never arrives and I cannot log in", "login", ""),
    ("The server is down again, it says try again later", "server", ""),
    ("Does not work on my Samsung with Android 10", "device", ""),
    ("They took my money, I want a refund", "price", ""),
    ("It spies on us and collects our personal data", "privacy", ""),
    ("The government and the police have no right to do this", "politics", ""),
    ("Customer service never replied to my emails", "service_people", ""),
    ("Everybody, do not download this app", "call", ""),
    ("Tras la actualización se cierra sola", "update", "crash"),
    ("No puedo iniciar sesión, no llega el código", "login", ""),
    ("Depuis la mise à jour impossible de me connecter", "update", "login"),
    ("Seit dem Update stürzt die App ständig ab", "update", "crash"),
    ("Der Server ist überlastet, keine Verbindung", "server", ""),
    ("Não consigo fazer login, o código não chega", "login", ""),
    ("Dopo l'aggiornamento non si apre più", "update", "crash"),
    ("Setelah update aplikasi keluar sendiri terus", "update", "crash"),
    ("Kode OTP tidak masuk, tidak bisa login", "login", ""),
    ("После обновления приложение вылетает", "update", "crash"),
    ("Не приходит смс с кодом, не могу войти", "login", ""),
    ("업데이트 후 앱이 안 열려요", "update", "crash"),
    ("서버 점검 중이라 접속이 안됩니다", "server", ""),
    ("更新之后一直闪退，打不开", "update", "crash"),
    ("アップデートしてから起動しない", "update", "crash"),
    ("Po aktualizacji nie mogę się zalogować", "update", "login"),
    ("Güncellemeden sonra açılmıyor", "update", "crash"),
    ("Na de update start de app niet meer op", "update", "crash"),
    ("Після оновлення додаток вилітає", "update", "crash"),
    ("بعد التحديث لا يفتح التطبيق", "update", "crash"),
    ("अपडेट के बाद लॉगिन नहीं हो रहा", "update", "login"),
    ("หลังอัพเดทเปิดไม่ได้เลย", "update", "crash"),
    ("Sau khi cập nhật không đăng nhập được", "update", "login"),
]


def given_by(text: str, stars: float = 1.0) -> dict[str, tuple[str, ...]]:
    return dict(reasons_of([text], [stars])[0])


@pytest.mark.parametrize(("text", "first", "second"), GIVEN)
def test_reviews_give_their_reasons_in_many_languages(text: str, first: str, second: str) -> None:
    found = given_by(text)
    assert first in found
    assert not second or second in found


def test_each_reason_says_which_words_made_it() -> None:
    text = "Since the last update it crashes every time I open it"
    for words in given_by(text).values():
        assert words
        assert all(word in plain(text) for word in words)


@pytest.mark.parametrize(
    ("text", "not_given"),
    [
        ("No crashes, never slow, works fine", "crash"),
        ("No crashes, never slow, works fine", "server"),
        ("Ohne Abstürze und nie langsam, läuft super", "crash"),
        ("It keeps me up to date with the news", "crash"),
        ("UPDATE: they answered, all is well now", "crash"),
    ],
)
def test_what_is_denied_is_no_reason(text: str, not_given: str) -> None:
    assert not_given not in given_by(text, 5.0)


def test_praise_is_read_beside_the_stars() -> None:
    assert "praise" in given_by("Great app, I love it", 5.0)
    assert "praise" not in given_by("I would love an app that works", 1.0)


def test_at_least_twenty_languages_are_written() -> None:
    assert len(languages()) >= 20


@pytest.mark.parametrize("lang", languages())
def test_every_word_file_is_whole(lang: str) -> None:
    lexicon = shipped(lang)
    assert lexicon is not None
    assert {"crash", "login", "update", "price"} <= {rule.reason for rule in lexicon.rules}
    folder = files("analysis.reasons") / "words"
    data = tomllib.loads((folder / f"{lang}.toml").read_text("utf-8"))
    assert data.keys() <= {*CODES, "not"}


def test_a_reason_that_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError, match="no reason is called"):
        read("en", {"crashh": {"says": "crash"}}, Lexicon())


def test_entries_are_read_as_they_are_documented() -> None:
    lexicon = Lexicon()
    says = "stem*, *hold*, (one|two) three, first .. last"
    read("en", {"crash": {"says": says, "unless": "stemmed out"}, "not": "no"}, lexicon)
    lexicon.ready()

    def found(text: str) -> list[str]:
        spelled = plain(text)
        return [spelled[hit.start : hit.end].strip() for hit in lexicon.hits(spelled)[0]]

    assert found("stems") == ["stem"]
    assert found("a system") == []
    assert found("withholding") == ["hold"]
    assert found("two three") == ["two three"]
    assert found("first a b c last") == ["first a b c last"]
    assert found("first a b c d last") == []
    assert found("first. Last") == []
    assert found("stemmed out") == []
    assert found("no stems") == []


def test_a_text_without_small_words_may_be_in_its_neighbours_languages() -> None:
    assert tongues(plain("mantap"), ("id",)) == ("id",)
    assert tongues(plain("업데이트"))[0] == "ko"


@given(st.text(max_size=300), st.sampled_from([0.0, 1.0, 3.0, 5.0]))
def test_any_text_can_be_read(text: str, stars: float) -> None:
    for reason, words in given_by(text, stars).items():
        assert reason in CODES
        assert words
    spelled = plain(text)
    assert spelled.startswith(START.rstrip())
    assert spelled.endswith(END.lstrip())


@given(st.lists(st.sampled_from([text for text, _, _ in GIVEN]), max_size=6))
def test_a_review_is_read_the_same_wherever_it_stands(texts: list[str]) -> None:
    once = reasons_of(texts, [1.0] * len(texts))
    again = reasons_of([*texts, *texts], [1.0] * 2 * len(texts))
    assert again[: len(texts)] == again[len(texts) :] == once
