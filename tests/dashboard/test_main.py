"""The command line as scripts use it: names, JSON fields, exit codes, clear mistakes."""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import load_items, run
from analysis.records import Alarm, Incident
from analysis.run import AnalysisReport, analyze_app
from analysis.simulate.collecting import around_events
from collector import record_frames
from collector.importers.load import ImportOptions, import_file
from collector.settings.config import Settings
from collector.store import Store, engine, open_store
from dashboard.main import hoisted, main


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Floodgauge = Callable[..., Done]
SECRET = "a secret for tests, long enough"


@pytest.fixture
def floodgauge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Floodgauge:
    """Runs the command in an empty folder, on a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FLOODGAUGE_SECRET", SECRET)
    monkeypatch.setenv("FLOODGAUGE_STORE", f"sqlite:///{tmp_path / 'store.db'}")
    open_store(str(tmp_path / "store.db"), secret=SECRET.encode()).close()

    def run(*words: str | Path) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        return Done(int(stopped.value.code or 0), printed.out, printed.err)

    return run


def reviews(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A CSV of the contract's least columns."""
    frame = pd.DataFrame(rows, columns=["created_at", "rating", "text"])
    frame.to_csv(path, index=False)
    return path


@pytest.fixture
def flood(tmp_path: Path) -> Path:
    return flood_in(tmp_path)


def flood_in(folder: Path) -> Path:
    """Eighty quiet weeks, then forty low reviews in a morning."""
    quiet = [
        (
            f"2024-{1 + week // 5 % 12:02}-{1 + week % 5 * 5:02}T1{week % 10}:30:00Z",
            3 + week % 3,
            f"fine {week}",
        )
        for week in range(60)
    ]
    low = [(f"2025-01-07T09:{n:02}:00Z", 1, f"please stop number {n}") for n in range(40)]
    return reviews(folder / "flood.csv", [*quiet, *low])


