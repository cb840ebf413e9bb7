"""Every distinct text once, with what was known before it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.scored_items import ScoredItem
from analysis.sentiment import reader, run
from analysis.sentiment.app_model import AppModel
from analysis.sentiment.models_over_time import MAX_AGE, ModelsOfApp, engine_name, next_size
from analysis.sentiment.run import explain, score_new
from collector.store import Store, open_store
from collector.times import EPOCH
from tests.analysis.sentiment.corpus import NOW, START, item, items

DAY = timedelta(days=1)
ALONE = engine_name("town", None)


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
    assert (counts.texts, counts.missing, counts.engines) == (1, 0, {ALONE: 1})
    assert seen == [(1, 1)]
    [(value, engine)] = set(scores(store).values())
    assert (value > 0.3, engine) == (True, ALONE)
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
    assert counts.missing == 0
    assert counts.engines[ALONE] == 25  # read by the shipped prior: the app has taught nothing yet
    until = dict(store.models.names())
    frame = store.items.frame("town", record=ScoredItem)
    read = frame[frame["sentiment_engine"] != ALONE]
    assert len(set(read["sentiment_engine"])) == 11  # 25, 50, 75, 100, 125, 156 ... 472 rated texts
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


def test_the_first_text_of_a_store_is_read(store: Store) -> None:
    said = [("great app", 5.0), ("does not open", 1.0), ("bagus", 5.0), ("sehr langsam", 1.0)]
    written = [item("town", n, text, stars, START) for n, (text, stars) in enumerate(said)]
    store.items.write(written, how="import")
    assert score_new(store, "town", now=NOW).missing == 0
    signs = [value > 0 for value, _ in scores(store).values()]
    assert signs == [True, False, True, False]


def test_title_and_text_are_read_together(store: Store) -> None:
    store.items.write(
        [
            item("town", 1, "I use it on the bus", 5.0, START, title="Great app"),
            item("town", 2, "I use it at home", 1.0, START, title="Terrible"),
        ],
        how="import",
    )
    score_new(store, "town", now=NOW)
    found = scores(store)
    assert found["1"][0] > 0.2 > -0.2 > found["2"][0]


def test_a_text_has_the_title_of_the_first_who_said_it(store: Store) -> None:
    first = item("town", 1, "I use it on the bus", 1.0, START, title="Terrible")
    later = item("town", 2, "I use it on the bus", 5.0, START + DAY, title="A great app")
    store.items.write([later, first], how="import")
    [row] = store.scores.unscored("town")
    assert row.text == "Terrible\nI use it on the bus"


def test_scores_of_another_version_are_made_again_once(store: Store) -> None:
    store.items.write(list(items("town", "fr", 3)), how="import")
    [first, *rest] = [row.text_hash for row in store.scores.unscored("town")]
    store.scores.write("town", "vader-3.3.2", [(first, 0.1)])
    store.scores.write("town", "none", [(other, None) for other in rest])
    assert score_new(store, "town", now=NOW).texts == 3
    assert {engine for _, engine in scores(store).values()} == {ALONE}
    assert score_new(store, "town", now=NOW).texts == 0


def test_a_score_stays_whose_text_is_no_longer_kept(store: Store) -> None:
    store.items.write([item("town", 1, "good app", 5.0, START)], how="import")
    [row] = store.scores.unscored("town")
    store.scores.write("town", "vader-3.3.2", [(row.text_hash, 0.4404)])
    store.expiry.texts("town", kind="review", seen_before=NOW, limit=10)
    assert score_new(store, "town", now=NOW).texts == 0
    assert list(scores(store).values()) == [(0.4404, "vader-3.3.2")]


def test_reviews_imported_late_are_learned_too(store: Store) -> None:
    history = list(items("town", "fr", 130))
    store.items.write(history[60:], how="import")
    score_new(store, "town", now=history[-1].created_at)
    store.items.write(history[:60], how="import")
    last = ModelsOfApp(store, "town", now=NOW)
    model = last.at(last.cut_for(NOW))
    assert model is not None
    assert model.items == 130


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
    assert [next_size(n) for n in (0, 24, 25, 400, 1200)] == [25, 25, 50, 500, 1500]
    store.items.write(list(items("town", "fr", 40)), how="import")
    models = ModelsOfApp(store, "town", now=NOW)
    assert models.cut_for(START) == EPOCH
    last = START + timedelta(hours=6 * 24)
    assert models.cut_for(last) == EPOCH
    first = models.cut_for(last + timedelta(hours=1))
    assert first == last + timedelta(microseconds=1)
    assert models.cut_for(first + MAX_AGE) == first + MAX_AGE


def test_the_words_of_a_score_are_explained(store: Store) -> None:
    store.items.write(list(items("town", "fr", 230)), how="import")
    score_new(store, "town", now=NOW)
    engine = scores(store)["220"][1]
    words = dict(explain("la page du permis parfait mais lente", engine=engine, store=store))
    assert words["parfait"] > 0 > words["lente"]
    assert dict(explain("a good app", engine="vader-3.3.2")) == {"good": 1.9}
    assert explain("rien", engine="none") == []
    assert explain("rien", engine=engine_name("town", NOW), store=store) == []


def test_stored_models_are_arrays_without_text(store: Store) -> None:
    store.items.write(list(items("town", "fr", 110)), how="import")
    score_new(store, "town", now=NOW)
    named = store.models.names()
    assert all(name.startswith(f"{reader.version()}/town/") for name, _ in named)
    blobs = [store.models.load(name) or b"" for name, _ in named]
    assert [AppModel.from_bytes(blob).items for blob in blobs] == [25, 50, 75, 100]
    assert not any(b"parfait" in blob for blob in blobs)


def test_vader_can_be_chosen_and_gives_its_published_scores(store: Store) -> None:
    """The very numbers of the library, named as its own; and the other way round again."""
    texts = [text for text in SAID if text]
    written = [item("town", n, text, 3.0, START + n * DAY) for n, text in enumerate(texts)]
    store.items.write(written, how="import")
    score_new(store, "town", now=NOW)
    by_auto = scores(store)
    counts = score_new(store, "town", now=NOW, engine="vader")
    assert counts.engines == {"vader-3.3.2": len(texts)}
    published = SentimentIntensityAnalyzer()
    found = scores(store)
    assert {found[str(n)][1] for n in range(len(texts))} == {"vader-3.3.2"}
    assert [found[str(n)][0] for n in range(len(texts))] == [
        published.polarity_scores(text)["compound"] for text in texts
    ]
    assert explain(texts[0], engine="vader-3.3.2", store=store)
    assert score_new(store, "town", now=NOW, engine="vader").texts == 0
    score_new(store, "town", now=NOW)
    assert scores(store) == by_auto


SAID = (
    "VADER is smart, handsome, and funny!",
    "The app was useless :( and NOT good at all!!!",
    "It isn't a horrible app, but it could be kind of better",
    "Sentiment is missing here",
    "Make sure you :) or :D today! \U0001f600",
    "No funciona nada",
)
