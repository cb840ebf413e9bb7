"""Quality of the sentiment engines on the shared data: areas, calibration, posts."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import pearsonr
from sklearn.metrics import roc_auc_score

from analysis.records import ScoredItem
from analysis.sentiment import choose_engine as auto
from analysis.sentiment import languages, vader
from analysis.sentiment.models_over_time import train_at
from analysis.sentiment.run import score_new
from analysis.sentiment.star_model import StarModel
from collector.records import Item
from collector.store import Store

Floats = NDArray[np.float64]
MIN_TESTED = 300
MIN_CLASS = 5
BINS = 10
UNTIMED = "steam-labelled-reviewbombs"  # sampled inside the events: no earlier half
HUMAN_SETS = ("tweets", "amazon", "movie", "nyt")
END = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tested:
    """One app (lang "") or one language of an app. Missing scores count as 0, as a guess would."""

    app: str
    lang: str
    learned_from: int
    tested: int
    unseen: int
    missing: float
    vader: float
    auto: float
    vader_unseen: float
    auto_unseen: float
    deployed: float


def load_reviews(data: Path) -> pd.DataFrame:
    """All timed reviews with text: app, at, rating, text, lang, source; in order of time.

    The app that is in two files is one app here, so no pool for it holds its own reviews.
    """
    parts = []
    for path in sorted((data / "reviews").glob("*.parquet")):
        if path.stem == UNTIMED:
            continue
        frame = pd.read_parquet(path)
        blank = frame["text"].fillna("").str.strip() == ""
        frame["text"] = frame["text"].mask(blank, frame["title"])
        frame = frame.rename(columns={"app_id": "app", "created_at": "at"})
        parts.append(frame[["app", "at", "rating", "text", "lang", "source"]])
    reviews = pd.concat(parts).dropna(subset=["text"]).sort_values("at", kind="stable")
    return reviews.reset_index(drop=True)


def fill(store: Store, reviews: pd.DataFrame) -> None:
    """Puts the reviews into the store."""
    for app, group in reviews.groupby("app"):
        store.apps.ensure(str(app))
        store.items.write([_item(str(app), row) for row in group.itertuples()], how="import")


def _item(app: str, row: object) -> Item:
    at = row.at.to_pydatetime()  # type: ignore[attr-defined]
    empty = dict.fromkeys(
        ("updated_at", "author_key", "title", "version", "country", "thumbs_up", "reply_text")
    )
    more = dict.fromkeys(("reply_at", "url", "removed_at"))
    times = dict.fromkeys(("created_at", "arrived_at", "first_seen", "last_seen"), at)
    lang = row.lang if isinstance(row.lang, str) else None  # type: ignore[attr-defined]
    return Item(
        app=app,
        source=row.source,  # type: ignore[attr-defined]
        item_id=str(row.Index),  # type: ignore[attr-defined]
        kind="review",
        rating=row.rating,  # type: ignore[attr-defined]
        text=row.text,  # type: ignore[attr-defined]
        lang=lang,
        **times,
        **empty,
        **more,
    )


def judge_apps(store: Store, reviews: pd.DataFrame, *, deployed: bool) -> list[pd.DataFrame]:
    """For each app with 300 clear ratings in its later half: those, scored by each engine.

    Columns: app, lang, rating, text, vader, auto, unseen, deployed (NaN unless asked for). The
    model learned from the earlier half, and from what other apps had published by then.
    """
    found = []
    for app, group in reviews.groupby("app", sort=True):
        cut = group["at"].iloc[len(group) // 2]
        later = group[group["at"] >= cut]
        if _is_clear(later["rating"]).sum() < MIN_TESTED:
            continue
        model = train_at(store, str(app), cut.to_pydatetime())
        scored = _scored(later, model)
        scored["learned_from"] = model.own_items if model else 0
        scored["unseen"] = ~scored["text"].isin(set(group.loc[group["at"] < cut, "text"]))
        scored["deployed"] = _deployed(store, str(app), scored) if deployed else np.nan
        found.append(scored)
    return found


def areas(scored: pd.DataFrame) -> Iterator[Tested]:
    """The app as a whole, then each of its languages with 300 clear ratings."""
    clear = scored[_is_clear(scored["rating"])]
    yield _tested(clear, "")
    for lang, part in clear.groupby("lang"):
        classes = (part["rating"] >= 4).value_counts()
        if len(part) >= MIN_TESTED and len(classes) == 2 and classes.min() >= MIN_CLASS:
            yield _tested(part, str(lang))


def reliability(scored: list[pd.DataFrame], column: str = "auto") -> list[dict[str, float]]:
    """Expected against given stars, by tenth of the star models' scores, each app alike."""
    every = pd.concat([part.assign(weight=1 / len(part)) for part in scored])
    every = every[every["engine"].str.startswith("stars") & every[column].notna()]
    expected = every[column] * 2 + 3
    bins = np.minimum(((expected - 1) / 4 * BINS).astype(int), BINS - 1).to_numpy()
    rows = []
    for number, part in every.groupby(bins):
        rows.append(
            {
                "from": 1 + 4 * number / BINS,
                "to": 1 + 4 * (number + 1) / BINS,
                "expected": float(np.average(part[column] * 2 + 3, weights=part["weight"])),
                "given": float(np.average(part["rating"], weights=part["weight"])),
                "items": len(part),
            }
        )
    return rows


