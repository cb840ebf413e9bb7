"""The log-in: off by default, and with it only who is on a list gets in or acts."""

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from analysis import decisions
from collector.store import Store
from dashboard import widgets
from dashboard.access import who_may_enter
from dashboard.serving import access_at_start
from dashboard.views import discover
from tests.dashboard import builders
from tests.dashboard.conftest import APP_FILE, OpenPage, shown, turned_to

LoggedIn = Callable[[str, dict[str, Any] | None], AppTest]
AUTH = {
    "redirect_uri": "https://floodgauge.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef",
    "client_id": "floodgauge",
    "client_secret": "not-a-secret",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
NO_YES = [False, "true", "True", 1, 1.0, "yes", [True], {"value": True}, None, ""]
LISTS = {
    who_may_enter.OPERATORS: "Ana@City.example",
    who_may_enter.VIEWERS: "@city.example, guest@press.example",
}


def person(address: str, **claims: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "email": address, "email_verified": True, **claims}


@pytest.mark.parametrize(
    ("user", "role"),
    [
        (person("ana@city.example"), "operator"),
        (person(" ANA@CITY.EXAMPLE "), "operator"),
        (person("ben@city.example"), "viewer"),
        (person("guest@press.example"), "viewer"),
        (person("ana@city.example.evil.example"), None),
        (person("someone@press.example"), None),
        *((person("ana@city.example", email_verified=yes), None) for yes in NO_YES),
        ({"is_logged_in": True, "email": "ana@city.example"}, None),
        (person("ana@city.example") | {"is_logged_in": 1}, None),
        (person("b\u0131n@city.example"), "viewer"),
        (person("an\uff41@city.example"), None),
        (person("ana@city.example.\u200b"), None),
        (person("ana@other.example@city.example"), None),
        (person("gue\u017ft@press.example"), None),
        (person("guest@pre\u017f\u017f.example"), None),
        (person("GUEST@PRESS.EXAMPLE"), "viewer"),
        (person(["ana@city.example"]), None),  # type: ignore[arg-type]
        (person("ana@city.example") | {"is_logged_in": False}, None),
        ({"is_logged_in": True}, None),
        (person(""), None),
        (person("@city.example"), None),
    ],
)
def test_roles_follow_the_lists(user: dict[str, Any], role: str | None) -> None:
    assert who_may_enter.role_of(user, LISTS) == role


def test_a_provider_that_never_says_verified_can_be_trusted_by_name() -> None:
    unsaid = {"is_logged_in": True, "email": "ana@city.example"}
    assert who_may_enter.role_of(unsaid, LISTS | {who_may_enter.TRUST: "1"}) == "operator"
    assert who_may_enter.role_of(unsaid, LISTS | {who_may_enter.TRUST: "yes"}) is None
    for claim in NO_YES:
        said = unsaid | {"email_verified": claim}
        assert who_may_enter.role_of(said, LISTS | {who_may_enter.TRUST: "1"}) is None


@given(st.text(min_size=1, max_size=12), st.sampled_from(["city.example", "press.example"]))
def test_only_the_same_address_is_somebody(name: str, domain: str) -> None:
    """Nobody is taken for a person on the list but by the case of ASCII letters."""
    lists = {who_may_enter.OPERATORS: "boss@city.example"}
    address = f"{name}@{domain}"
    same = address.strip(string.whitespace).translate(who_may_enter.LOWER) == "boss@city.example"
    assert (who_may_enter.role_of(person(address), lists) == "operator") == same


@pytest.mark.parametrize(
    "other", ["bo\u017fs", "bos\u017f", "\uff42oss", "BO\u017fS", "bo\u00dfs", "bo\u00df"]
)
def test_another_spelling_is_nobody(other: str) -> None:
    lists = {who_may_enter.OPERATORS: "boss@city.example, bos@city.example"}
    assert who_may_enter.role_of(person(f"{other}@city.example"), lists) is None
    assert who_may_enter.role_of(person("Boss@City.Example"), lists) == "operator"


@given(st.emails())
def test_without_lists_nobody_gets_in(address: str) -> None:
    assert who_may_enter.role_of(person(address), {}) is None


def test_a_mark_tells_people_apart_and_names_nobody() -> None:
    one = who_may_enter.mark("operator", "ana@city.example", b"secret")
    other = who_may_enter.mark("operator", "ben@city.example", b"secret")
    assert one != other
    assert one == who_may_enter.mark("operator", "ana@city.example", b"secret")
    assert one != who_may_enter.mark("operator", "ana@city.example", b"another")
    assert "ana" not in one
    assert one.startswith("operator ")


def configured(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A deployment with a log-in."""
    found = folder / "secrets.toml"
    found.write_text("[auth]\n" + "".join(f"{k} = {v!r}\n" for k, v in AUTH.items()))
    monkeypatch.setattr(access_at_start, "places", lambda: ([found], True))
    for key, value in LISTS.items():
        monkeypatch.setenv(key, value)
    at = AppTest.from_file(str(APP_FILE), default_timeout=30)
    at.secrets["auth"] = AUTH
    return at


@pytest.fixture
def logged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LoggedIn:
    """A page of a deployment with a log-in, as a person sees it."""

    def opened(name: str, user: dict[str, Any] | None) -> AppTest:
        monkeypatch.setattr(widgets, "find_spec", lambda _: object())
        at = configured(tmp_path, monkeypatch)
        if user is not None:
            at.user = user
        return turned_to(name, at)

    return opened


@pytest.mark.parametrize("name", [page.key for page, _ in discover()])
@pytest.mark.parametrize("user", [None, person("stranger@example.org")])
def test_no_page_shows_anything_to_a_stranger(
    flooded: Store, logged_in: LoggedIn, name: str, user: dict[str, Any] | None
) -> None:
    at = logged_in(name, user)
    assert not at.exception
    assert "Tip line" not in shown(at)
    assert ("Please log in" if user is None else "Not on the list") in shown(at)
    assert at.get("download_button") == []


def test_a_viewer_sees_and_cannot_act(flooded: Store, logged_in: LoggedIn) -> None:
    at = logged_in("incident", person("ben@city.example"))
    assert not at.exception
    assert "Tip line received 200 low-star reviews" in shown(at)
    assert [b for b in at.button if b.key == "act-save"] == []
    assert at.get("download_button") == []


def test_an_operator_acts_under_a_mark(flooded: Store, logged_in: LoggedIn) -> None:
    at = logged_in("incident", person("ana@city.example"))
    at.text_area(key="act-reason").set_value("seen").run()
    at.button(key="act-save").click().run()
    assert not at.exception
    (made,) = decisions.readable(flooded.decisions.frame(builders.APP))
    assert made.by == who_may_enter.mark("operator", "ana@city.example", flooded.database.secret)
    assert made.by in shown(at)


def test_what_is_missing_is_named(
    flooded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widgets, "find_spec", lambda _: None)
    at = configured(tmp_path, monkeypatch)
    assert 'pip install "floodgauge[login]"' in shown(at.run()).replace("&#34;", '"')


def test_without_a_log_in_this_machine_is_let_in(flooded: Store, open_page: OpenPage) -> None:
    assert "Tip line" in shown(open_page("overview"))


BREAKS: dict[str, Callable[[Path], object]] = {
    "removed": lambda path: path.unlink(),
    "cut": lambda path: path.write_text(path.read_text()[:-9]),
    "emptied": lambda path: path.write_text(""),
    "another table": lambda path: path.write_text(path.read_text().replace("[auth]", "[Auth]")),
    "another provider": lambda path: path.write_text(path.read_text().replace("login.", "l0gin.")),
    "lists in the file": lambda path: path.write_text(
        f"{who_may_enter.VIEWERS} = '@example.org'\n" + path.read_text()
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_changes_while_it_runs_lets_nobody_in(
    flooded: Store, logged_in: LoggedIn, tmp_path: Path, name: str
) -> None:
    at = logged_in("incident", person("ana@city.example"))
    assert "Tip line received" in shown(at)
    at.text_area(key="act-reason").set_value("seen").run()
    before = (tmp_path / "secrets.toml").read_text()
    BREAKS[name](tmp_path / "secrets.toml")
    at.button(key="act-save").click().run()
    assert not at.exception
    assert "Nobody is let in" in shown(at)
    assert "Tip line" not in shown(at)
    assert decisions.readable(flooded.decisions.frame(builders.APP)) == []
    (tmp_path / "secrets.toml").write_text(before)
    assert "Tip line received" in shown(at.run())


def test_lists_that_grow_while_it_runs_let_nobody_in(
    flooded: Store, logged_in: LoggedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = logged_in("incident", person("eve@elsewhere.example"))
    assert "Not on the list" in shown(at)
    monkeypatch.setenv(who_may_enter.VIEWERS, "@elsewhere.example")
    assert "Nobody is let in" in shown(at.run())


def test_a_log_in_that_appears_while_it_runs_is_obeyed(
    flooded: Store, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tmp_path / "secrets.toml"
    monkeypatch.setattr(access_at_start, "places", lambda: ([found], False))
    at = open_page("overview")
    assert "Tip line" in shown(at)
    found.write_text("[auth]\n")
    assert "Nobody is let in" in shown(at.run())


def test_what_was_refused_at_the_start_stays_refused(
    flooded: Store, open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = tmp_path / "secrets.toml"
    found.write_text("[auth")
    monkeypatch.setattr(access_at_start, "places", lambda: ([found], False))
    at = open_page("overview")
    assert "is not valid TOML" in shown(at)
    found.unlink()
    assert "Nobody is let in" in shown(at.run())
    assert "Tip line" not in shown(at)
