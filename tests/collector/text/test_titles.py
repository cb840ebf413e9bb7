"""Titles of shops, in twelve languages -> the name that people write, and its hashtag."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.settings.allowed_queries import refusal
from collector.text.names import says
from collector.text.titles import hashtag, short_name, spellings, tagline, without_accents

TITLES = [
    # title, name, hashtag
    ("Citizen: Protect The World", "Citizen", "Citizen"),
    ("Library Card: City Library Loans", "Library Card", "LibraryCard"),
    ("My City - Official", "My City", "MyCity"),
    ("311 - City of Example", "City of Example", "CityofExample"),
    ("App: Fix Our Street (Official)", "Fix Our Street", "FixOurStreet"),
    ("NINA – Die Warn-App des BBK", "NINA", "NINA"),
    ("BundID | Dein Konto", "BundID", "BundID"),
    ("Bürger-App Köln", "Bürger-App Köln", "BürgerAppKöln"),
    ("ทางรัฐ", "ทางรัฐ", "ทางรัฐ"),
    ("หมอพร้อม: สุขภาพดีของคนไทย", "หมอพร้อม", "หมอพร้อม"),
    ("मेरी सरकार", "मेरी सरकार", "मेरीसरकार"),
    ("आरोग्य सेतु - सरकारी ऐप", "आरोग्य सेतु", "आरोग्यसेतु"),
    ("İstanbul Senin", "İstanbul Senin", "İstanbulSenin"),
    ("e-Devlet Kapısı: Resmi Uygulama", "e-Devlet Kapısı", "eDevletKapısı"),
    ("Mi Ciudad — trámites en línea", "Mi Ciudad", "MiCiudad"),
    ("Ma Ville • Signalements", "Ma Ville", "MaVille"),
    ("マイナポータル：行政手続き", "マイナポータル", "マイナポータル"),
    ("Госуслуги: документы и платежи", "Госуслуги", "Госуслуги"),
    ("정부24(구 민원24)", "정부24", "정부24"),
    ("健康码 - 官方版", "健康码", "健康码"),
    ("توكلنا خدمات", "توكلنا خدمات", "توكلناخدمات"),
    ("Điện lực™ - Chăm sóc khách hàng", "Điện lực", "Điệnlực"),
    ("Waze\u200b Navigation ®", "Waze Navigation", "WazeNavigation"),
    ("IO", "IO", "IO"),
    ("Cœur de ville: signaler", "Cœur de ville", "Cœurdeville"),
    ("Ærø Kommune - Tip", "Ærø Kommune", "ÆrøKommune"),
]


@pytest.mark.parametrize(("title", "name", "tag"), TITLES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_people_call_it(title: str, name: str, tag: str, form: str) -> None:
    written = unicodedata.normalize(form, title)  # type: ignore[arg-type]
    found = short_name(written)
    assert found == unicodedata.normalize("NFC", name)
    assert hashtag(found) == unicodedata.normalize("NFC", tag)
    assert refusal(f'"{found}"', [written, found]) is None
    for spelling in spellings(found):
        assert says(f"nothing works #{hashtag(spelling)}", [found])
        assert says(f"nothing works: {spelling}!", [found])


def test_an_owner_in_front_is_no_name() -> None:
    assert short_name("Dallas Police: iWatch", ["Dallas Police"]) == "iWatch"
    assert short_name("Dallas Police", ["Dallas Police"]) == "Dallas Police"


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Cœur", "Coeur"), ("Færder", "Faerder"), ("Ærø", "Aero"), ("Œuvre", "Oeuvre"),
     ("ŁÓDŹ", "LODZ"), ("Đà Nẵng", "Da Nang"), ("Straße", "Strasse"), ("Diyarbakır", "Diyarbakir")],
)  # fmt: skip
def test_a_letter_that_is_two_is_typed_as_two(name: str, typed: str) -> None:
    assert spellings(name) == (name, typed)
    assert says(f"the {typed} app", [name])
    assert says(f"the {name} app", [typed])


def test_accents_are_left_out_of_latin_letters_alone() -> None:
    assert spellings("İstanbul Senin") == ("İstanbul Senin", "Istanbul Senin")
    assert without_accents("Điện lực, Kapısı, Köln, Straße") == "Dien luc, Kapisi, Koln, Strasse"
    for other in ("ทางรัฐ", "मेरी सरकार", "Госуслугий", "が", "توكلنا"):
        assert spellings(other) == (unicodedata.normalize("NFC", other),)


def test_the_tagline() -> None:
    assert tagline("Citizen: Protect The World", "Citizen") == "Protect The World"
    assert tagline("ทางรัฐ", "ทางรัฐ") == ""


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ('"My City - Official"', True),
        ("My City - Official", True),
        ("My City – Official", True),
        ('"My City - Official" -giveaway', True),
        ('protest -"My City - Official"', False),
        ("protest -(My City - Official)", False),
        ("protest", False),
    ],
)
def test_a_dash_in_a_title_is_no_negation(query: str, allowed: bool) -> None:
    assert (refusal(query, ["My City - Official"]) is None) is allowed


@given(st.text(max_size=60))
def test_any_title_has_a_name(title: str) -> None:
    found = short_name(title)
    assert unicodedata.is_normalized("NFC", found)
    assert len(found) <= len(unicodedata.normalize("NFC", title))
    assert short_name(found) == found
