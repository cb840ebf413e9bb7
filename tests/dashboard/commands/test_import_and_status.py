"""import, forget and status as a person types them: clear words, exit codes, nothing lost."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from collector.importers import load
from collector.records import ContextEvent, RunReport
from collector.store import Store, WriteCounts, open_store
from collector.store.writing.items import Items
from dashboard.main import main

SECRET = "a secret for tests, long enough"
HEADER = "review_id,created_at,rating,text,author\n"


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Floodgauge = Callable[..., Done]


@pytest.fixture
def floodgauge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Floodgauge:
    """Runs the command in an empty folder, on a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FLOODGAUGE_SECRET", SECRET)
    monkeypatch.setenv("FLOODGAUGE_STORE", f"sqlite:///{tmp_path / 'store.db'}")

    def run(*words: str | Path) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        return Done(int(stopped.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[], Store]:
    return lambda: open_store(f"sqlite:///{tmp_path / 'store.db'}", secret=SECRET.encode())


def csv_of(path: Path, rows: Sequence[str]) -> Path:
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def many(path: Path, rows: int, bad_every: int = 0) -> Path:
    """Reviews r0, r1, ...; some of six stars."""
    return csv_of(
        path,
        [
            f"r{n},2025-01-{1 + n % 28:02}T10:00:00Z,"
            f"{6 if bad_every and n % bad_every == 0 else 1 + n % 5},words {n},writer {n}"
            for n in range(rows)
        ],
    )


def test_twice_is_once(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = many(tmp_path / "r.csv", 5)
    first, again = (floodgauge("import", path, "--app", "tips") for _ in range(2))
    assert (first.code, again.code) == (0, 0)
    assert "5 rows, 5 new, 0 changed, 0 unchanged, 0 bad" in first.out
    assert "5 rows, 0 new, 0 changed, 5 unchanged, 0 bad" in again.out


def test_bad_rows_are_told_and_counted(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = many(tmp_path / "r.csv", 60, bad_every=2)
    done = floodgauge("import", path, "--app", "tips")
    assert done.code == 0
    assert "60 rows, 30 new" in done.out
    assert "30 bad" in done.out
    assert "line 2: rating: '6' is not between 1 and 5 stars" in done.err
    assert done.err.count(": rating: ") == 20
    assert "10 more" in done.err
    assert "--rejects" in done.err


def test_rejects_hold_every_bad_row(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = many(tmp_path / "r.csv", 60, bad_every=2)
    assert floodgauge("import", path, "--app", "tips", "--rejects", "bad.txt").code == 0
    written = (tmp_path / "bad.txt").read_text(encoding="utf-8").splitlines()
    assert [line.split("line ")[1].split(":")[0] for line in written] == [
        str(2 + n) for n in range(0, 60, 2)
    ]
    assert not any("words" in line or "writer" in line for line in written)


def test_rejects_never_overwrite_what_is_read(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = many(tmp_path / "r.csv", 5)
    before = path.read_bytes()
    done = floodgauge("import", path, "--app", "tips", "--rejects", "./r.csv")
    assert done.code == 2
    assert "name another" in done.err
    assert path.read_bytes() == before


def test_strict_refuses_and_writes_nothing(
    floodgauge: Floodgauge, tmp_path: Path, opened: Callable[[], Store]
) -> None:
    path = many(tmp_path / "r.csv", 60, bad_every=50)
    done = floodgauge("import", path, "--app", "tips", "--strict")
    assert done.code == 2
    assert "2 bad rows" in done.err
    with opened() as store:
        assert store.apps.keys() == []


def test_a_bad_file_stops_no_other(floodgauge: Floodgauge, tmp_path: Path) -> None:
    good = many(tmp_path / "good.csv", 3)
    (tmp_path / "empty.csv").touch()
    done = floodgauge("import", "empty.csv", good, "missing.csv", ".", "--app", "tips")
    assert done.code == 2
    assert "good.csv: 3 rows, 3 new" in done.out
    assert len(done.err.splitlines()) == 3
    for name, reason in (("empty.csv", "empty"), ("missing.csv", "No such"), (".", "directory")):
        assert any(name in line and reason in line for line in done.err.splitlines())


def test_a_name_that_a_terminal_cannot_show(floodgauge: Floodgauge, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_bytes(
        b"created_at,rating,caf\xc3\xa9\xe9,\x1b[31m\n2025-01-01,3,1,2\n"
    )
    done = floodgauge("import", "r.csv", "--app", "tips")
    assert done.code == 0
    assert "columns not used" in done.out
    assert "\x1b" not in done.out + done.err


def test_interrupted_and_run_again_is_uninterrupted(
    floodgauge: Floodgauge,
    tmp_path: Path,
    opened: Callable[[], Store],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = many(tmp_path / "r.csv", 50)
    monkeypatch.setattr(load, "BATCH", 20)
    write = Items.write
    calls = []

    def stopping(self: Items, *args: Any, **kwargs: Any) -> WriteCounts:
        calls.append(None)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(self, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(Items, "write", stopping)
        stopped = floodgauge("import", path, "--app", "tips")
    assert stopped.code == 130
    assert "run it again" in stopped.err
    with opened() as store:
        assert len(store.items.frame("tips")) == 20, "a batch that was written stays"
    done = floodgauge("import", path, "--app", "tips")
    assert "50 rows, 30 new, 0 changed, 20 unchanged" in done.out
    with opened() as store:
        assert sorted(store.items.frame("tips")["item_id"]) == sorted(f"r{n}" for n in range(50))


def test_a_store_of_a_newer_version_is_left_alone(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = many(tmp_path / "r.csv", 3)
    assert floodgauge("import", path, "--app", "tips").code == 0
    with sqlite3.connect(tmp_path / "store.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    done = floodgauge("import", path, "--app", "tips")
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert "newer Floodgauge" in done.err


def test_a_file_that_is_no_store(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = many(tmp_path / "r.csv", 3)
    before = path.read_bytes()
    done = floodgauge("import", path, "--app", "tips", "--store", path)
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert path.read_bytes() == before


MISTAKES: dict[str, tuple[list[str], str]] = {
    "no app": (["import", "r.csv"], "--app"),
    "neither an app nor a column": (["import", "r.csv"], "--app-from-column COLUMN"),
    "a key with a blank": (["import", "r.csv", "--app", "my app"], "cannot name an app"),
    "an unknown format": (["import", "r.csv", "--app", "a", "--format", "xml"], "play-console"),
    "an unknown encoding": (["import", "r.csv", "--app", "a", "--encoding", "rot13"], "cp1252"),
    "an unknown order": (["import", "r.csv", "--app", "a", "--date-order", "ymd"], "dmy"),
    "rejects nowhere": (["import", "r.csv", "--app", "a", "--rejects", "no/x"], "cannot write"),
    "forget nothing": (["forget"], "exactly one"),
    "forget twice": (["forget", "--item", "a", "--author-of", "b"], "exactly one"),
    "forget since when": (["forget", "--older-than", "long"], "90d"),
    "forget everything": (["forget", "--older-than", "0d"], "at least 1d"),
    "forget a source": (["forget", "--older-than", "9d", "--source", "x"], "--item alone"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_one_line(floodgauge: Floodgauge, tmp_path: Path, case: str) -> None:
    many(tmp_path / "r.csv", 2)
    words, hint = MISTAKES[case]
    done = floodgauge(*words)
    assert done.code == 2
    assert hint in done.err
    assert len(done.err.splitlines()) == 1


def test_what_is_forgotten_stays_out(
    floodgauge: Floodgauge, tmp_path: Path, opened: Callable[[], Store]
) -> None:
    path = csv_of(
        tmp_path / "r.csv",
        [f"r{n},2025-01-0{n}T10:00:00Z,3,words,{'one' if n < 3 else 'two'}" for n in range(1, 6)],
    )
    floodgauge("import", path, "--app", "tips")
    assert "1 item forgotten" in floodgauge("forget", "--item", "r5").out
    assert "2 items forgotten" in floodgauge("forget", "--author-of", "r1").out
    assert "3 refused" in floodgauge("import", path, "--app", "tips").out
    with opened() as store:
        assert store.items.frame("tips")["item_id"].tolist() == ["r3", "r4"]
    assert "2 items forgotten" in floodgauge("forget", "--older-than", "90d").out
    nothing = floodgauge("forget", "--item", "r5")
    assert (nothing.code, "no stored item has the id 'r5'" in nothing.err) == (2, True)


@pytest.mark.parametrize("yes", [[], ["--yes"]])
def test_forget_by_age_refuses_an_app_that_is_not_there(
    floodgauge: Floodgauge, tmp_path: Path, yes: list[str]
) -> None:
    floodgauge("import", many(tmp_path / "r.csv", 2), "--app", "tips")
    done = floodgauge("forget", "--older-than", "1d", "--app", "nosuch", *yes)
    assert (done.code, "no app 'nosuch' in the store; there is: tips" in done.err) == (2, True)
    assert done.out == ""


def test_what_was_never_stored_is_kept_out(floodgauge: Floodgauge, tmp_path: Path) -> None:
    first, later = many(tmp_path / "r.csv", 2), tmp_path / "later.csv"
    floodgauge("import", first, "--app", "tips", "--source", "google_play")
    csv_of(later, ["late,2025-03-01T10:00:00Z,3,words,one", "new,2025-03-01T10:00:00Z,3,words,one"])
    unknown = floodgauge("forget", "--item", "late", "--app", "tips")
    assert (unknown.code, "--source" in unknown.err) == (2, True)
    noted = floodgauge("forget", "--item", "late", "--app", "tips", "--source", "google_play")
    assert (noted.code, "noted as forgotten" in noted.out) == (0, True)
    done = floodgauge("import", later, "--app", "tips", "--source", "google_play")
    assert "1 new" in done.out
    assert "1 refused" in done.out


@pytest.mark.parametrize("answer", [True, False])
def test_somebody_is_asked_before_items_go_by_age(
    floodgauge: Floodgauge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    floodgauge("import", many(tmp_path / "r.csv", 3), "--app", "tips")
    asked: list[str] = []

    def confirm(question: str) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr("typer.confirm", confirm)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    done = floodgauge("forget", "--older-than", "1d")
    assert done.code == 0
    assert "3 of tips" in asked[0]
    assert ("3 items forgotten" in done.out) == ("floodgauge analyze" in done.out) == answer
    if not answer:
        assert "3 items forgotten" in floodgauge("forget", "--older-than", "1d", "--yes").out
    assert len(asked) == 1


def test_status(floodgauge: Floodgauge, tmp_path: Path) -> None:
    missing = floodgauge("status")
    assert (missing.code, "no store at" in missing.err) == (2, True)
    assert not list(tmp_path.glob("*.db")), "looking makes no store"
    floodgauge("import", many(tmp_path / "r.csv", 5), "--app", "tips", "--source", "app_store")
    (row,) = json.loads(floodgauge("status", "--json").out)
    assert (row["app"], row["source"], row["items"]) == ("tips", "app_store", 5)
    assert row["newest"] == "2025-01-05T10:00:00Z"
    assert (row["outcome"], row["last_run"]) == ("imported", None)
    assert "tips  app_store  5 items" in floodgauge("status").out


def test_status_counts_the_headlines_of_feeds(
    floodgauge: Floodgauge, opened: Callable[[], Store], tmp_path: Path
) -> None:
    floodgauge("import", many(tmp_path / "r.csv", 5), "--app", "tips", "--source", "app_store")
    at = datetime(2025, 1, 3, tzinfo=UTC)
    with opened() as store:
        store.timeline.write_context(
            [ContextEvent(
                app="tips", source="news.example.org", event_id=str(n),
                at=at + n * timedelta(days=1), kind="news", title="Tips is down",
                url=None, first_seen=at + timedelta(days=9),
            )
            for n in range(3)]
        )  # fmt: skip
        store.runs.write(
            RunReport(
                app="tips", source="feeds", started_at=at, ended_at=at, outcome="ok",
                stop_reason="read", covered_from=at, covered_to=at, new=3, changed=0, seen=3,
                bad=0, requests=1, cost_usd=0.0, next_due_at=None,
            )
        )  # fmt: skip
    stores, feeds = json.loads(floodgauge("status", "--json").out)
    assert (stores["source"], stores["items"]) == ("app_store", 5)
    assert (feeds["source"], feeds["items"], feeds["newest"]) == (
        "feeds",
        3,
        "2025-01-05T00:00:00Z",
    )
    assert feeds["last_seen"] == "2025-01-12T00:00:00Z"
    assert "tips  feeds  3 items, newest 2025-01-05" in floodgauge("status").out


def test_status_of_what_was_collected(
    floodgauge: Floodgauge, opened: Callable[[], Store], tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    floodgauge("import", many(tmp_path / "r.csv", 5), "--app", "tips", "--source", "app_store")
    with opened() as store:
        for hours, outcome in ((3, "failed"), (2, "ok")):
            at = now - timedelta(hours=hours)
            run = RunReport(
                app="tips", source="x", started_at=at, ended_at=at, outcome=outcome,
                stop_reason="read", covered_from=None, covered_to=None, new=0, changed=0, seen=0,
                bad=0, requests=1, cost_usd=0.25, next_due_at=now,
            )  # fmt: skip
            store.runs.write(run, message="no answer in time" if outcome == "failed" else None)
        this_month = [r for r in (3, 2) if (now - timedelta(hours=r)).month == now.month]
    imported, polled = json.loads(floodgauge("status", "--json").out)
    assert (imported["coverage_basis"], imported["last_error"]) == ("imported", None)
    assert imported["cost_this_month_usd"] == 0
    assert (polled["coverage_basis"], polled["outcome"]) == ("polled", "ok")
    assert polled["last_error"] == "no answer in time"
    assert polled["cost_this_month_usd"] == 0.25 * len(this_month)
    stands, *said = floodgauge("status").out.splitlines()
    assert "not judged" in stands
    assert "imported, no file of it looks cut" in said[0]
    assert "no answer in time" in said[1]


def test_a_dry_run_says_what_becomes_of_each_column(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(
        "content,score,at,userName,mood\n"
        "the map stays grey,1,2025-01-01 10:00:00,Jane Roe,sad\n"
        "works,six,2025-01-02 10:00:00,Ann,glad\n",
        encoding="utf-8",
    )
    done = floodgauge("import", path, "--app", "tips", "--dry-run")
    assert done.code == 0
    assert "read as scraper: reviews from google_play" in done.out
    assert "content   text        'the map stays grey', 'works'" in done.out
    assert "mood      not used    'sad', 'glad'" in done.out
    assert "Jane" not in done.out + done.err, "authors are not shown"
    assert "1 rows can be read, 1 bad; nothing is stored" in done.out
    assert "line 3: score" in done.err
    assert not (tmp_path / "store.db").exists()


def test_a_dry_run_of_what_is_refused(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("date,text,how good\n2025-01-01,fine app this is,3\n2025-01-02,no,1\n")
    refused = floodgauge("import", path, "--app", "tips", "--dry-run")
    assert (refused.code, "--map 'rating=how good'" in refused.err) == (2, True)
    read = floodgauge("import", path, "--app", "tips", "--map", "rating=how good")
    assert (read.code, "2 new" in read.out) == (0, True)


@pytest.mark.parametrize("said", [["--map", "mood=x"], ["--kind", "letter"]])
def test_options_of_imports_are_checked(
    said: list[str], floodgauge: Floodgauge, tmp_path: Path
) -> None:
    done = floodgauge("import", many(tmp_path / "r.csv", 2), "--app", "tips", *said)
    assert (done.code, said[0] in done.err) == (2, True)


def test_an_import_is_taken_back(floodgauge: Floodgauge, tmp_path: Path) -> None:
    assert floodgauge("import", many(tmp_path / "a.csv", 2), "--app", "tips").code == 0
    done = floodgauge("import", many(tmp_path / "b.csv", 5), "--app", "tips")
    [named] = [line for line in done.out.splitlines() if "--undo" in line]
    undone = floodgauge("import", "--undo", named.split()[3])
    assert (undone.code, "3 items removed" in undone.out) == (0, True)
    again = floodgauge("import", "--undo", named.split()[3])
    assert (again.code, "no import began at" in again.err) == (2, True)
    assert "5 rows, 3 new" in floodgauge("import", tmp_path / "b.csv", "--app", "tips").out


def test_an_import_needs_a_file(floodgauge: Floodgauge) -> None:
    done = floodgauge("import", "--app", "tips")
    assert (done.code, "name at least one file" in done.err) == (2, True)
