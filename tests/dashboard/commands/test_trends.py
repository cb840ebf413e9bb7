"""The command `trends`: files, JSON, and what it refuses."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import load_trends
from analysis.trends.bins import Span
from collector.errors import ContractError, FloodgaugeError
from collector.store import Store
from dashboard.main import app, hoisted
from dashboard.trends import chart_files, report
from tests.dashboard import builders

DAY = timedelta(days=1)
SPAN = ("--since", "2024-04-10", "--until", "2024-05-08")


def run(store: Store, *arguments: str) -> str:
    done = CliRunner().invoke(app, hoisted(["--store", store.database.url, "trends", *arguments]))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def known(store: Store, secret: bytes, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.decode())
    builders.fill(store, simulated=True)
    return store


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_page_as_a_file(known: Store, tmp_path: Path, lang: str) -> None:
    for ending, start in ((".html", b"<!doctype"), (".pdf", b"%PDF"), (".png", b"\x89PNG")):
        path = tmp_path / f"trends{ending}"
        run(known, *SPAN, "--lang", lang, "-o", str(path))
        assert path.read_bytes().startswith(start)
    page = (tmp_path / "trends.html").read_text("utf-8")
    assert "SIMUL" in page
    assert ("stars fell from 4.0 to 1.3" if lang == "en" else "bajaron de 4,0 a 1,3") in page
    assert page.count("<figure>") >= 4


@pytest.mark.parametrize("stars", [None, 4.0])
@pytest.mark.parametrize("ending", [".html", ".png"])
def test_a_span_in_which_nobody_gives_stars_is_drawn(
    store: Store,
    secret: bytes,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    stars: float | None,
    ending: str,
) -> None:
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.decode())
    store.apps.ensure(builders.APP)
    first = datetime(2024, 4, 10, tzinfo=UTC)
    given = [stars, *[None] * 19]
    store.items.write(
        [builders.item(n, first + n * DAY, one, "fine") for n, one in enumerate(given)],
        how="import",
    )
    path = tmp_path / f"trends{ending}"
    run(store, "--since", "2024-04-11", "--until", "2024-04-28", "-o", str(path))
    assert path.stat().st_size > 5_000


@pytest.mark.parametrize("by", [None, "version", "source"])
def test_the_numbers_are_those_of_load_trends(known: Store, tmp_path: Path, by: str | None) -> None:
    path = tmp_path / "trends.csv"
    split = [] if by is None else ["--by", by]
    told = json.loads(run(known, *SPAN, *split, "--bin", "week", "-o", str(path), "--json"))
    frame = load_trends(builders.APP, store=known, since=SPAN[1], until=SPAN[3], bin="week", by=by)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    assert len(rows) == len(told["points"]) == len(frame)
    assert list(rows[0]) == list(frame)
    for row, point, (_, wanted) in zip(rows, told["points"], frame.iterrows(), strict=True):
        for name in ("value", "low", "high", "items"):
            missing = bool(pd.isna(wanted[name]))
            assert (row[name] == "") == (point[name] is None) == missing
            if not missing:
                assert float(row[name]) == pytest.approx(float(wanted[name]))
                assert point[name] == pytest.approx(float(wanted[name]))
    assert (told["app"], told["bin"], told["by"]) == (builders.APP, "week", by)


def test_the_span_before_is_as_long(known: Store) -> None:
    told = json.loads(run(known, *SPAN, "--json"))
    assert told["against"] == {"since": "2024-03-13T00:00:00Z", "until": "2024-04-10T00:00:00Z"}
    one = told["moved"][0]
    assert sum(part["moved"] for part in one["parts"]) == pytest.approx(one["change"])
    assert json.loads(run(known, *SPAN, "--against", "none", "--json"))["against"] is None
    year = json.loads(run(known, *SPAN, "--against", "year", "--json"))
    assert year["against"]["since"] == "2023-04-12T00:00:00Z"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say where"),
        (("-o", "x.doc"), "must end in"),
        (("--bin", "year", "--json"), "--bin"),
        (("--by", "author", "--json"), "--by"),
        (("--against", "never", "--json"), "--against"),
        (("--zone", "Nowhere", "--json"), "--zone"),
        (("--app", "nobody", "--json"), "no app"),
        (("--by", "version", "-o", "x.pdf"), "--by"),
        (("--since", "2024-05-02", "--until", "2024-05-01", "--json"), "lies before"),
        (("--since", "1990-01-01", "--until", "2024-05-01", "--bin", "hour", "--json"), "longer"),
    ],
)
def test_what_cannot_be_done_is_said(known: Store, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(FloodgaugeError, match=said):
        run(known, *arguments)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_each_chart_and_table_is_a_file_of_its_own(known: Store, lang: str) -> None:
    span = Span(datetime(2024, 4, 10, tzinfo=UTC), datetime(2024, 5, 8, tzinfo=UTC))
    page = report.page_of(
        known, builders.APP, span, "week", by=None, against="previous", lang=lang,
        zone=ZoneInfo("UTC"), now=datetime(2024, 5, 9, tzinfo=UTC),
    )  # fmt: skip
    first = page.panels()[0]
    svg = chart_files.chart_file(page, first.title, ".svg").decode()
    assert svg.startswith("<svg")
    assert first.title in svg
    assert chart_files.chart_file(page, first.title, ".png").startswith(b"\x89PNG")
    rows = list(
        csv.DictReader(io.StringIO(chart_files.chart_file(page, first.title, ".csv").decode()))
    )
    assert {row["panel"] for row in rows} == {"reviews"}
    low = [float(row["value"]) for row in rows if row["series"] == "low"]
    assert sum(low) == page.seen.now.total("reviews", "low").value
    for name in chart_files.TABLES:
        lines = list(csv.reader(io.StringIO(chart_files.table_file(page, name).decode())))
        assert len({len(line) for line in lines}) == 1
        assert len(lines) > 1
    with pytest.raises(ContractError, match="no 'nothing'"):
        chart_files.chart_file(page, "nothing", ".svg")
