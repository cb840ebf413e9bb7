"""Every distinct text once, with a model that had seen nothing of it or later."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from analysis.records import ScoredItem
from analysis.sentiment import run
from analysis.sentiment.models_over_time import MAX_AGE, ModelsOfApp, model_name, next_size
from analysis.sentiment.run import explain, score_new
from analysis.sentiment.star_model import StarModel
from collector.store import Store, open_store
from tests.analysis.sentiment.corpus import NOW, START, item, items

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path, secret: bytes) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'scores.db'}", secret=secret) as opened:
        opened.apps.ensure("town")
        yield opened


def scores(store: Store, app: str = "town") -> dict[str, tuple[float, str]]:
    frame = store.items.frame(app, record=ScoredItem).set_index("item_id")
    pairs = zip(frame["sentiment"], frame["sentiment_engine"], strict=True)
    return dict(zip(frame.index, pairs, strict=True))


def test_each_distinct_text_is_scored_once(store: Store) -> None:
    store.items.write(
        [item("town", n, "A good app", 5.0, START + n * DAY) for n in range(5)], how="import"
    )
    seen: list[tuple[int, int]] = []
    counts = score_new(store, "town", now=NOW, progress=lambda done, of: seen.append((done, of)))
    assert (counts.texts, counts.missing, counts.engines) == (1, 0, {"vader-3.3.2": 1})
    assert seen == [(1, 1)]
    assert set(scores(store).values()) == {(0.4404, "vader-3.3.2")}
    assert score_new(store, "town", now=NOW).texts == 0


def test_the_title_is_read_where_there_is_no_text(store: Store) -> None:
    store.items.write(
        [item("town", 1, None, 1.0, START, title="Terrible app, very bad")], how="import"
    )
    score_new(store, "town", now=NOW)
    assert scores(store)["1"][0] < -0.5


def test_nothing_after_now_is_scored(store: Store) -> None:
    store.items.write(list(items("town", "fr", 40)), how="import")
    moment = START + timedelta(hours=6 * 19)
    assert score_new(store, "town", now=moment).texts == 20
    assert score_new(store, "town", now=NOW).texts == 20


def test_no_text_is_scored_by_a_model_of_later_reviews(store: Store) -> None:
    store.items.write(list(items("town", "fr", 500)), how="import")
    counts = score_new(store, "town", now=NOW)
    assert counts.missing == 100  # the first model is due at a hundred rated texts
    until = dict(store.models.names())
    frame = store.items.frame("town", record=ScoredItem)
    read = frame[frame["sentiment_engine"].str.startswith("stars")]
    assert len(read) == 400
    assert len(set(read["sentiment_engine"])) == 3  # 100, 200 and 400 rated texts
    for created_at, engine in zip(read["created_at"], read["sentiment_engine"], strict=True):
        assert until[engine] <= created_at


def test_later_reviews_do_not_change_earlier_scores(
    store: Store, tmp_path: Path, secret: bytes
) -> None:
    """At once or as they come in: the same scores by the same models."""
    history = list(items("town", "fr", 450))
    store.items.write(history, how="import")
    score_new(store, "town", now=NOW)
    with open_store(f"sqlite:///{tmp_path / 'live.db'}", secret=secret) as live:
        live.apps.ensure("town")
        for start in (0, 90, 130, 230, 399, 401):
            ends = {0: 90, 90: 130, 130: 230, 230: 399, 399: 401, 401: 450}
            part = history[start : ends[start]]
            live.items.write(part, how="poll")
            score_new(live, "town", now=part[-1].created_at)
        assert repr(scores(live)) == repr(scores(store))


def test_an_interrupted_run_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.items.write(list(items("town", "fr", 250)), how="import")
    monkeypatch.setattr(run, "BATCH", 40)
    write = store.scores.write
    calls = iter(range(100))

    def failing(app: str, engine: str, found: list[tuple[str, float | None]]) -> None:
        if next(calls) == 4:
            raise KeyboardInterrupt
        write(app, engine, found)

    with monkeypatch.context() as patch:
        patch.setattr(store.scores, "write", failing)
        with pytest.raises(KeyboardInterrupt):
            score_new(store, "town", now=NOW)
    done = 250 - store.scores.waiting("town")
    assert 0 < done < 250
    assert score_new(store, "town", now=NOW).texts == 250 - done
    assert store.scores.waiting("town") == 0


def test_other_apps_help_from_the_first_text_on(store: Store) -> None:
    store.apps.ensure("county")
    store.items.write(list(items("county", "fr", 400, hours=1)), how="import")
    later = START + timedelta(days=60)
    store.items.write([item("town", 1, "parfait, très utile", 5.0, later)], how="import")
    counts = score_new(store, "town", now=NOW)
    assert counts.engines == {model_name("town", later): 1}
    assert scores(store)["1"][0] > 0.5


def test_made_up_apps_teach_real_ones_nothing(store: Store) -> None:
    store.apps.ensure("drill", simulated=True)
    store.items.write(list(items("drill", "fr", 400, hours=1)), how="import")
    later = START + timedelta(days=60)
    store.items.write([item("town", 1, "parfait, très utile", 5.0, later)], how="import")
    assert score_new(store, "town", now=NOW).missing == 1


def test_reviews_edited_later_do_not_teach(store: Store) -> None:
    edited = item("town", 1, "génial", 5.0, START, updated_at=START + 30 * DAY)
    store.items.write([edited], how="import")
    assert store.scores.rated("town", before=START + DAY, limit=10) == []
    [rated] = store.scores.rated("town", before=START + 31 * DAY, limit=10)
    assert (rated.text, rated.rating) == ("génial", 5.0)


def test_posts_are_known_as_posts(store: Store) -> None:
    store.items.write(
        [
            item("town", 1, "they love it", None, START, kind="post"),
            item("town", 2, "it is good", 5.0, START),
        ],
        how="import",
    )
    kinds = {row.text: row.is_post for row in store.scores.unscored("town")}
    assert kinds == {"they love it": True, "it is good": False}


def test_models_fall_due_by_growth_and_age(store: Store) -> None:
    assert [next_size(n) for n in (0, 99, 100, 400, 800, 1200)] == [100, 100, 200, 800, 1200, 1800]
    store.items.write(list(items("town", "fr", 120)), how="import")
    models = ModelsOfApp(store, "town", now=NOW)
    assert models.cut_for(START) == START
    assert models.cut_for(START + DAY) == START
    hundredth = START + timedelta(hours=6 * 99)
    assert models.cut_for(hundredth) == START
    first = models.cut_for(hundredth + timedelta(hours=1))
    assert first == hundredth + timedelta(microseconds=1)
    assert models.cut_for(first + MAX_AGE) == first + MAX_AGE


def test_the_words_of_a_score_are_explained(store: Store) -> None:
    store.items.write(list(items("town", "fr", 230)), how="import")
    score_new(store, "town", now=NOW)
    engine = scores(store)["220"][1]
    words = dict(explain("la page du permis parfait mais lente", engine=engine, store=store))
    assert words["parfait"] > 0 > words["lente"]
    assert dict(explain("a good app")) == {"good": 1.9}
    assert explain("rien", engine="none") == []
    assert explain("rien", engine=model_name("town", NOW), store=store) == []


def test_stored_models_are_arrays_without_text(store: Store) -> None:
    store.items.write(list(items("town", "fr", 230)), how="import")
    score_new(store, "town", now=NOW)
    blobs = [store.models.load(name) or b"" for name, _ in store.models.names()]
    models = [StarModel.from_bytes(blob) for blob in blobs if blob]
    assert [model.own_items for model in models] == [100, 200]
    assert not any(b"parfait" in blob for blob in blobs)
