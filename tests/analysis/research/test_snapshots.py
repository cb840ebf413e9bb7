"""Snapshot ids: the same rows for good, whatever is written later; never silent about a loss."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis import load_items
from analysis.research.export import read_snapshot, write_frame, write_frames
from analysis.research.frames import item_frames
from analysis.research.snapshots import Digest, SnapshotChanged, parse
from analysis.scored_items import ScoredItem
from collector.errors import ContractError
from collector.store import Store
from tests.collector.store.items import T0, item

NUMBERS = count()
MINUTE = timedelta(minutes=1)


def write(store: Store, app: str, draw: Callable[[int], int], how: str) -> None:
    """A batch of new, late, edited, moved and voted items."""
    batch = [
        item(
            f"r{draw(12)}",
            app=app,
            created_at=T0 + draw(50) * MINUTE,
            updated_at=[None, T0 + timedelta(days=draw(5))][draw(2)],
            text=[None, "", "one", "two", "three 🌊"][draw(5)],
            rating=float(1 + draw(5)),
            thumbs_up=[None, 3, 40][draw(3)],
            reply_text=[None, "thanks"][draw(2)],
            reply_at=[None, T0 + timedelta(days=draw(5))][draw(2)],
            country=[None, "us"][draw(2)],
        )
        for _ in range(1 + draw(6))
    ]
    store.items.write(batch, how="poll" if how == "poll" else "import")


def change(store: Store, app: str, draw: Callable[[int], int]) -> None:
    """One thing that happens to a store between two readings."""
    what = draw(5)
    if what <= 1:
        write(store, app, draw, ["poll", "import"][what])
    elif what == 2:
        waiting = store.scores.unscored(app)
        store.scores.write(app, f"e-{draw(9)}", [(t.text_hash, draw(9) / 9) for t in waiting])
    elif what == 3:
        store.scores.clear(app)
    else:
        seen = T0 + timedelta(days=draw(3))
        store.items.mark_gone(app, "google_play", walked_from=T0, not_seen_since=seen, at=seen)


@given(random=st.randoms(use_true_random=True))
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],  # a failing case takes long to make smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_frame_by_id_is_the_same_before_and_after_later_writes(
    any_store: Store, random: Random
) -> None:
    app = f"app-{next(NUMBERS)}"
    any_store.apps.ensure(app, app)
    draw = random.randrange

    span = {"since": T0 + 10 * MINUTE} if draw(2) else {}
    held: list[tuple[str, pd.DataFrame]] = []
    for _ in range(6):
        change(any_store, app, draw)
        taken = load_items(app, store=any_store, **span)
        by_id = load_items(app, store=any_store, snapshot=taken.attrs["snapshot"])
        pd.testing.assert_frame_equal(by_id, taken.assign(last_seen=taken["first_seen"]))
        held.append((taken.attrs["snapshot"], by_id))
    for named, before in held:
        pd.testing.assert_frame_equal(load_items(store=any_store, snapshot=named), before)


def test_items_that_moved_keep_their_place_in_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the frame is cut: an earlier time of publication came later, for the last item."""
    store.apps.ensure("tips", "Tips")
    store.items.write([item(f"r{n}", created_at=T0 + n * MINUTE) for n in range(7)], how="poll")
    before = load_items("tips", store=store)
    store.items.write([item("r6", created_at=T0 - MINUTE)], how="poll")
    assert load_items("tips", store=store)["item_id"].iloc[0] == "r6"
    for size in (1, 2, 7, 50):
        monkeypatch.setattr(
            store.as_of, "chunks", partial(type(store.as_of).chunks, store.as_of, size=size)
        )
        again = load_items(store=store, snapshot=before.attrs["snapshot"])
        assert again["item_id"].tolist() == before["item_id"].tolist()


