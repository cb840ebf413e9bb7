"""Deciding on the incident's page: saved with its reason, logged, only for those who may."""

import pytest

from analysis import decisions
from collector.store import Store
from dashboard import widgets
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown


def test_a_verdict_is_saved_logged_and_counted(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    assert "nobody has looked yet" in shown(at)
    at.selectbox(key="act-kind").set_value("verdict").run()
    assert at.button(key="act-save").disabled
    at.text_area(key="act-reason").set_value("the store was down <b>").run()
    at.selectbox(key="act-value-verdict").set_value("mistaken").run()
    at.button(key="act-save").click().run()
    assert not at.exception
    page = shown(at)
    assert "a false alarm" in page
    assert "the store was down &lt;b&gt;" in page
    assert "calls 1 of them false" in shown(open_page("wrong"))


def test_a_viewer_looks_but_does_not_act(
    flooded: Store, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widgets, "may_act", lambda: False)
    at = open_page("incident")
    assert not at.exception
    assert [b for b in at.button if b.key == "act-save"] == []
    assert at.get("download_button") == []
    assert "Ask them for a file" in "".join(m.value for m in open_page("data").markdown)


def test_a_phase_is_set_with_one_click(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("incident")
    assert "nobody has looked yet" in shown(at)
    at.button_group(key=f"phase-{builders.ID}").set_value("looking").run()
    assert not at.exception
    assert "nobody has looked yet" not in shown(at)
    assert "Phase: looking into it" in shown(at)  # in the log
    (one,) = decisions.readable(flooded.decisions.frame(builders.APP))
    assert (one.kind, one.value, one.reason) == ("phase", "looking", None)


def test_a_phase_comes_after_the_summary_and_before_the_reading(
    flooded: Store, open_page: OpenPage
) -> None:
    page = shown(open_page("incident"))
    summary = page.index("Tip line received 200 low-star reviews")
    assert summary < page.index("nobody has looked yet") < page.index("What it looks like")
