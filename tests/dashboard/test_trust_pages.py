"""Collection, data, compare: what their readers came for."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from analysis.research.export import RECORDS
from collector import record_frames
from collector.end_codes import of_parts, reason
from collector.records import RunReport
from collector.store import Store
from collector.times import to_us
from dashboard.collection import coverage
from dashboard.overview import comparing
from dashboard.words.catalogue import Wording
from tests.dashboard import builders
from tests.dashboard.conftest import OpenPage, shown

NOW = datetime.now(UTC).replace(microsecond=0)
WORDS = Wording("en", ZoneInfo("UTC"))


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
    shown = [h.proto.body for h in at.get("html") if "<table" in h.proto.body]
    assert len(shown) == len(RECORDS)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in shown[0].split("<tr")[2:]]
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


CONFIGURED = """\
[x]
monthly_budget_usd = 5
approved_by = "the board"
approved_on = 2026-01-05

[apps.tip-line]
name = "Tip line"
google_play = "org.example.tips"
queries = ['"Tip line"']

[apps.bus-line]
name = "Bus line"
app_store = "1500000516"
"""


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration that asks for X without its secret, and for an app not collected yet."""
    path = tmp_path / "floodgauge.toml"
    path.write_text(CONFIGURED)
    monkeypatch.setenv("FLOODGAUGE_CONFIG", str(path))
    return path


@pytest.mark.usefixtures("configured")
def test_collection_names_what_is_asked_for_and_not_read(
    flooded: Store, open_page: OpenPage
) -> None:
    flooded.runs.write(builders.run(NOW - timedelta(minutes=10)))
    at = open_page("collection")
    assert not at.exception
    page = shown(at)
    assert "runs: set FLOODGAUGE_X_BEARER_TOKEN." in page
    assert page.index("FLOODGAUGE_X_BEARER_TOKEN") < page.index("complete</span>")
    assert page.count("not read</span>") == 3  # X, Mastodon, and the App Store of the other app
    assert "Bus line" in [s.value for s in at.subheader]
    assert "never read so far" in page[page.index("App Store") :]


@pytest.mark.usefixtures("configured")
def test_a_source_that_is_read_elsewhere_is_not_called_unread(
    flooded: Store, open_page: OpenPage
) -> None:
    """The secret may be known to the collecting host only."""
    for source in ("x", "google_play", "mastodon"):
        flooded.runs.write(builders.run(NOW - timedelta(minutes=10), source=source))
    assert "FLOODGAUGE_X_BEARER_TOKEN" not in shown(open_page("collection"))


@pytest.mark.parametrize("page", ["collection", "wrong"])
def test_a_broken_configuration_is_said_and_stops_nothing(
    flooded: Store, open_page: OpenPage, configured: Path, page: str
) -> None:
    configured.write_text("false_alarms_per_app_year = -1\n")
    at = open_page(page)
    assert not at.exception
    assert "false\\_alarms\\_per\\_app\\_year" in at.warning[0].value
    assert at.title[0].value


def test_compare_draws_what_nobody_saw_as_missing() -> None:
    start = builders.ONSET.replace(minute=0)
    known = (start - timedelta(days=20), start + timedelta(days=3))
    gap = [[to_us(start + timedelta(days=d)) for d in (1, 2)]]
    hours = store_hours([start + timedelta(hours=h) for h in (0, 5, 60)])
    frame = comparing.panel(hours, "onset", start, known, np.array(gap, dtype=np.int64))
    by_day = frame.set_index("day")["items"]
    assert by_day.loc[0.0] == 2
    assert by_day.loc[-3.0] == 0  # seen, and nothing came
    assert by_day.loc[1.0:1.75].isna().all()
    assert by_day.loc[3.25:].isna().all()
    seen = comparing.unseen(frame, WORDS)
    assert list(zip(seen["day"], seen["end"], strict=True)) == [(1.0, 2.0), (3.25, 7.0)]
    assert len(comparing.table(frame, WORDS)) == len(frame)


def store_hours(at: list[datetime]) -> pd.DataFrame:
    rows = {"app": "a", "source": "s", "kind": "review", "stars": 1, "items": 1, "rating_sum": 1.0}
    hours = pd.to_datetime([moment.replace(minute=0) for moment in at])
    return pd.DataFrame(
        rows | {"hour": hours, "sentiment_sum": 0.0, "sentiment_items": 0, "changed_items": 0}
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (reason("ended-list"), "la lista se leyó hasta el final"),
        ("the store answered 503", "the store answered 503"),
        (
            of_parts([("reviews:en", reason("ended-list")), ("reviews:es", reason("ended-asked"))]),
            "la lista se leyó hasta el final (reviews:en); consultada hace un momento (reviews:es)",
        ),
        (
            of_parts([(f"reviews:{lang}", reason("ended-list")) for lang in ("en", "es")]),
            "la lista se leyó hasta el final",
        ),
    ],
)
def test_why_a_run_ended_is_said_in_the_readers_language(said: str, told: str) -> None:
    runs = record_frames.to_frame(RunReport, [builders.run(NOW, stop_reason=said)])
    (row,) = coverage.sources(runs.assign(message=None), Wording("es", ZoneInfo("UTC")), NOW)
    assert row.message == told


def test_a_drill_is_drawn_up_to_its_last_run(page_store: Store, open_page: OpenPage) -> None:
    builders.fill(page_store, simulated=True)
    page_store.runs.write(builders.run(builders.LAST))
    at = open_page("collection")
    assert "overdue" not in shown(at)
    assert "one source" in at.get("vega_lite_chart")[0].proto.alt