def test_what_was_forgotten_or_purged_is_told(any_store: Store, tmp_path: Path) -> None:
    any_store.apps.ensure("tips", "Tips")
    any_store.items.write([item(f"r{n}") for n in range(4)], how="poll")
    named = load_items("tips", store=any_store).attrs["snapshot"]
    any_store.items.forget(item="r2")
    frames = item_frames("tips", store=any_store, snapshot=named)
    with pytest.raises(SnapshotChanged, match="1 of 4 rows are missing") as caught:
        write_frames(frames, ScoredItem, tmp_path / "items.csv")
    assert list(tmp_path.glob("items*")) == []
    left = load_items(store=any_store, snapshot=caught.value.remaining)
    assert left["item_id"].tolist() == ["r0", "r1", "r3"]
    later = T0 + timedelta(days=400)
    any_store.expiry.texts("tips", kind="review", seen_before=later, limit=9)
    with pytest.raises(SnapshotChanged, match="texts of 3 items") as without:
        load_items(store=any_store, snapshot=caught.value.remaining)
    assert (without.value.missing, without.value.rows) == (0, 3)


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".jsonl"])
def test_a_file_carries_its_id(store: Store, tmp_path: Path, ending: str) -> None:
    store.apps.ensure("tips", "Tips")
    store.items.write([item("r1")], how="poll")
    frame = load_items("tips", store=store)
    path = tmp_path / f"items{ending}"
    write_frame(frame, ScoredItem, path)
    assert read_snapshot(path) == frame.attrs["snapshot"]
    frames = item_frames("tips", store=store, until=T0 + MINUTE)
    write_frames(frames, ScoredItem, path, frames.snapshot)
    named = read_snapshot(path)
    assert named == frames.snapshot() != frame.attrs["snapshot"]
    assert len(load_items(store=store, snapshot=named)) == 1


def test_wrong_ids_are_refused(store: Store) -> None:
    store.apps.ensure("tips", "Tips")
    store.apps.ensure("other", "Other")
    store.items.write([item("r1")], how="poll")
    named = load_items("tips", store=store).attrs["snapshot"]
    ahead = f"tips@2999-01-01T00:00:00Z#1-{named[-16:]}"
    for wrong, said in (
        ("nonsense", "not an id"),
        ("", "give an id"),
        (named.replace("tips@", "none@"), "no app"),
        (ahead, "not reached"),
    ):
        with pytest.raises(ContractError, match=said):
            load_items(store=store, snapshot=wrong)
    with pytest.raises(ContractError, match="another app"):
        load_items("other", store=store, snapshot=named)
    with pytest.raises(ContractError, match="span"):
        load_items(store=store, snapshot=named, since=T0)
    with pytest.raises(SnapshotChanged, match="no row is missing"):
        load_items(store=store, snapshot=named[:-1] + ("1" if named[-1] == "0" else "0"))


def test_an_id_reads_back_as_it_was(store: Store) -> None:
    store.items.write([item("r1")], how="poll")
    store.apps.ensure("tips", "Tips")
    store.apps.ensure("empty", "Empty")
    since = datetime(2020, 1, 1, tzinfo=UTC)
    named = load_items(store=store, since=since).attrs["snapshot"]
    assert " ".join(map(str, parse(named))) == named
    assert [one.app for one in parse(named)] == ["empty", "tips"]
    assert len(load_items(store=store, snapshot=named)) == 1


def test_the_digest_tells_rows_apart_but_not_parts(store: Store) -> None:
    store.apps.ensure("tips", "Tips")
    store.items.write([item("a", title="x", text=None), item("b", title="", text="xy")], how="poll")
    frame = load_items("tips", store=store)

    def digest(*frames: pd.DataFrame) -> str:
        made = Digest()
        for part in frames:
            made.add(part)
        return made.hex()

    assert digest(frame) == digest(frame.iloc[:1], frame.iloc[1:])
    assert digest(frame) != digest(frame.iloc[::-1])
    assert digest(frame) != digest(frame.assign(title=["", "x"]))
    assert digest(frame) != digest(frame.assign(title=[None, "x"]))
