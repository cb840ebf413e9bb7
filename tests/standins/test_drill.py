"""The demo's store against the simulated world: what was visible is there once, as it was."""

from datetime import timedelta

import pandas as pd
import pytest

from analysis import series
from analysis.simulate.collecting import WorldClock
from analysis.simulate.standins.network import network_of
from analysis.simulate.standins.shop import Shop
from analysis.swings import detect
from collector.privacy.protect import mask
from collector.settings.config import Retention
from collector.times import to_us
from tests.standins.conftest import Drill

RUN = timedelta(minutes=1)
"""No run of the drill lasts longer, by the world's clock."""
X_REACH = timedelta(days=7)
KEPT = timedelta(days=Retention().social_text_days)
Seen = list[tuple[float | None, str | None]]


def items(drill: Drill, source: str) -> pd.DataFrame:
    frame = drill.store.items.versions(drill.world.app)
    frame = frame[frame["source"] == source].drop_duplicates("item_id", keep="last")
    return frame.set_index("item_id")


def visible(drill: Drill, source: str) -> tuple[dict[str, Seen], set[str]]:
    """The versions (stars, text) of each review that some run could not miss, oldest first; and
    the reviews that appeared while a run was going on."""
    clock = WorldClock(drill.world.start)
    shop = Shop(drill.world, source, clock)
    sure: dict[str, Seen] = {}
    maybe: set[str] = set()
    for moment in drill.moments:
        clock.now = moment
        before = {row.item_id or "": row for row in shop.listed()}
        clock.now = moment + RUN
        after = {row.item_id or "": row for row in shop.listed()}
        maybe |= after.keys() - before.keys()
        for key, row in before.items():
            if after.get(key) == row:
                seen = sure.setdefault(key, [])
                version = (row.rating, mask(row.text) if row.text else row.text)
                if version not in seen[-1:]:
                    seen.append(version)
    return sure, maybe - sure.keys()


@pytest.mark.parametrize("source", ["app_store", "google_play"])
def test_every_review_that_was_visible_is_there_once_with_its_edits(
    drill: Drill, source: str
) -> None:
    sure, maybe = visible(drill, source)
    stored = items(drill, source)
    assert stored.index.is_unique
    assert len(sure) > 300
    assert sure.keys() <= set(stored.index) <= sure.keys() | maybe
    revisions = drill.store.revisions.frame(drill.world.app)
    mine = revisions[revisions["source"] == source].sort_values("replaced_at", kind="stable")
    kept: dict[str, Seen] = {}
    for key, stars, text in [
        *mine[["item_id", "rating", "text"]].itertuples(index=False),
        *stored[["rating", "text"]].itertuples(),
    ]:
        versions = kept.setdefault(key, [])
        if (stars, text) not in versions[-1:]:  # a revision may be of a reply or of votes
            versions.append((stars, text))
    assert {key: kept[key] for key in sure} == sure


@pytest.mark.parametrize("source", ["app_store", "google_play"])
def test_only_what_vanished_counts_as_gone(drill: Drill, source: str) -> None:
    gone = items(drill, source)["removed_at"].dropna()
    truly = {r.item_id: r.at for r in drill.world.removals}
    assert len(gone) > 5
    assert all(at >= truly[str(key)] for key, at in gone.items())


@pytest.mark.parametrize("source", ["x", "bluesky", "mastodon"])
def test_every_post_is_there_once_from_its_own_network(drill: Drill, source: str) -> None:
    clock = WorldClock(drill.world.end)
    tag = "iWatchDallas" if source == "mastodon" else None
    reach = drill.moments[-1] - KEPT  # older texts are purged
    if source == "x":
        reach = max(reach, drill.moments[0] - X_REACH)
    shown = network_of(drill.world, clock, source, tag).visible()
    edge = timedelta(minutes=10)
    wanted = sorted((p.created_at, mask(p.text)) for p in shown if p.created_at > reach + edge)
    stored = items(drill, source)
    times = [at.to_pydatetime() for at in stored["created_at"]]
    found = sorted(
        (at, t) for at, t in zip(times, stored["text"], strict=True) if at > reach + edge
    )
    assert found == wanted
    authors = {p.author for p in shown if p.created_at > reach + edge}
    assert stored["author_key"].nunique() >= len(authors)


def test_totals_releases_and_headlines(drill: Drill) -> None:
    clock = WorldClock(drill.moments[-1])
    timeline, app = drill.store.timeline, drill.world.app
    snapshots = timeline.snapshots(app)
    for source in ("app_store", "google_play"):
        latest = snapshots[(snapshots["source"] == source) & (snapshots["country"] == "us")]
        totals = Shop(drill.world, source, clock).totals("us")
        assert totals is not None
        assert latest.sort_values("at").iloc[-1]["count"] == totals.count
    assert set(timeline.releases(app)["version"]) == {drill.world.releases[-1].version}
    told = timeline.context(app)
    first = drill.moments[0] - timedelta(days=2)
    wanted = {(e.title, e.kind) for e in drill.world.context if e.at > first}
    assert wanted <= set(zip(told["title"], told["kind"], strict=True))
    assert not told.duplicated(["title", "at"]).any()


def test_it_is_one_incident_with_its_truth(drill: Drill) -> None:
    (found,) = drill.store.incidents.documents(drill.world.app)
    assert (found["direction"], found["cause"], found["coordination"]) == (
        "negative",
        "external",
        "strong",
    )
    assert found["coverage"] == "complete"
    onset = pd.Timestamp(found["onset_at"])
    assert abs(onset - drill.world.truth[0].onset) < timedelta(hours=1)
    app = drill.store.apps.get(drill.world.app)
    assert app is not None
    assert app.simulated


@pytest.mark.parametrize("days", [0.1, 1, 2, 4, 7])
def test_its_first_week_cries_at_nothing(drill: Drill, days: float) -> None:
    """Of what had been collected by then, with the histories of both shops and all networks."""
    moment = drill.moments[0] + timedelta(days=days)
    seen = series.history(drill.store, drill.world.app, as_of=moment)
    assert len(seen.at) > 100
    assert set(seen.polled) == {"app_store", "google_play"}
    assert detect(seen, now=to_us(moment)) == []


def test_it_says_what_happens(drill: Drill) -> None:
    steps = [step for step in drill.told if step[0].startswith("collecting")]
    number = len(drill.moments)
    assert [done for _, done, _ in steps] == list(range(number + 1))
    assert {total for _, _, total in steps} == {number}
    text = "\n".join(drill.said)
    assert "127.0.0.1" in text
    for source in ("app_store", "bluesky", "feeds", "google_play", "mastodon", "x"):
        assert f"  {source}: " in text
    runs = drill.store.runs.frame(drill.world.app)
    assert set(runs["outcome"]) == {"ok"}
    assert f"${runs['cost_usd'].sum():.2f}" in text
