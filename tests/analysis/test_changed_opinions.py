"""People who change their stars are news when they do it, and the past stays what it was."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from analysis import run
from analysis.incidents.stored import stored_alarms, stored_incidents
from analysis.records import Incident
from analysis.replay.as_known import known_at
from analysis.replay.replay import replay
from analysis.research.export import write_frame
from analysis.research.frames import load_items
from analysis.scored_items import ScoredItem, SeriesHour
from analysis.words.catalogue import english
from analysis.words.summary import summary
from collector.importers.load import ImportOptions, import_file
from collector.records import Item, RatingSnapshot
from collector.settings.config import Settings
from collector.store import Store, open_store, schema
from collector.times import to_us
from tests.analysis.changed_opinions import (
    APP,
    BEGIN,
    STORM,
    changed,
    polls,
    quiet,
    review,
    seen,
)

DAY = timedelta(days=1)
AFTER = STORM + timedelta(hours=12)
PAST = quiet()
TOLD_LATER = "nobody answers the phone there, ask why the money went away {}"


def incidents(store: Store, now: datetime = AFTER) -> list[Incident]:
    run.analyze(Settings(), store, now)
    return stored_incidents(store, APP)


def filled(store: Store, *batches: Sequence[Item], how: str = "poll") -> Store:
    store.apps.ensure(APP)
    for batch in batches:
        store.items.write(batch, how=how)  # type: ignore[arg-type]
    return store


def january(store: Store, folder: Path) -> bytes:
    """The bytes of January's export."""
    path = folder / "january.csv"
    items = load_items(APP, store=store, since=BEGIN, until=BEGIN + 31 * DAY)
    write_frame(items.assign(last_seen=items["first_seen"]), ScoredItem, path)
    return path.read_bytes()


@pytest.fixture
def other(sqlite_template: Path, tmp_path: Path, secret: bytes) -> Iterator[Store]:
    """A second store."""
    path = tmp_path / "other.db"
    path.write_bytes(sqlite_template.read_bytes())
    with open_store(f"sqlite:///{path}", secret=secret) as opened:
        yield opened


def test_a_storm_of_changed_stars_alarms_as_a_fresh_store_does(
    any_store: Store, other: Store, tmp_path: Path
) -> None:
    storm = changed(PAST)
    filled(any_store, PAST)
    assert incidents(any_store, STORM) == []
    before = january(any_store, tmp_path), any_store.hourly.frame(APP, SeriesHour, until=STORM)
    any_store.items.write(storm, how="poll")
    (found,) = incidents(any_store)
    after = january(any_store, tmp_path), any_store.hourly.frame(APP, SeriesHour, until=STORM)
    assert before[0] == after[0]
    pd.testing.assert_frame_equal(before[1], after[1])

    moved = {item.item_id for item in storm}
    filled(other, [item for item in PAST if item.item_id not in moved] + storm)
    (late,) = incidents(other)
    assert found.direction == late.direction == "negative"
    assert abs(found.alarmed_at - late.alarmed_at) <= timedelta(minutes=5)
    assert found.alarmed_at - STORM <= timedelta(minutes=30)
    assert found.items == late.items >= 105
    assert (found.changed_items, found.higher_before) == (found.items, found.items)
    assert f"{found.items} of them changed opinions ({found.items} had more stars" in summary(
        found, "Tips", english()
    )


def written(folder: Path, past: Sequence[Item], storm: Sequence[Item]) -> list[Path]:
    """Files with the past, with what the same people say now and when they changed, with both."""
    began = {item.item_id: item.created_at for item in past}
    rows = [
        {"review_id": i.item_id, "created_at": began[i.item_id], "rating": i.rating}
        | {
            "text": i.text,
            "edited_at": None if i.created_at == began[i.item_id] else i.created_at,
        }
        for i in [*past, *storm]
    ]
    names = []
    for n, part in enumerate((rows[: len(past)], rows[len(past) :], rows)):
        names.append(folder / f"{n}.csv")
        pd.DataFrame(part).to_csv(names[-1], index=False)
    return names


