"""The words beside a name that is an ordinary word narrow what is asked of the app, and nothing
that names the agency, in every source."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from collector.records import RawItem
from collector.settings.config import Settings
from collector.sources import load_source
from collector.sources.feeds import _names
from collector.sources.mastodon import _about
from tests.collector.sources.visits import NOW

APP: Mapping[str, Any] = {
    "name": "Citizen",
    "agency": ["Town of Example", "TOE"],
    "context": ["app"],
    "queries": ['"Citizen"', '"Town of Example"', "#TownOfExample", "TOE", "TOE outage"],
}
SETTINGS = Settings.model_validate(
    {
        "apps": {"citizen": dict(APP)},
        "x": {"monthly_budget_usd": 5, "approved_by": "somebody", "approved_on": "2026-01-01"},
        "bluesky": {"handle": "example.test"},
        "secrets": {"x_bearer_token": "t", "bluesky_app_password": "p"},
    }
)
CITIZEN = SETTINGS.apps["citizen"]


@pytest.mark.parametrize("source", ["x", "bluesky"])
def test_a_query_of_the_agency_is_asked_as_it_stands(source: str) -> None:
    parts = load_source(source).plan(CITIZEN, SETTINGS).parts
    forms = [form for part in parts for form in (part.target or "").split(" OR ")]
    narrowed = [form for form in forms if form.endswith(" app")]
    assert narrowed == [form for form in forms if "citizen" in form.lower()]
    assert 0 < len(narrowed) < len(forms)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a senior citizen was helped", False),
        ("the Citizen app is down", True),
        ("#Citizen", False),
        ("Town of Example: the bridge is closed", True),
        ("closed again #townofexample", True),
        ("the bridge is closed", False),
    ],
)
def test_what_names_the_agency_needs_no_word_beside_it(text: str, kept: bool) -> None:
    assert _names({"title": text}, CITIZEN) is kept
    item = RawItem(source="mastodon", kind="post", item_id="1", created_at=NOW, text=text)
    visit: Any = SimpleNamespace(app=CITIZEN)
    assert bool(_about([item], visit)) is kept
