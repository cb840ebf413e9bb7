"""What is asked of a network for an app's name: every form that people write, each once."""

import unicodedata

import pytest

from collector.settings.config import AppSettings
from collector.sources._queries import asked_apart, asked_at_once

ASKED = [
    ("Citizen", '"Citizen" OR #Citizen', ['"Citizen"']),
    ("My City", '"My City" OR #MyCity', ['"My City"', "#MyCity"]),
    ("ทางรัฐ", '"ทางรัฐ" OR #ทางรัฐ', ['"ทางรัฐ"']),
    (
        "İstanbul Senin",
        '"İstanbul Senin" OR "Istanbul Senin" OR #İstanbulSenin OR #IstanbulSenin',
        ['"İstanbul Senin"', '"Istanbul Senin"', "#İstanbulSenin", "#IstanbulSenin"],
    ),
    ("Cœur", '"Cœur" OR "Coeur" OR #Cœur OR #Coeur', ['"Cœur"', '"Coeur"']),
    ("Straße", '"Straße" OR "Strasse" OR #Straße OR #Strasse', ['"Straße"', '"Strasse"']),
    ("Færder", '"Færder" OR "Faerder" OR #Færder OR #Faerder', ['"Færder"', '"Faerder"']),
]


@pytest.mark.parametrize(("name", "at_once", "apart"), ASKED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_forms_of_a_name(name: str, at_once: str, apart: list[str], form: str) -> None:
    written = unicodedata.normalize(form, name)  # type: ignore[arg-type]
    app = AppSettings(name=written, queries=(f'"{written}"',))
    assert asked_at_once(app.queries[0], app) == at_once
    assert list(asked_apart(app.queries[0], app)) == apart