def test_the_same_by_import(store: Store, tmp_path: Path) -> None:
    """One file with the past, another with what the same people say now and when they changed."""
    names = written(tmp_path, PAST, changed(PAST))
    for path in names[:2]:
        import_file(store, path, ImportOptions(app=APP, source="google_play"), now=AFTER)
    before = store.items.versions(APP)
    report = import_file(
        store, names[2], ImportOptions(app=APP, source="google_play"), now=AFTER + DAY
    )
    assert (report.counts.new, report.counts.changed) == (0, 0)
    same = ["item_id", "created_at", "rating", "rating_before", "text", "written_at"]
    pd.testing.assert_frame_equal(before[same], store.items.versions(APP)[same])
    (found,) = incidents(store)
    assert found.alarmed_at - STORM <= timedelta(minutes=30)
    assert found.higher_before == found.changed_items == found.items


def test_other_numbers_are_one_event_by_poll_and_by_import(
    any_store: Store, tmp_path: Path
) -> None:
    past = quiet(360, seed=11)
    storm = changed(past, 85, at=STORM + timedelta(hours=5), hours=3, stars=2.0, seed=12)
    filled(any_store, past, storm)
    for path in written(tmp_path, past, storm)[:2]:
        options = ImportOptions(app="imported", source="google_play")
        import_file(any_store, path, options, now=AFTER)
    run.analyze(Settings(), any_store, AFTER)
    found = [stored_incidents(any_store, app) for app in (APP, "imported")]
    told = [
        [(i.onset_at, i.alarmed_at, i.items, i.changed_items, i.higher_before) for i in each]
        for each in found
    ]
    assert told[0] == told[1]
    ((onset, alarmed, items, moved, higher),) = told[0]
    assert STORM + timedelta(hours=5) <= onset <= alarmed <= STORM + timedelta(hours=5, minutes=30)
    assert (moved, higher) == (85, 85)
    assert 85 <= items <= 87


def test_half_new_half_changed(store: Store) -> None:
    storm = changed(PAST, 30, hours=4)
    new = [
        seen(replace(item, item_id=f"new:{n}", author_key=None, text=f"what they did is wrong {n}"))
        for n, item in enumerate(changed(PAST, 30, hours=4, seed=7))
    ]
    filled(store, PAST, storm, new)
    (found,) = incidents(store)
    assert found.items >= 55
    assert found.changed_items in range(25, 31)
    assert found.higher_before == found.changed_items


@pytest.mark.parametrize("stars", [(4.0, 5.0), (1.0, 2.0)])
def test_a_wave_of_corrected_typos_is_no_event(store: Store, stars: tuple[float, ...]) -> None:
    past = [replace(item, text=f"{item.text} adn it helps teh city") for item in PAST]
    filled(store, past)
    count = min(110, sum(item.rating in stars for item in past))
    wave = [
        replace(new, rating=old.rating, text=f"{(old.text or '')[:-22]}and it helps the city!")
        for new in changed(past, count, which=stars)
        for old in past
        if old.item_id == new.item_id
    ]
    counts = store.items.write(wave, how="poll")
    assert counts.changed == count
    assert incidents(store) == []


def test_stars_moved_within_their_class_are_no_event(store: Store) -> None:
    filled(store, PAST)
    wave = [
        replace(new, rating=9.0 - (old.rating or 0), text=old.text)
        for new in changed(PAST, 110)
        for old in PAST
        if old.item_id == new.item_id
    ]
    store.items.write(wave, how="poll")
    assert incidents(store) == []


