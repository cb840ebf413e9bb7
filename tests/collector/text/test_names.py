"""Names are found however they are written, and not within other words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.text.names import says

SAID: dict[str, tuple[str, ...]] = {
    "Güvenlik": ("GÜVENLİKTE sorun", "guvenlik uygulamasi", "Güvenlik'in sürümü"),
    "İstanbulkart": ("istanbulkartı yükleyemedim", "ISTANBULKART", "Istanbulkart’ta"),
    "My Taxi": ("my-taxi is down", "mytaxi is down", "#MyTaxi", "MY  TAXI!", "my_taxi"),
    "MyTaxi": ("MyTaxi不能用", "@MyTaxi", "see mytaxi.", "（MyTaxi）"),
    "Health & Care": ("Health & Care is slow", "Health-Care"),
    "Café Rouge": ("cafe rouge", "CAFÉ ROUGE", "Cafe\u0301 Rouge"),
    "Điện lực": ("dien luc app", "app điện lực"),
    "安心アプリ": ("この安心アプリは最悪", "安心アプリ"),
    "健康码": ("北京健康码打不开",),
    "แอปทางรัฐ": ("เปิดแอปทางรัฐไม่ได้",),
    "카카오": ("카카오가 안돼요", "카카오에서"),
    "Госуслуги": ("на Госуслугах ошибка", "через госуслуги", "Госуслугами"),
    "आरोग्य सेतु": ("आरोग्य सेतुमें समस्या", "आरोग्य सेतु"),
    "توكلنا": ("تطبيق توكلنا لا يعمل", "وتوكلنا معطل", "تَوَكَّلْنا"),
    "Palvelu": ("palvelussa vika",),
}
NOT_SAID: dict[str, tuple[str, ...]] = {
    "MyTaxi": ("mytaxidermy", "ourmytaxi", "my tax"),
    "My Taxi": ("this is my. Taxi came", "my big taxi"),
    "アプリ": ("アプリケーション",),
    "카카오": ("카카오톡이 안돼요",),
    "Signal": ("mixed signals",),
    "Nova": ("novation", "Villanova"),
    "🙂": ("🙂",),
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in SAID.items() for t in ts])
def test_said(name: str, text: str) -> None:
    assert says(text, [name])


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in NOT_SAID.items() for t in ts])
def test_not_said(name: str, text: str) -> None:
    assert not says(text, [name])


@given(
    name=st.sampled_from(list(SAID)),
    form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    case=st.sampled_from([str, str.upper, str.lower, str.title]),
    around=st.sampled_from(["{}", "«{}»", "the {} app", "x, {}.", "\u200b{}\u200b", "#{}"]),
)
def test_any_form_and_case(name: str, form: str, case: object, around: str) -> None:
    written = around.format(case(name))  # type: ignore[operator]
    assert says(unicodedata.normalize(form, written), [name])  # type: ignore[arg-type]


@given(
    name=st.text("abcdefghij", min_size=3, max_size=9),
    before=st.text("klmno", min_size=1, max_size=4),
    after=st.text("pqwxyz", min_size=3, max_size=6),
)
def test_a_longer_word_is_another(name: str, before: str, after: str) -> None:
    assert says(f"{name} is down", [name])
    assert not says(f"{before}{name} is down", [name])
    assert not says(f"{name}{after} is down", [name])


@given(st.text(max_size=30), st.text(max_size=200))
def test_any_name_and_text_are_read(name: str, text: str) -> None:
    assert isinstance(says(text, [name]), bool)
