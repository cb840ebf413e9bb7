"""The drill's complaints, jokes among them, are not read as praise."""

from pathlib import Path

from analysis.scored_items import ScoredItem
from analysis.sentiment.run import score_new
from analysis.simulate import simulate
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.load import load_world
from collector.store import open_store


def test_at_most_three_in_a_hundred_low_stars_sound_like_praise(
    tmp_path: Path, secret: bytes
) -> None:
    world = simulate(iwatch_drill(), 1)
    with open_store(f"sqlite:///{tmp_path / 'drill.db'}", secret=secret) as store:
        load_world(store, world)
        score_new(store, world.app, now=world.end)
        items = store.items.frame(world.app, record=ScoredItem)
    said = items["text"].notna() | items["title"].notna()
    low = items.loc[said & (items["rating"] <= 2), "sentiment"]
    assert len(low) > 500
    assert low.notna().all()
    assert (low > 0).mean() <= 0.03