@pytest.fixture(scope="module")
def analysed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the flood, analysed."""
    folder = tmp_path_factory.mktemp("analysed")
    with open_store(str(folder / "store.db"), secret=SECRET.encode()) as store:
        now = datetime.now(UTC)
        import_file(store, flood_in(folder), ImportOptions(app="tips"), now=now)
        run.analyze(Settings(), store, now)
    return folder / "store.db"


@pytest.fixture
def analysed(floodgauge: Floodgauge, analysed_once: Path, tmp_path: Path) -> Floodgauge:
    """Runs the command on a store that has the flood, analysed."""
    shutil.copy(analysed_once, tmp_path / "store.db")
    return floodgauge


def test_from_a_file_to_an_incident(floodgauge: Floodgauge, flood: Path) -> None:
    assert floodgauge("import", flood, "--app", "tips").code == 0
    assert floodgauge("analyze").code == 0
    printed = floodgauge("incidents", "--json")
    (found,) = json.loads(printed.out)
    assert set(record_frames.names(Incident)) == set(found)
    assert (found["app"], found["direction"]) == ("tips", "negative")
    assert found["onset_at"].endswith("Z")
    assert "2025-01-07" in floodgauge("incidents").out
    log = json.loads(floodgauge("replay", "--json").out)
    assert log[0]["kind"] == "opened"
    assert set(record_frames.names(Alarm)) == set(log[0])
    assert json.loads(floodgauge("replay", "--to", "2025-01-01", "--json").out) == []


def test_people_read_whole_seconds_and_scripts_all(floodgauge: Floodgauge, tmp_path: Path) -> None:
    now = pd.Timestamp.now("UTC").replace(microsecond=394536)
    quiet = [(now - pd.Timedelta(days=day), 4, f"fine {day}") for day in range(200, 2, -3)]
    low = [(now - pd.Timedelta(minutes=30 + n), 1, f"please stop {n}") for n in range(60)]
    rows = [(at.isoformat(), stars, text) for at, stars, text in [*quiet, *low]]
    floodgauge("import", reviews(tmp_path / "now.csv", rows), "--app", "tips")
    told = [floodgauge(word).out for word in ("analyze", "incidents", "replay", "status")]
    assert all(re.search(r"T\d\d:\d\d:\d\dZ", said) for said in told), told
    assert not any(re.search(r":\d\d\.\d", said) for said in told), told
    assert ".394536Z" in floodgauge("incidents", "--json").out


def test_as_of_before_the_flood_finds_nothing(floodgauge: Floodgauge, flood: Path) -> None:
    floodgauge("import", flood, "--app", "tips")
    floodgauge("analyze", "--as-of", "2025-01-06T00:00:00Z")
    assert json.loads(floodgauge("incidents", "--json").out) == []
    floodgauge("analyze")
    assert len(json.loads(floodgauge("incidents", "--json").out)) == 1


@pytest.mark.parametrize("what", ["items", "incidents", "series", "runs", "labels"])
@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_every_export(analysed: Floodgauge, tmp_path: Path, what: str, ending: str) -> None:
    target = tmp_path / f"out.{ending}"
    done = analysed("export", what, "-o", target)
    assert (done.code, target.exists()) == (0, True), done.err


def test_global_options_stand_anywhere(floodgauge: Floodgauge, flood: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert floodgauge("import", flood, "--app", "tips", "--store", other).code == 0
    assert floodgauge("--store", other, "analyze").code == 0
    assert json.loads(floodgauge("incidents", "--json").out) == []
    assert len(json.loads(floodgauge("incidents", "--json", f"--store={other}").out)) == 1


def test_hoisting_leaves_the_rest_alone() -> None:
    assert hoisted(["a", "--store", "x", "b", "-v"]) == ["--store", "x", "-v", "a", "b"]
    assert hoisted(["a", "--", "--store"]) == ["a", "--", "--store"]
    assert hoisted(["a", "--store"]) == ["--store", "a"]


MISTAKES: dict[str, tuple[Sequence[str], str]] = {
    "unknown command": (["fly"], "fly"),
    "unknown app": (["analyze", "--app", "nobody"], "no app 'nobody'"),
    "nonsense time": (["replay", "--from", "yesterday"], "2020-05-31"),
    "backward span": (["replay", "--from", "2021-01-01", "--to", "2020-01-01"], "before --from"),
    "nothing to export": (["export"], "what and where"),
    "unknown export": (["export", "secrets", "-o", "x.csv"], "items, incidents"),
    "wrong ending": (["export", "items", "-o", "x.xlsx"], ".parquet"),
    "no such folder": (["export", "items", "-o", "no/such/x.csv"], "cannot write"),
    "report of nothing": (["report", "tips-1", "-o", "x.html"], "tips-1"),
    "report's ending": (["report", "tips-1", "-o", "x.doc"], ".pdf"),
    "a store that is a folder": (["status", "--store", "."], "directory"),
    "a store that is not there": (["status", "--store", "none/such.db"], "no store at"),
    "a store of another kind": (["status", "--store", "mysql://x/y"], "postgresql"),
    "no such configuration": (["status", "--config", "no.toml"], "init --config no.toml"),
    "a taken port": (["dashboard", "--port", "99999999"], "taken; --port 85"),
    "a silent server": (
        ["status", "--store", "postgresql://me:secret@127.0.0.1:1/x"],
        "postgresql://me:***@127.0.0.1:1/x: ",
    ),
    "a missing file": (["import", "no.csv", "--app", "tips"], "no.csv"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_one_clear_message_and_exit_code_2(floodgauge: Floodgauge, case: str) -> None:
    words, hint = MISTAKES[case]
    done = floodgauge(*words)
    assert done.code == 2
    assert hint in done.err
    assert "Traceback" not in done.err


def test_version(floodgauge: Floodgauge) -> None:
    done = floodgauge("--version")
    assert (done.code, done.out.split()[0]) == (0, "floodgauge")


def test_every_command_has_help(floodgauge: Floodgauge) -> None:
    listed = floodgauge("--help").out
    for command in (
        "demo", "init", "collect", "import", "analyze", "incidents", "replay", "export", "report",
        "status", "forget", "repair", "dashboard", "watch",
    ):  # fmt: skip
        assert command in listed
        assert floodgauge(command, "--help").code == 0


def test_the_demo_prints_a_brief_and_exits(
    floodgauge: Floodgauge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Collected less often than in the real demo, which tests/standins looks at."""
    seldom = partial(around_events, every=timedelta(hours=16))
    monkeypatch.setattr("dashboard.drills.demo.around_events", seldom)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    done = floodgauge("demo", "--no-serve")
    assert done.code == 0, done.err
    assert "google_play: " in done.out
    assert "SIMULATED" in done.out
    assert "iwatch-dallas" in done.out
    assert "2020-05-31" in done.out
    assert "iWatch Dallas received " in done.out


def test_watch_names_what_to_do_where_another_app_is_configured(
    floodgauge: Floodgauge, tmp_path: Path
) -> None:
    path = tmp_path / "here.toml"
    path.write_text('[apps.tips]\nname = "Tips"\ngoogle_play = "org.example.tips"\n', "utf-8")
    done = floodgauge("watch", "org.example.other", "--no-serve", "--config", str(path))
    assert done.code == 2
    assert "[apps]" in done.err
    assert "org.example.tips" in path.read_text("utf-8")