def test_a_clean_up_during_a_flood_is_told_beside_it_and_is_no_swing(
    store: Store, other: Store
) -> None:
    flood = [
        review(10_000 + n, STORM + timedelta(seconds=15 * n), 1.0, f"this is wrong, number {n}")
        for n in range(1_500)
    ]
    poll = STORM + timedelta(hours=7)
    filled(store, PAST, flood)
    filled(other, PAST, flood)
    kept = [*PAST, *flood[1_200:]]
    for at, average in ((STORM, 4.4), (poll - timedelta(hours=1), 2.0), (poll, 4.1)):
        snapshot = RatingSnapshot(
            app=APP, source="google_play", country="all", at=at, average=average, count=2_000,
            star_1=None, star_2=None, star_3=None, star_4=None, star_5=None,
        )  # fmt: skip
        for each in (store, other):
            each.timeline.write_snapshots([snapshot])
    store.items.write([replace(item, last_seen=poll) for item in kept], how="poll")
    gone = store.items.mark_gone(
        APP, "google_play", walked_from=BEGIN, not_seen_since=poll, at=poll
    )
    assert gone == 1_200
    (found,) = incidents(store)
    (same,) = incidents(other)
    (removal,) = found.removals
    assert (removal.at, removal.reviews, removal.low, removal.high) == (poll, 1_200, 1_200, 0)
    assert (removal.average_before, removal.average_after) == (2.0, 4.1)
    assert replace(found, removals=[]) == same
    assert stored_alarms(store, APP) == stored_alarms(other, APP)
    pd.testing.assert_frame_equal(
        store.hourly.frame(APP, SeriesHour), other.hourly.frame(APP, SeriesHour)
    )


def test_complaints_taken_back_are_a_repair_and_end_the_incident_of_the_fault(
    store: Store,
) -> None:
    """Eighty say that nothing works any more; two weeks later most of them give five stars."""
    broken = changed(PAST, 80, text="nothing works any more since the update, broken {}")
    back = STORM + 14 * DAY
    fixed = changed(
        broken, 70, at=back, hours=30, stars=5.0, which=(1.0,),
        text="thank you, it works again, five stars now {}",
    )  # fmt: skip
    filled(store, PAST, broken, fixed)
    found = incidents(store, back + 3 * DAY)
    praise, fault = [one for one in found if one.direction != "fewer"]
    assert (praise.direction, fault.direction) == ("positive", "negative")
    assert praise.cause == "repair"
    assert (praise.repairs, fault.repaired_by) == (fault.id, praise.id)
    assert praise.lower_before == praise.changed_items
    assert sum(praise.causes.values()) == pytest.approx(1)
    assert "taken back" in summary(praise, "Tips", english())


def test_replay_and_analysis_tell_the_same_whatever_is_changed_later(store: Store) -> None:
    storm = changed(PAST)
    filled(store, *polls([*PAST, *storm], timedelta(hours=2)))
    now = AFTER + DAY
    incidents(store, now)
    log = [a for a in stored_alarms(store, APP) if a.kind == "opened"]
    assert [a for a in replay(Settings(), store, APP, now) if a.kind == "opened"] == log
    later = [
        seen(replace(item, rating=5.0, text=f"it was fine all along {n} in the end"), now + 3 * DAY)
        for n, item in enumerate(storm[:60])
    ]
    moved = [replace(item, created_at=now + 2 * DAY) for item in later]
    store.items.write(moved, how="poll")
    incidents(store, now + 4 * DAY)
    assert [a for a in stored_alarms(store, APP) if a.at <= now and a.kind == "opened"] == log


def test_a_database_s_own_times_of_change_move_no_review(store: Store, tmp_path: Path) -> None:
    """A table whose every row was written again on one day: the reviews stay where they were."""
    path = tmp_path / "rows.csv"
    rows = [
        {"review_id": item.item_id, "created_at": item.created_at, "updated_at": STORM}
        | {"rating": item.rating, "text": item.text}
        for item in PAST
    ]
    pd.DataFrame(rows).to_csv(path, index=False)
    report = import_file(store, path, ImportOptions(app=APP), now=AFTER)
    assert any("times of change" in notice for notice in report.notices)
    found = store.items.arrays(APP).at.tolist()
    assert found == sorted(to_us(item.created_at) for item in PAST)


