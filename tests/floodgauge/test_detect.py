"""`fg.detect` on a table says what the command line says of the same rows."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import floodgauge as fg
from analysis.records import Incident
from analysis.research.tables import Names, read_table
from analysis.run import analyze
from analysis.words.documents import shown_incidents
from collector.errors import ContractError
from collector.importers.load import ImportOptions, import_file
from collector.settings.config import Settings
from collector.store import open_store

SAME = (
    "id", "direction", "onset_at", "alarmed_at", "peak_at", "ended_at", "over_at", "items",
    "expected_items", "recurrence_days", "detector", "counts", "waves",
)  # fmt: skip
START = pd.Timestamp("2024-01-01", tz="UTC")
SECRET = b"a secret that is long enough for it"
COMPLAINTS = ("it crashes at the start since the update", "the update broke the login, crash")
OTHERS = ("why do you spy on us, we want no police state", "shame on this policy, never again")
USUAL = ("works well", "nice app, thanks", "good", "not bad at all", "it is slow now and then")


def stream(seed: int, a_day: float = 6, days: int = 260, *, texts: bool = False) -> pd.DataFrame:
    """A quiet app with two floods of low stars, and one of high stars in its second store."""
    rng = np.random.default_rng(seed)

    def some(n: int, since: float, long: float, stars: Any, said: Any, source: str) -> pd.DataFrame:
        at = START + pd.to_timedelta(since + rng.random(n) * long, unit="D").floor("s")
        frame = pd.DataFrame({"created_at": at, "rating": rng.choice(stars, n), "source": source})
        return frame.assign(text=rng.choice(said, n)) if texts else frame

    n = rng.poisson(a_day * days)
    parts = [
        some(n, 0, days, [1, 2, 3, 4, 5, 5, 5], USUAL, "google_play"),
        some(n // 2, 0, days, [1, 2, 4, 5, 5], USUAL, "app_store"),
        some(int(8 * a_day), 150, 0.4, [1, 1, 2], COMPLAINTS, "google_play"),
        some(int(6 * a_day), 154, 0.3, [1, 1, 2], OTHERS, "google_play"),
        some(int(9 * a_day), 215, 0.5, [5], USUAL, "app_store"),
    ]
    return pd.concat(parts, ignore_index=True).sample(frac=1, random_state=seed)


def by_command_line(frame: pd.DataFrame, folder: Path) -> list[Incident]:
    """Import, analyze and incidents, as their commands do."""
    path = folder / "rows.csv"
    frame.to_csv(path, index=False)
    now = datetime.now(UTC)
    with open_store(str(folder / "store.db"), secret=SECRET) as store:
        import_file(store, path, ImportOptions(app="app"), now=now)
        analyze(Settings(), store, now)
        found = shown_incidents(store, "app", now)
    return found[::-1]


def told(found: pd.DataFrame) -> list[dict[str, Any]]:
    """The same fields of a frame of swings."""
    rows = found[list(SAME)].astype(object).to_dict("records")
    return [{n: None if v is pd.NaT else v for n, v in row.items()} for row in rows]


@pytest.mark.parametrize(("seed", "a_day", "texts"), [(2, 1.5, False), (3, 0.6, True)])
def test_it_says_what_the_command_line_says(
    seed: int, a_day: float, texts: bool, tmp_path: Path
) -> None:
    frame = stream(seed, a_day, texts=texts)
    wanted = by_command_line(frame, tmp_path)
    found = told(fg.detect(frame))
    assert wanted
    assert [row["id"] for row in found] == [one.id for one in wanted]
    for mine, theirs in zip(found, wanted, strict=True):
        for name in SAME:
            value = getattr(theirs, name)
            same = pytest.approx(value) if isinstance(value, float) else value
            assert mine[name] == same, name


def test_it_explains_as_the_command_line_does(tmp_path: Path) -> None:
    frame = stream(4, 0.7, 190, texts=True)
    wanted = by_command_line(frame, tmp_path)
    for theirs in wanted[:2]:
        mine = fg.explain(frame, theirs.id)
        for name in ("cause", "coordination", "reasons", "rating_before", "rating_during", "items"):
            assert getattr(mine, name) == getattr(theirs, name), name
        assert signals(mine) == signals(theirs)
        assert mine.summary
    assert wanted
    with pytest.raises(ContractError, match="no 'app-1' in the table"):
        fg.explain(frame, "app-1")


def signals(incident: Incident) -> dict[str, Any]:
    """What was measured; the sentiment of a whole store is moved by more of the app's own stars."""
    return {e.signal: (e.value, e.p_value) for e in incident.evidence if e.signal != "rating_text"}