class TestSharedData:
    """Real histories with the default settings."""

    @pytest.fixture
    def incidents(
        self, floodgauge: Floodgauge, shared_data: Path
    ) -> Callable[[str], list[dict[str, object]]]:
        def found(name: str) -> list[dict[str, object]]:
            path = shared_data / "reviews" / f"{name}.parquet"
            assert floodgauge("import", path, "--app", name).code == 0
            assert floodgauge("analyze", "--app", name).code == 0
            printed = floodgauge("incidents", "--app", name, "--json")
            listed: list[dict[str, object]] = json.loads(printed.out)
            return listed

        return found

    def test_trump2020(self, incidents: Callable[[str], list[dict[str, object]]]) -> None:
        negative = [i for i in incidents("trump2020-ios-us") if i["direction"] == "negative"]
        running = [i for i in negative if "2020-05-01" < str(i["alarmed_at"]) < "2020-06-03T23:59"]
        assert running
        assert all(i["cause"] not in ("release", "service") for i in negative)

    def test_umang_is_quiet(self, incidents: Callable[[str], list[dict[str, object]]]) -> None:
        assert incidents("umang-play-in") == []

    def test_mypertamina_begins_inside_its_event(
        self, incidents: Callable[[str], list[dict[str, object]]]
    ) -> None:
        found = incidents("mypertamina-play-id")
        assert all(i["coordination"] != "strong" for i in found)