def test_alarms_that_were_sent_before_versions_became_arrivals_never_move(store: Store) -> None:
    """As the migration leaves it: settled until the last analysis, whatever the past reads now."""
    filled(store, PAST, changed(PAST, at=BEGIN + 100 * DAY))
    incidents(store)
    log = stored_alarms(store, APP)
    assert log
    with store.database.begin() as connection:
        row = {"key": f"alarms_settled:{APP}", "value": str(to_us(AFTER))}
        store.database.put(connection, schema.meta, row)
    store.items.write(changed(PAST, 50, at=BEGIN + 60 * DAY, seed=5), how="import")
    later = changed(PAST, 110, at=AFTER + 9 * DAY, seed=6, text="they did it again and again {}")
    store.items.write(later, how="poll")
    incidents(store, AFTER + 10 * DAY)
    found = stored_alarms(store, APP)
    assert [alarm for alarm in found if alarm.at <= AFTER] == log
    assert [alarm.kind for alarm in found if alarm.at > AFTER][:1] == ["opened"]


def test_a_storm_that_is_taken_back_within_the_day_leaves_the_reviews_as_they_were(
    store: Store, other: Store
) -> None:
    """Whoever looked in between and whoever came later read the same reviews, and no praise is made
    of it. Who saw the storm keeps its incident and its alarms; the later one cannot know of it."""
    storm = changed(PAST, 100, hours=3)
    first = {item.item_id: item for item in PAST}
    back = [
        seen(replace(first[one.item_id], created_at=one.created_at + timedelta(hours=8)))
        for one in storm
    ]
    filled(store, PAST, storm)
    (then,) = incidents(store, STORM + timedelta(hours=4))
    assert then.items >= 90
    filled(store, back)
    filled(other, PAST, [replace(item, last_seen=AFTER) for item in PAST])
    sent = stored_alarms(store, APP)
    (still,) = incidents(store, AFTER)
    assert (still.id, still.items, still.changed_items) == (then.id, then.items, then.items)
    assert [a for a in stored_alarms(store, APP) if a.at <= STORM + timedelta(hours=4)] == sent
    assert incidents(other, AFTER) == []
    (as_of,) = known_at(Settings(), store, APP, STORM + timedelta(hours=4))
    assert (as_of.items, as_of.alarmed_at) == (then.items, then.alarmed_at)
    opened = [a.at for a in replay(Settings(), store, APP, AFTER) if a.kind == "opened"]
    assert opened == [then.alarmed_at]
    frames = [each.items.frame(APP, until=AFTER)[["item_id", "rating"]] for each in (store, other)]
    pd.testing.assert_frame_equal(*frames)


def test_who_writes_more_within_the_day_moves_no_alarm(store: Store) -> None:
    """Two in three of them add to their new opinion some hours later: at each look the incident has
    the id and the alarms that it was told with, and counts each person once."""
    storm = changed(PAST, 100)
    more = [
        seen(
            replace(one, created_at=one.created_at + timedelta(hours=5), text=TOLD_LATER.format(n))
        )
        for n, one in enumerate(storm)
        if n % 3
    ]
    filled(store, PAST)
    told = []
    for hours in (1, 6, 9, 13):
        now = STORM + timedelta(hours=hours)
        seen_by = [one for one in [*storm, *more] if one.created_at <= now]
        store.items.write(sorted(seen_by, key=lambda one: one.created_at), how="poll")
        (found,) = incidents(store, now)
        log = [alarm for alarm in stored_alarms(store, APP) if alarm.kind != "reclassified"]
        assert [found.id, *log[: len(told) - 1]] == told or not told
        told = [found.id, *log]
    assert (found.items, found.changed_items, found.higher_before) == (100, 100, 100)
    assert [a for a in replay(Settings(), store, APP, now) if a.kind == "opened"] == told[1:2]


def test_no_more_are_changed_than_are_counted(store: Store) -> None:
    """Who had said the same shortly before the swing is neither counted in it nor a changed one."""
    early = changed(PAST, 6, at=STORM - 12 * DAY, hours=11 * 24, seed=8)
    again = [
        seen(
            replace(
                one, created_at=STORM + timedelta(minutes=9 * n), text=f"and it is worse {n}" * 3
            )
        )
        for n, one in enumerate(early)
    ]
    others = [item for item in PAST if item.item_id not in {one.item_id for one in early}]
    filled(store, PAST, early, [*again, *changed(others, 60, hours=5)])
    (found,) = incidents(store)
    assert found.onset_at >= STORM
    assert 60 <= found.items <= 62
    assert (found.changed_items, found.higher_before) == (60, 60)
