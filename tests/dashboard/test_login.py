"""The log-in: off by default, and with it only who is on a list gets in or acts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import decisions as acting
from collector.store import Store
from dashboard import widgets
from dashboard.access import roles
from dashboard.views import discover
from tests.dashboard import builders
from tests.dashboard.conftest import APP_FILE, OpenPage, shown

AUTH = {
    "redirect_uri": "https://floodgauge.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef",
    "client_id": "floodgauge",
    "client_secret": "not-a-secret",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
LISTS = {roles.OPERATORS: "Ana@City.example", roles.VIEWERS: "@city.example, guest@press.example"}


def person(address: str, **claims: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "email": address, **claims}


@pytest.mark.parametrize(
    ("user", "role"),
    [
        (person("ana@city.example"), "operator"),
        (person(" ANA@CITY.EXAMPLE "), "operator"),
        (person("ben@city.example"), "viewer"),
        (person("guest@press.example"), "viewer"),
        (person("ana@city.example.evil.example"), None),
        (person("someone@press.example"), None),
        (person("ana@city.example", email_verified=False), None),
        (person("ana@city.example") | {"is_logged_in": False}, None),
        ({"is_logged_in": True}, None),
        (person(""), None),
        (person("@city.example"), None),
    ],
)
def test_roles_follow_the_lists(user: dict[str, Any], role: str | None) -> None:
    assert roles.role_of(user, LISTS) == role


@given(st.emails())
def test_without_lists_nobody_gets_in(address: str) -> None:
    assert roles.role_of(person(address), {}) is None


def test_a_mark_tells_people_apart_and_names_nobody() -> None:
    one = roles.mark("operator", "ana@city.example", b"secret")
    other = roles.mark("operator", "ben@city.example", b"secret")
    assert one != other
    assert one == roles.mark("operator", "ana@city.example", b"secret")
    assert one != roles.mark("operator", "ana@city.example", b"another")
    assert "ana" not in one
    assert one.startswith("operator ")


def logged_in(name: str, user: dict[str, Any] | None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A page of a deployment with a log-in, as this person sees it."""
    from streamlit.testing.v1 import AppTest

    for key, value in LISTS.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr(widgets, "find_spec", lambda _: object())
    at = AppTest.from_file(str(APP_FILE), default_timeout=30)
    at.secrets["auth"] = AUTH
    if user is not None:
        at.user = user
    return at.run() if name == "overview" else at.switch_page(f"views/{name}.py").run()


@pytest.mark.parametrize("name", [page.key for page, _ in discover()])
@pytest.mark.parametrize("user", [None, person("stranger@example.org")])
def test_no_page_shows_anything_to_a_stranger(
    flooded: Store, monkeypatch: pytest.MonkeyPatch, name: str, user: dict[str, Any] | None
) -> None:
    at = logged_in(name, user, monkeypatch)
    assert not at.exception
    assert "Tip line" not in shown(at)
    assert ("Please log in" if user is None else "Not on the list") in shown(at)
    assert at.get("download_button") == []


def test_a_viewer_sees_and_cannot_act(flooded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at = logged_in("incident", person("ben@city.example"), monkeypatch)
    assert not at.exception
    assert "Tip line received 200 low-star reviews" in shown(at)
    assert [b for b in at.button if b.key == "act-save"] == []
    assert at.get("download_button") == []


def test_an_operator_acts_under_a_mark(flooded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    at = logged_in("incident", person("ana@city.example"), monkeypatch)
    at.text_area(key="act-reason").set_value("seen").run()
    at.button(key="act-save").click().run()
    assert not at.exception
    (act,) = acting.acts(flooded.timeline.annotations(builders.APP))
    assert act.by == roles.mark("operator", "ana@city.example", flooded.secret)
    assert act.by in shown(at)


def test_what_is_missing_is_named(flooded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.testing.v1 import AppTest

    monkeypatch.setattr(widgets, "find_spec", lambda _: None)
    at = AppTest.from_file(str(APP_FILE), default_timeout=30)
    at.secrets["auth"] = AUTH
    assert 'pip install "floodgauge[login]"' in shown(at.run()).replace("&#34;", '"')


def test_without_a_log_in_this_machine_is_let_in(flooded: Store, open_page: OpenPage) -> None:
    assert "Tip line" in shown(open_page("overview"))