def as_library(frame: pd.DataFrame, library: str) -> Any:
    """The same rows as a table of another library."""
    if library == "polars":
        return pl.from_pandas(frame)
    if library == "lazy":
        return pl.from_pandas(frame).lazy()
    if library == "arrow":
        return pa.Table.from_pandas(frame, preserve_index=False)
    if library == "stream":
        return Stream(pa.Table.from_pandas(frame, preserve_index=False))
    if library == "mapping":
        return {name: frame[name].to_list() for name in frame}
    return frame


class Stream:
    """What gives an Arrow stream and is no table of a known library."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)


SMALL = stream(7, 1.2, 220)


@cache
def found() -> pd.DataFrame:
    """The swings of SMALL."""
    return fg.detect(SMALL)


def rows_of(table: Any) -> NDArray[np.int64]:
    """The rows that the detectors read, whole, in an order of their own."""
    read = read_table(table, Names())
    names = np.array([hash(name) for name in read.sources])
    columns = np.stack([read.at, read.stars, names[read.source]])
    return columns[:, np.lexsort(columns)]


@settings(max_examples=40, deadline=None)
@given(
    order=st.integers(0, 2**31),
    zone=st.sampled_from(["UTC", "America/Chicago", "Asia/Kolkata", "Pacific/Apia", None]),
    unit=st.sampled_from(["s", "ms", "us", "ns", "text", "epoch"]),
    library=st.sampled_from(["pandas", "polars", "lazy", "arrow", "stream", "mapping"]),
)
def test_order_zone_resolution_and_library_make_no_difference(
    order: int, zone: str | None, unit: str, library: str
) -> None:
    frame = SMALL.sample(frac=1, random_state=order, ignore_index=True)
    at = frame["created_at"].dt.as_unit("s")
    if unit == "epoch":
        at = at.astype("int64")
    else:
        at = at.dt.tz_localize(None) if zone is None else at.dt.tz_convert(zone)
        at = at.map(lambda moment: moment.isoformat()) if unit == "text" else at.dt.as_unit(unit)
    table = as_library(frame.assign(created_at=at), library)
    assert (rows_of(table) == rows_of(SMALL)).all()


@pytest.mark.parametrize("library", ["polars", "arrow"])
def test_the_same_rows_give_the_same_swings(library: str) -> None:
    frame = SMALL.sample(frac=1, random_state=1).assign(
        created_at=SMALL["created_at"].dt.tz_convert("Asia/Kolkata").dt.as_unit("ns")
    )
    pd.testing.assert_frame_equal(fg.detect(as_library(frame, library)), found())
    assert len(found()) >= 2


def hourly(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts by hour, class of stars and source."""
    at = frame["created_at"].dt.floor("h")
    return frame.assign(hour=at).value_counts(["hour", "rating", "source"]).reset_index()


def test_hourly_counts_give_the_same_swings_an_hour_later_at_most() -> None:
    counted = fg.detect(hourly(SMALL))
    assert counted["direction"].to_list() == found()["direction"].to_list()
    later = counted["alarmed_at"] - found()["alarmed_at"]
    assert (later >= timedelta(hours=-1)).all()
    assert (later <= timedelta(hours=1)).all()
    assert (counted["alarmed_at"].dt.minute == 0).all()


