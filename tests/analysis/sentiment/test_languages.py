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
