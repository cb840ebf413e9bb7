"""Collection, data, compare: what their readers came for."""

import re
from datetime import UTC, datetime, timedelta

from collector.store import Store
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

NOW = datetime.now(UTC).replace(microsecond=0)


def test_collection_shows_failures_first_with_their_message(
    flooded: Store, open_page: OpenPage
) -> None:
    flooded.runs.write(builders.run(NOW - timedelta(hours=1)))
    failed = builders.run(
        NOW, outcome="failed", source="app_store", covered_from=None, covered_to=None
    )
    flooded.runs.write(failed, message="the store answered <503>")
    at = open_page("collection")
    page = shown(at)
    assert page.index("the store answered &lt;503&gt;") < page.index("complete</span>")
    charts = at.get("vega_lite_chart")
    assert "one run failed" in charts[0].proto.alt


def test_collection_says_that_an_import_is_one(flooded: Store, open_page: OpenPage) -> None:
    text = "".join(m.value for m in open_page("collection").markdown)
    assert "Imported, not polled" in text


def test_collection_names_an_overdue_poll(flooded: Store, open_page: OpenPage) -> None:
    flooded.runs.write(builders.run(NOW - timedelta(days=1)))
    assert "overdue since" in shown(open_page("collection"))


def test_data_offers_a_file_with_its_fingerprint(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("data", app=builders.APP)
    at.button(key="prepare").click().run()
    assert not at.exception
    assert at.get("download_button")
    captions = "".join(c.value for c in at.caption)
    assert "292 rows" in captions
    assert "SHA-256 begins with" in captions


def test_data_explains_every_column(flooded: Store, open_page: OpenPage) -> None:
    at = open_page("data")
    tables = [h.proto.body for h in at.get("html") if "<table" in h.proto.body]
    assert len(tables) == 5
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in tables[0].split("<tr")[2:]]
    assert "sentiment" in [row[0].strip() for row in cells]
    assert all(row[-1].strip() for row in cells)


def test_compare_lines_up_on_the_onset(page_store: Store, open_page: OpenPage) -> None:
    builders.fill(page_store)
    builders.fill(page_store, "other-line")
    at = open_page("compare")
    assert not at.exception
    charts = at.get("vega_lite_chart")
    assert len(charts) == 2
    assert "Tip line (other-line)" in shown(at)
    assert "Sun 5 May 2024, 08:00 UTC" in charts[0].proto.alt


def test_compare_says_when_there_is_nothing_to_line_up_on(
    page_store: Store, open_page: OpenPage
) -> None:
    page_store.apps.ensure("quiet", "Quiet")
    at = open_page("compare")
    assert not at.exception
    assert "No incident" in shown(at)