def test_an_alarm_of_counts_knows_nothing_of_a_bin_before_it_has_ended() -> None:
    counts = hourly(SMALL)
    first = fg.detect(counts).iloc[0]
    before = first["alarmed_at"] - timedelta(microseconds=1)
    assert fg.detect(counts, as_of=before).empty
    assert len(fg.detect(counts, as_of=first["alarmed_at"])) == 1


def test_daily_counts_alarm_when_their_day_has_ended() -> None:
    at = SMALL["created_at"].dt.floor("D")
    daily = SMALL.assign(day=at).value_counts(["day", "rating"]).reset_index()
    counted = fg.detect(daily, time="day")
    known = found().set_index("direction")
    assert len(counted)
    for mine in counted.itertuples():
        whole = known.loc[[mine.direction]].iloc[0]
        assert mine.onset_at.floor("D") == whole["onset_at"].floor("D")
        assert timedelta() <= mine.alarmed_at - whole["alarmed_at"] <= timedelta(days=1)
    assert (counted["alarmed_at"].dt.hour == 0).all()


def test_without_stars_all_rows_count_alike() -> None:
    alike = fg.detect(SMALL[["created_at"]])
    assert not alike.empty
    assert set(alike["direction"]) == {"mixed"}


def test_several_apps_are_told_apart_by_a_column() -> None:
    two = pd.concat([SMALL.assign(which="b"), SMALL.assign(which="a")])
    both = fg.detect(two, by="which")
    assert both["app"].to_list() == ["a"] * len(found()) + ["b"] * len(found())
    assert both["onset_at"].to_list() == found()["onset_at"].to_list() * 2


def test_a_version_of_a_review_counts_once() -> None:
    named = SMALL.assign(review_id=[f"r{n}" for n in range(len(SMALL))])
    again = named.assign(created_at=named["created_at"] + timedelta(minutes=1))
    with pytest.warns(UserWarning, match="the same review again: 862"):
        once = fg.detect(pd.concat([named, named, again]))
    assert once["items"].to_list() == found()["items"].to_list()


def test_a_later_version_takes_nothing_from_what_was_known_before() -> None:
    """Everybody takes back within hours what they said in a flood."""
    named = SMALL.assign(review_id=[f"r{n}" for n in range(len(SMALL))])
    first = found().iloc[0]
    flood = named["created_at"].between(first["onset_at"], first["ended_at"])
    again = named[flood].assign(created_at=named["created_at"] + timedelta(hours=20), rating=5)
    with_later = pd.concat([named, again])
    then = {"as_of": first["alarmed_at"]}
    pd.testing.assert_frame_equal(fg.detect(with_later, **then), fg.detect(named, **then))
    until = first["alarmed_at"]
    log = fg.replay(with_later, until=until)
    pd.testing.assert_frame_equal(log, fg.replay(named, until=until))
    assert len(log)


def test_a_count_that_is_missing_is_no_nought() -> None:
    """Of a flood's bins one is not known: nothing is told of it, and it is said."""
    counts = hourly(SMALL)
    first = fg.detect(counts).iloc[0]
    lost = counts["hour"].between(first["onset_at"], first["onset_at"] + timedelta(hours=2))
    holed = counts.assign(count=counts["count"].astype(object).where(~lost, None))
    with pytest.warns(UserWarning, match=f"no count: {lost.sum()}"):
        read = fg.detect(holed)
    assert read.attrs["floodgauge"]["left_out"] == {"no count": int(lost.sum())}
    table = read_table(holed, Names())
    starts: Any = np.unique(counts["hour"][lost].dt.as_unit("us").astype("int64"))
    assert table.gaps.tolist() == [[at, at + 3_600_000_000] for at in starts]
    assert not len(table.truncated)


