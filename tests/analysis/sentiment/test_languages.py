"""Languages, and what is said to be uncertain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.sentiment import languages


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The city should fix this app, it never lets me sign in", "en"),
        ("Cette application ne fonctionne plus depuis la mise à jour", "fr"),
        ("Die Anwendung stürzt seit der Aktualisierung ständig ab", "de"),
        ("После обновления приложение совсем не работает", "ru"),
        ("このアプリは更新してから動きません", "ja"),
        ("لا يعمل التطبيق بعد التحديث الأخير", "ar"),
    ],
)
def test_whole_sentences_are_certain(text: str, code: str) -> None:
    found = languages.identify(text)
    assert (found.code, found.certain) == (code, True)


@pytest.mark.parametrize("text", ["ok", "good", "super", "top app"])
def test_short_texts_are_uncertain(text: str) -> None:
    assert not languages.identify(text).certain


@pytest.mark.parametrize("text", ["", "   ", "12345", "😀😀😀", "?!...", "https://example.org/x"])
def test_texts_without_words_have_no_language(text: str) -> None:
    assert languages.identify(text).code == languages.NO_WORDS


def test_a_text_in_two_languages_is_mixed() -> None:
    text = (
        "This application does not work at all since the last update. "
        "Cette application ne fonctionne plus du tout depuis la mise à jour."
    )
    found = languages.identify(text)
    assert (found.code, found.certain) == (languages.MIXED, False)


def test_uncertain_texts_take_the_stated_then_the_usual_language() -> None:
    assert languages.resolve(["ok", "ok", "ok"], ["pt-BR", None, None], "id") == ["pt", "id", "id"]
    assert languages.resolve(["ok"], [None]) == [languages.UNCERTAIN]


def test_a_language_in_another_script_is_not_taken() -> None:
    assert languages.resolve(["تطبيق ممتاز"], ["en"], "en") != ["en"]


def test_the_usual_language_needs_a_majority() -> None:
    english = ["The city should fix this app, it never lets me sign in"] * 3
    french = ["Cette application ne fonctionne plus depuis la mise à jour"] * 3
    assert languages.usual_language(english) == "en"
    assert languages.usual_language(english + french) is None
    assert languages.usual_language(["ok", "12"]) is None


@pytest.mark.parametrize(
    ("tag", "code"), [("en", "en"), ("zh_Hant-TW", "zh"), ("", None), (None, None), ("x1", None)]
)
def test_primary_language_of_a_tag(tag: str | None, code: str | None) -> None:
    assert languages.primary(tag) == code


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    found = languages.identify(text)
    assert 0 <= found.probability <= 1.0001
    assert found.code


def test_a_long_text_is_read_in_part() -> None:
    sentence = "The city should fix this app, it never lets me sign in. "
    assert languages.identify(sentence * 20_000).code == "en"
