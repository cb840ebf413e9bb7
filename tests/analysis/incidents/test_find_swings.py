"""Going on from a checkpoint ends in what a rebuild gives, in any order of arrival."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from analysis.run import analyze
from collector.records import Item
from collector.settings.config import Settings
from collector.store import Store, open_store
from tests.collector.store.items import item
from tests.examples import examples

START = datetime(2024, 1, 1, tzinfo=UTC)
SETTINGS = Settings()


def history(seed: int) -> list[Item]:
    """Half a year of a quiet app on two stores with two floods."""
    rng = np.random.default_rng(seed)
    days = [rng.uniform(0, 180, 250), 90 + rng.uniform(0, 1, 60), 150 + rng.exponential(2, 80)]
    times = np.concatenate(days)
    stars = np.concatenate([rng.integers(1, 6, 250), np.full(140, 1)])
    return [
        item(
            f"r{n}",
            created_at=START + timedelta(days=float(day)),
            rating=float(star),
            text=f"words {n % 40}",
            source="google_play" if n % 3 else "app_store",
        )
        for n, (day, star) in enumerate(zip(times, stars, strict=True))
    ]


def conclusions(store: Store) -> tuple[object, object]:
    documents = store.incidents.documents()
    for document in documents:
        document.pop("evidence")
    alarms = [a for a in store.incidents.alarms() if a["kind"] != "reclassified"]
    return documents, alarms


@settings(
    max_examples=examples(3, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 50),
    late=st.lists(st.integers(0, 389), max_size=12, unique=True),
    cuts=st.lists(st.integers(5, 185), min_size=1, max_size=6),
    edited=st.integers(0, 389),
)
def test_piece_by_piece_is_all_at_once(
    seed: int, late: list[int], cuts: list[int], edited: int, secret: bytes
) -> None:
    items = history(seed)
    edit = item(
        items[edited].item_id,
        created_at=items[edited].created_at,
        source=items[edited].source,
        rating=6.0 - (items[edited].rating or 3.0),
        text="edited",
    )
    end = START + timedelta(days=190)
    with (
        open_store("sqlite://", secret=secret) as pieces,
        open_store("sqlite://", secret=secret) as whole,
    ):
        for store in (pieces, whole):
            store.apps.ensure("tips")
        done = START
        for cut in sorted(cuts):
            moment = START + timedelta(days=cut)
            pieces.items.write(
                [i for n, i in enumerate(items) if done <= i.created_at < moment and n not in late],
                how="poll",
            )
            analyze(SETTINGS, pieces, moment)
            done = moment
        rest = [i for n, i in enumerate(items) if i.created_at >= done or n in late]
        pieces.items.write(rest, how="poll")
        pieces.items.write([edit], how="poll")
        analyze(SETTINGS, pieces, end)
        whole.items.write(items, how="poll")
        whole.items.write([edit], how="poll")
        analyze(SETTINGS, whole, end)
        assert conclusions(pieces) == conclusions(whole)


class Died(BaseException):
    """Stands for a process that ends in the middle of a statement."""


@contextmanager
def dying(store: Store, after: int) -> Iterator[None]:
    """Ends the work with the store when so many statements have been run."""
    left = after

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Died

    event.listen(store.database.engine, "before_cursor_execute", count)
    try:
        yield
    except Died:
        return
    finally:
        event.remove(store.database.engine, "before_cursor_execute", count)


@settings(
    max_examples=examples(3, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    seed=st.integers(0, 50),
    late=st.lists(st.integers(0, 389), max_size=12, unique=True),
    runs=st.lists(st.tuples(st.integers(5, 185), st.integers(0, 120)), min_size=1, max_size=4),
)
def test_wherever_it_dies_the_next_run_ends_in_what_a_rebuild_gives(
    seed: int, late: list[int], runs: list[tuple[int, int]], secret: bytes
) -> None:
    """runs: (day of the analysis, statements until the process dies)."""
    items = history(seed)
    end = START + timedelta(days=190)
    with TemporaryDirectory() as folder, open_store("sqlite://", secret=secret) as whole:
        url = str(Path(folder) / "s.db")
        done = START
        for day, statements in sorted(runs):
            moment = START + timedelta(days=day)
            fresh = [
                i for n, i in enumerate(items) if done <= i.created_at < moment and n not in late
            ]
            with open_store(url, secret=secret) as store:
                store.apps.ensure("tips")
                store.items.write(fresh, how="poll")
                with dying(store, statements):
                    analyze(SETTINGS, store, moment)
            done = moment
        whole.apps.ensure("tips")
        whole.items.write(items, how="poll")
        analyze(SETTINGS, whole, end)
        with open_store(url, secret=secret) as store:
            rest = [i for n, i in enumerate(items) if i.created_at >= done or n in late]
            store.items.write(rest, how="poll")
            analyze(SETTINGS, store, end)
            assert conclusions(store) == conclusions(whole)


def test_a_crash_between_counting_and_concluding_loses_nothing(
    tmp_path: Path, secret: bytes
) -> None:
    with open_store(str(tmp_path / "s.db"), secret=secret) as store:
        store.apps.ensure("tips")
        store.items.write(history(3), how="poll")
        store.hourly.recount("tips")  # and here the process dies
    with open_store(str(tmp_path / "s.db"), secret=secret) as store:
        analyze(SETTINGS, store, START + timedelta(days=190))
        assert len(store.incidents.documents()) >= 1
        assert len(store.hourly.dirty("tips").hours) == 0


@pytest.mark.parametrize("before", [0, 4, 5])
def test_mean_stars_before_need_five_reviews(secret: bytes, before: int) -> None:
    """A mean of three reviews says little, and in shared output tells single ones."""
    end = START + timedelta(days=180)
    calm = [
        item(f"c{n}", created_at=end - timedelta(days=10 + 9 * n), rating=4.0, text="fine")
        for n in range(before)
    ]
    # What lies further back is not the last 56 days, but keeps the app from being new.
    calm += [
        item(f"o{n}", created_at=START + timedelta(days=5 * n), rating=None, text="question")
        for n in range(20)
    ]
    flood = [
        item(f"f{n}", created_at=end + timedelta(minutes=n), rating=1.0, text="no")
        for n in range(60)
    ]
    first = item("first", created_at=START, rating=5.0, text="new")
    with open_store("sqlite://", secret=secret) as store:
        store.apps.ensure("tips")
        store.items.write([first, *calm, *flood], how="poll")
        analyze(SETTINGS, store, end + timedelta(hours=2))
        (found,) = store.incidents.documents()
        assert found["rating_during"] == 1.0
        assert found["rating_before"] == (4.0 if before == 5 else None)