def test_days_without_a_count_are_no_stop() -> None:
    days = pd.date_range("2024-01-01", periods=220, freq="D", tz="UTC")
    whole = pd.DataFrame({"day": days, "count": 40 + np.arange(220) % 7})
    unknown = whole.assign(count=whole["count"].where(~days.isin(days[150:165])))
    nought = unknown.assign(count=unknown["count"].fillna(0))
    assert "fewer" in set(fg.detect(nought, time="day")["direction"])
    with pytest.warns(UserWarning, match="no count: 15"):
        assert fg.detect(unknown, time="day").empty


def test_of_a_bin_with_some_count_the_rest_may_be_missing() -> None:
    counts = hourly(SMALL)
    several = counts[counts.duplicated("hour", keep="last")].index[0]
    holed = counts.assign(count=counts["count"].astype("float64"))
    holed.loc[several, "count"] = np.nan
    table = read_table(holed, Names())
    assert not len(table.gaps)
    assert len(table.truncated) == 1


def test_rows_without_a_time_are_left_out_with_a_warning() -> None:
    holed = pd.concat([SMALL, SMALL.head(2).assign(created_at=pd.NaT)])
    with pytest.warns(UserWarning, match="no time between 1990 and now: 2"):
        holed_found = fg.detect(holed)
    pd.testing.assert_frame_equal(holed_found, found())


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        ([1, 2], {}, "list is no table"),
        ({"name": ["a"]}, {}, "no column of times among name"),
        ({"at": ["2024-01-01"], "n": [1.5]}, {"count": "n"}, "whole numbers"),
        ({"at": ["2024-01-01"], "n": [float("inf")]}, {"count": "n"}, "whole numbers"),
        ({"at": ["2024-01-01"] * 3, "count": ["12", "1,204", None]}, {}, "'1,204' is no number"),
        ({"at": ["2024-01-01"], "count": ["n/a"]}, {}, "'n/a' is no number"),
        ({"at": ["2024-01-01"]}, {"stars": "score"}, "no column 'score'; there is: at"),
        ({"when": ["yesterday-ish"]}, {"time": "when"}, "yesterday-ish"),
    ],
)
def test_what_cannot_be_read_is_said(table: Any, more: dict[str, str], said: str) -> None:
    with pytest.raises(ContractError, match=said):
        fg.detect(table, **more)


def test_it_says_what_it_was_made_with_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    made = fg.detect(SMALL, as_of="2024-06-10").attrs["floodgauge"]
    assert made["version"] == fg.__version__
    assert made["events"] == len(SMALL)
    assert json.loads(json.dumps(made)) == made
    assert not list(tmp_path.iterdir())


def test_nothing_is_told_after_until_where_rows_arrive_late() -> None:
    """Each row is known six hours after it was published."""
    lag = timedelta(hours=6)
    late = SMALL.assign(known=SMALL["created_at"] + lag)
    whole = fg.replay(late, arrived="known")
    first = whole.iloc[0]["at"]
    assert len(fg.replay(late, arrived="known", until=first + lag)) >= 1
    before = fg.replay(late, arrived="known", until=first + lag / 2)
    assert (before["at"] <= first + lag / 2).all()
    assert not len(before)


@pytest.mark.parametrize("stars", [True, False])
def test_late_rows_are_told_as_others_are(stars: bool) -> None:
    """Where every row arrives at once, the log is the one without arrivals, but for stops."""
    frame = SMALL if stars else SMALL[["created_at"]]
    told_at_once = fg.replay(frame.assign(known=frame["created_at"]), arrived="known")
    pd.testing.assert_frame_equal(told_at_once, fg.replay(frame), check_like=True)


def test_late_counts_are_told_at_the_ends_of_bins() -> None:
    counts = hourly(SMALL).assign(known=lambda rows: rows["hour"])
    log = fg.replay(counts, time="hour", arrived="known")
    assert (log["at"].dt.minute == 0).all()
    pd.testing.assert_frame_equal(log, fg.replay(counts, time="hour"))