def judge_posts(data: Path, store: Store) -> list[dict[str, object]]:
    """Correlation with people's means on VADER's four sets, and whether VADER is reproduced.

    The star model learned from every rated review of the store; it never saw these sets.
    """
    model = train_at(store, "", END)
    rows: list[dict[str, object]] = []
    for name in HUMAN_SETS:
        frame = pd.read_parquet(data / "sentiment" / f"vader_{name}.parquet")
        texts = frame["text"].tolist()
        alone = vader.compounds(texts)
        n = len(texts)
        blended = auto.score(texts, ["en"] * n, model, posts=[True] * n).values
        rows.append(
            {
                "set": name,
                "texts": n,
                "identical": bool((alone == frame["vader_compound_332"].to_numpy()).all()),
                "vader": float(pearsonr(alone, frame["mean"])[0]),
                "auto": float(pearsonr(blended, frame["mean"])[0]),
            }
        )
    return rows


def _is_clear(rating: "pd.Series[float]") -> "pd.Series[bool]":
    return (rating <= 2) | (rating >= 4)


def _scored(later: pd.DataFrame, model: StarModel | None) -> pd.DataFrame:
    texts = later["text"].tolist()
    declared = [lang if isinstance(lang, str) else None for lang in later["lang"]]
    codes = languages.resolve(texts, declared, model.usual if model else None)
    scores = auto.score(texts, codes, model)
    return later.assign(
        lang=codes, vader=vader.compounds(texts), auto=scores.values, engine=scores.engines
    )


def _deployed(store: Store, app: str, scored: pd.DataFrame) -> Floats:
    """The scores that `score_new` gives, with a model for each moment."""
    score_new(store, app, now=END)
    frame = store.items.frame(app, record=ScoredItem).set_index("item_id")["sentiment"]
    return frame.reindex(scored.index.astype(str)).to_numpy(dtype=np.float64, na_value=np.nan)


def _tested(clear: pd.DataFrame, lang: str) -> Tested:
    unseen = clear[clear["unseen"]]
    return Tested(
        app=str(clear["app"].iloc[0]),
        lang=lang,
        learned_from=int(clear["learned_from"].iloc[0]),
        tested=len(clear),
        unseen=len(unseen),
        missing=float(clear["auto"].isna().mean()),
        vader=_area(clear, "vader"),
        auto=_area(clear, "auto"),
        vader_unseen=_area(unseen, "vader"),
        auto_unseen=_area(unseen, "auto"),
        deployed=_area(clear, "deployed") if clear["deployed"].notna().any() else float("nan"),
    )


def _area(clear: pd.DataFrame, column: str) -> float:
    high = clear["rating"] >= 4
    if high.nunique() < 2:
        return float("nan")
    return float(roc_auc_score(high, clear[column].fillna(0.0)))


def as_rows(tested: list[Tested]) -> list[dict[str, object]]:
    """For the JSON."""
    return [asdict(one) for one in tested]