def test_alerts_go_out_after_an_analysis(
    floodgauge: Floodgauge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A channel that takes nothing is said so, and the analysis is done all the same."""
    now = pd.Timestamp.now("UTC")
    quiet = [(now - pd.Timedelta(days=day), 4, f"fine {day}") for day in range(200, 2, -3)]
    low = [(now - pd.Timedelta(minutes=30 + n), 1, f"please stop {n}") for n in range(60)]
    rows = [(at.isoformat(), stars, text) for at, stars, text in [*quiet, *low]]
    floodgauge("import", reviews(tmp_path / "now.csv", rows), "--app", "tips")
    monkeypatch.setenv("FLOODGAUGE_ALERTS", "json://127.0.0.1:9/")
    monkeypatch.setenv("FLOODGAUGE_ALERTS_PRIVATE", "1")
    done = floodgauge("analyze")
    assert done.code == 1
    assert "did not take it; it is tried again at the next analysis" in done.err
    assert "1 incidents" in done.out
    assert "1 alert not taken since" in floodgauge("status").out
    assert floodgauge("analyze").code == 1


@pytest.mark.parametrize("zone", ["Europe", "Mars/Base", "../UTC", "x" * 300])
def test_a_zone_that_is_none_stops_analyze_before_it_begins(
    floodgauge: Floodgauge, flood: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    floodgauge("import", flood, "--app", "tips")
    monkeypatch.setenv("FLOODGAUGE_ALERTS_ZONE", zone)
    done = floodgauge("analyze")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("floodgauge: FLOODGAUGE_ALERTS_ZONE: no such time zone")
    assert "waits for" in floodgauge("incidents").out


def test_analyze_names_the_app_that_failed_after_the_others(
    floodgauge: Floodgauge, flood: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(settings: Settings, store: Store, app: str, *rest: Any) -> AnalysisReport:
        if app == "first":
            raise ZeroDivisionError("nothing to divide by")
        return analyze_app(settings, store, app, *rest)

    for app in ("first", "second"):
        floodgauge("import", flood, "--app", app)
    monkeypatch.setattr(run, "analyze_app", failing)
    done = floodgauge("analyze")
    assert done.code == 1
    assert done.out.startswith("second: 100 items")
    assert done.err.startswith("floodgauge: analyze failed for 1 of 2 apps")
    assert done.err.endswith(
        "first: an unexpected error: ZeroDivisionError: nothing to divide by\n"
    )
    listed = floodgauge("incidents", "--json")
    (found,) = json.loads(listed.out)
    assert found["app"] == "second"
    why = "an unexpected error: ZeroDivisionError: nothing to divide by"
    assert (listed.code, why in listed.err) == (1, True)
    alone = floodgauge("incidents", "--app", "first")
    assert alone.code == 3
    assert alone.out.splitlines()[-2:] == [
        "No incident is stored.",
        "(Something new waits for `floodgauge analyze`.)",
    ]
    assert f"failed: {why}; no analysis has worked yet" in alone.out.splitlines()[0]
    assert floodgauge("incidents", "--app", "second").code == 0
    row = json.loads(floodgauge("status", "--json").out)[0]
    assert [row[n] for n in ("app", "source", "outcome", "message")] == [
        "first",
        "analysis",
        "failed",
        why,
    ]
    assert set(row) == set(json.loads(floodgauge("status", "--json").out)[1])
    told = floodgauge("status")
    assert (told.code, f"failed: {why}" in told.out.splitlines()[0]) == (0, True)
    assert why not in floodgauge("status", "--public").out
    monkeypatch.setattr(run, "analyze_app", analyze_app)
    assert floodgauge("analyze").code == 0
    assert floodgauge("incidents").code == 0
    assert {row["source"] for row in json.loads(floodgauge("status", "--json").out)} == {"file"}


def test_a_wrong_alert_setting_is_told_before_the_analysis(
    floodgauge: Floodgauge, flood: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floodgauge("import", flood, "--app", "tips")
    monkeypatch.setenv("FLOODGAUGE_ALERTS_QUIET", "nonsense")
    done = floodgauge("analyze")
    assert (done.code, "22:00-07:00" in done.err) == (2, True)
    waiting = floodgauge("incidents")
    assert waiting.out == (
        "tips: not judged. Reviews are there, but they have not been analysed yet.\n"
        "(Something new waits for `floodgauge analyze`.)\n"
    )
    monkeypatch.delenv("FLOODGAUGE_ALERTS_QUIET")
    floodgauge("analyze")
    listed = floodgauge("incidents").out
    assert "waits for" not in listed
    assert "at the alarm by chance " in listed


def test_an_export_must_not_end_before_it_begins(floodgauge: Floodgauge) -> None:
    words = ("export", "items", "-o", "items.csv", "--since", "2025-02-01", "--until", "2025-01-01")
    done = floodgauge(*words)
    assert (done.code, "--until: lies before --since" in done.err) == (2, True)


def test_stores_and_author_keys_are_their_owners_alone(
    floodgauge: Floodgauge, flood: Path, tmp_path: Path
) -> None:
    def mode(name: str) -> int:
        return (tmp_path / name).stat().st_mode & 0o777

    store = str(tmp_path / "new" / "store.db")
    assert floodgauge("import", flood, "--app", "tips", "--store", store).code == 0
    assert (mode("new"), mode("new/store.db")) == (0o700, 0o600)
    (tmp_path / "new" / "store.db").chmod(0o660)
    for ending in ("csv", "jsonl", "parquet"):
        words = ("export", "items", "-o", f"keys.{ending}", "--with-author-keys")
        assert floodgauge(*words, "--store", store).code == 0
        assert mode(f"keys.{ending}") == 0o600
    assert mode("new/store.db") == 0o660


def test_a_store_that_cannot_be_written_can_be_read(
    floodgauge: Floodgauge, flood: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, who may write everything: what SQLite opens is read-only here."""
    store = tmp_path / "a folder?" / "50% #1.db"
    floodgauge("import", flood, "--app", "tips", "--store", store)
    floodgauge("analyze", "--store", store)
    before = floodgauge("incidents", "--json", "--store", store).out
    monkeypatch.setattr(engine, "is_writable", lambda _: False)
    assert floodgauge("incidents", "--json", "--store", store).out == before
    assert floodgauge("status", "--store", store).code == 0
    done = floodgauge("export", "items", "-o", tmp_path / "items.csv", "--store", store)
    assert (done.code, "100 rows" in done.out) == (0, True)
    monkeypatch.setenv("FLOODGAUGE_SECRET", SECRET)
    assert len(load_items("tips", store=str(store))) == 100
    refused = floodgauge("analyze", "--store", store)
    assert refused.code == 2
    assert f"{store}: the store is read-only" in refused.err
    left = {path.name for path in store.parent.iterdir()}
    assert left == {store.name, f"{store.name}-locks"}  # the locks are of the first analysis


def test_an_older_store_that_cannot_be_written_says_so(
    floodgauge: Floodgauge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite3.connect(tmp_path / "old.db").execute("CREATE TABLE some (thing)").connection.close()
    monkeypatch.setattr(engine, "is_writable", lambda _: False)
    done = floodgauge("status", "--store", tmp_path / "old.db")
    assert (done.code, "older Floodgauge" in done.err) == (2, True)


def test_a_flood_that_a_first_poll_finds_is_not_called_calm(
    floodgauge: Floodgauge, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    times = [now - timedelta(seconds=1.2 * n + 0.5) for n in range(500)]
    rows = [f"{n},app_store,{at},{5 if n < 3 else 1},no" for n, at in enumerate(times)]
    flood = tmp_path / "flood.csv"
    flood.write_text("\n".join(["review_id,source,created_at,rating,text", *rows]))
    assert floodgauge("import", flood, "--app", "tips").code == 0
    assert floodgauge("analyze").code == 0
    listed, said = floodgauge("incidents").out, floodgauge("status").out
    (row,) = json.loads(floodgauge("status", "--json").out)
    assert row["state"] == "not judged"
    assert row["why"].startswith("500 reviews in 10 minutes, >99% low stars.")
    assert f"tips: not judged. {row['why']}" in listed
    assert f"tips: not judged. {row['why']}" in said
    assert "No incident" not in listed
