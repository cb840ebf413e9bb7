"""How well texts are read: by app, language and length of history, no prior having seen the app.

Apps are left out in groups: a prior that is tested on an app has seen neither it nor the others of
its group. A missing score counts as 0 in areas and as wrong in shares.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import pearsonr
from sklearn.metrics import roc_auc_score

from analysis.sentiment import app_model, languages, prior, reader
from analysis.sentiment.app_model import AppModel
from analysis.sentiment.models_over_time import next_size
from analysis.sentiment.prior import Prior
from benchmarks.sentiment import corpus, train
from benchmarks.sentiment.rivals import rivals
from tests.analysis.sentiment.short_texts import short_texts

Floats = NDArray[np.float64]
HISTORIES = (0, 10, 50, 100, 200, 500, 5_000)
GROUPS = 5
NEXT = 500  # reviews after the history, on which it is tested
COMPARED = (0, 50, 500)  # histories at which the rivals, which learn nothing, are read, too
MOST_READ = 5_600  # of an app
LANGUAGE_READ = 800  # of an app, for the table by language
MIN_CLEAR, MIN_CLASS = 200, 15
POSTS = {"us-airlines-2015": "airlines", "sanders-2011": "four companies"}


@dataclass(frozen=True)
class Held:
    """An app with a prior that has not seen it. reviews: its first ones, in order of time."""

    app: str
    reviews: pd.DataFrame
    shipped: Prior

    def texts(self, since: int = 0, until: int | None = None) -> tuple[list[str], list[str | None]]:
        """Some of its texts with their stated languages."""
        part = self.reviews.iloc[since:until]
        stated = [languages.primary(x) if isinstance(x, str) else None for x in part["lang"]]
        return part["text"].tolist(), stated


def held_out(data: Path, most: int) -> tuple[list[Held], Prior]:
    """Each app of some size with its prior; and a prior without the judged sentences.

    most: apps at most, large and small ones; five or more are left out together.
    """
    found = corpus.examples(data)
    langs = [lang if isinstance(lang, str) else None for lang in found["lang"]]
    whole = train.design(found["text"].tolist(), langs)
    target, weight = (found[n].to_numpy(dtype=np.float32) for n in ("target", "weight"))
    names = found["app"].astype(str).to_numpy()
    reviews = corpus.reviews(data).sort_values("at", kind="stable")
    apps = tested(reviews, most)
    groups = min(GROUPS, max(len(apps) // 5, 1))
    held = []
    for group in range(groups):
        mine = apps[group::groups]
        made = train.fit(whole, target, np.where(np.isin(names, mine), 0, weight))
        held += [Held(a, reviews[reviews["app"] == a].head(MOST_READ), made) for a in mine]
    spoken = np.char.startswith(names.astype(np.str_), "sentences ")
    return held, train.fit(whole, target, np.where(spoken, 0, weight))


def tested(reviews: pd.DataFrame, most: int) -> list[str]:
    """At most so many apps in order of size, large and small ones alike."""
    sizes = reviews["app"].value_counts()
    ordered = sorted(sizes.index, key=lambda app: (-int(sizes[app]), app))
    enough = [app for app in ordered if sizes[app] >= MIN_CLEAR * 1.5]
    return enough[:: -(-len(enough) // most)]


def steps(held: Held) -> Iterator[tuple[int, AppModel | None]]:
    """(reviews that taught, model) as the product would have it: at 0, 25, 50, 100 and so on."""
    yield 0, None
    model, count = app_model.nothing_learned(held.app), 0
    while (size := next_size(count)) <= len(held.reviews):
        texts, stated = held.texts(count, size)
        found = reader.read(texts, stated, model, shipped=held.shipped)
        stars = held.reviews["stars"].iloc[count:size].to_numpy()
        model = model.learned(found.cues, found.prior, found.scores, stars)
        model, count = app_model.rounded(replace(model, items=size)), size
        yield size, model


def by_history(held: Held) -> Iterator[dict[str, object]]:
    """Areas on the next reviews after each length of history."""
    made = list(steps(held))
    for history in HISTORIES:
        model = [model for size, model in made if size <= history][-1]
        texts, stated = held.texts(history, history + NEXT)
        stars = held.reviews["stars"].iloc[history : history + NEXT].to_numpy()
        if not _enough(stars):
            continue
        scores = reader.score(texts, stated, model, shipped=held.shipped)
        yield {
            "app": held.app,
            "history": history,
            "tested": len(texts),
            "auto": area(scores, stars),
            "missing": float(np.isnan(scores).mean()),
            "low_above_zero": float((scores[stars <= 2] > 0).mean()),
            **(_rivals(texts, stars) if history in COMPARED else {}),
        }


def _rivals(texts: list[str], stars: Floats) -> dict[str, float]:
    return {name: area(read(texts), stars) for name, read in rivals().items()}


def _enough(stars: Floats) -> bool:
    low, high = int((stars <= 2).sum()), int((stars >= 4).sum())
    return low + high >= MIN_CLEAR and min(low, high) >= MIN_CLASS


def area(scores: Floats, stars: Floats) -> float:
    """Area under the curve, at most 2 against at least 4 stars; missing counts as 0."""
    clear = (stars <= 2) | (stars >= 4)
    return float(roc_auc_score(stars[clear] >= 4, np.nan_to_num(scores[clear])))


def by_language(held: Sequence[Held]) -> list[dict[str, object]]:
    """Areas on all apps' reviews by language, prior alone: what texts show, else what is stated."""
    parts = []
    for one in held:
        texts, stated = one.texts(0, LANGUAGE_READ)
        shown = [languages.identify(text) for text in texts]
        codes = [f.code if f.certain else said for f, said in zip(shown, stated, strict=True)]
        scores = reader.score(texts, stated, shipped=one.shipped)
        frame = {"lang": codes, "score": scores, "stars": one.reviews["stars"].head(LANGUAGE_READ)}
        parts.append(pd.DataFrame(frame).assign(text=texts))
    rows = []
    for lang, part in pd.concat(parts).groupby("lang"):
        stars = part["stars"].to_numpy()
        if _enough(stars):
            texts = part["text"].tolist()
            row = _rivals(texts, stars)
            auto = area(part["score"].to_numpy(), stars)
            rows.append({"language": lang, "tested": len(part), "auto": auto, **row})
    return rows


def against_people(held: Sequence[Held], data: Path) -> list[dict[str, object]]:
    """Signs of reviews that people read blind to the stars: right, missing, wrong."""
    read = corpus.readings(data)
    parts = []
    for one in held:
        found = one.reviews.reset_index(drop=True).reset_index(names="place")
        found = found.merge(read, on=["file", "row"])
        if found.empty:
            continue
        made = list(steps(one))
        for row in found.itertuples():
            known = [model for size, model in made if size <= row.place][-1]
            said = [languages.primary(row.lang) if isinstance(row.lang, str) else None]
            parts.append(
                {
                    "lang": row.read_lang,
                    "sign": row.sentiment,
                    "stars": np.sign(row.stars - 3),
                    "prior": reader.score([row.text], said, shipped=one.shipped)[0],
                    "auto": reader.score([row.text], said, known, shipped=one.shipped)[0],
                    **{name: rival([row.text])[0] for name, rival in rivals().items()},
                }
            )
    every = pd.DataFrame(parts)
    clear = every[every["sign"] != 0]
    names = ["stars", "auto", "prior", *rivals()]
    rows = [_signs("all", name, clear) for name in names]
    for lang, part in clear.groupby("lang"):
        if len(part) >= 20:
            rows.append(_signs(str(lang), "auto", part))
    return rows


def _signs(lang: str, name: str, part: pd.DataFrame) -> dict[str, object]:
    missing = part[name].isna() | (part[name] == 0)
    right = np.sign(part[name]) == part["sign"]
    return {
        "language": lang,
        "read by": name,
        "texts": len(part),
        "right": float(right.mean()),
        "missing": float(missing.mean()),
        "wrong": float((~right & ~missing).mean()),
        "blame read as praise": float((part[name] > 0)[part["sign"] < 0].mean()),
    }


def posts(data: Path) -> list[dict[str, object]]:
    """Posts that people labelled; nothing was learned from them."""
    rows = []
    for file, name in POSTS.items():
        frame = pd.read_parquet(data / "social" / "streams" / f"{file}.parquet")
        frame = frame[frame["label"].isin(["negative", "positive"])]
        texts, good = frame["text"].tolist(), (frame["label"] == "positive").to_numpy()
        readers = {"auto": lambda t: reader.score(t, ["en"] * len(t)), **rivals()}
        for engine, read in readers.items():
            scores = np.nan_to_num(read(texts))
            signs = np.sign(scores) == np.where(good, 1, -1)
            row = {"set": name, "read by": engine, "posts": len(texts)}
            rows.append(row | {"area": float(roc_auc_score(good, scores)), "right": signs.mean()})
    return rows


def sentences(data: Path, shipped: Prior) -> list[dict[str, object]]:
    """Correlation with people's means, by a prior that learned from none of the four sets."""
    rows = []
    for name in corpus.SENTENCES:
        frame = pd.read_parquet(data / "sentiment" / f"vader_{name}.parquet")
        texts = frame["text"].tolist()
        row: dict[str, object] = {"set": name, "texts": len(texts)}
        row["auto"] = _correlation(reader.score(texts, ["en"] * len(texts), shipped=shipped), frame)
        row["shipped"] = _correlation(reader.score(texts, ["en"] * len(texts)), frame)
        for engine, read in rivals().items():
            row[engine] = _correlation(read(texts), frame)
        rows.append(row)
    return rows


def _correlation(scores: Floats, frame: pd.DataFrame) -> float:
    return float(pearsonr(np.nan_to_num(scores), frame["mean"])[0])


def short() -> list[dict[str, object]]:
    """The written list of short texts, by language, with the shipped prior alone."""
    listed = short_texts()
    scores = reader.score([text.text for text in listed], [None] * len(listed))
    frame = pd.DataFrame({"language": [t.language for t in listed], "score": scores})
    frame["sign"] = [text.sign for text in listed]
    rows = [_signs("all", "score", frame)]
    rows += [_signs(str(lang), "score", part) for lang, part in frame.groupby("language")]
    return [{k: v for k, v in row.items() if k != "read by"} for row in rows]


def turned(held: Sequence[Held]) -> list[dict[str, object]]:
    """How many of the short texts that the prior reads right an app's own history turns wrong."""
    listed = short_texts()
    texts, signs = [t.text for t in listed], np.array([t.sign for t in listed])
    none: list[str | None] = [None] * len(texts)
    rows = []
    for one in held:
        right = np.sign(reader.score(texts, none, shipped=one.shipped)) == signs
        for size, model in steps(one):
            if size in (50, 200, 800) or size > 3_000:
                after = np.sign(reader.score(texts, none, model, shipped=one.shipped)) == signs
                share = float((right & ~after).sum() / right.sum())
                rows.append({"app": one.app, "history": size, "turned wrong": share})
    return sorted(rows, key=lambda row: -row["turned wrong"])


def shipped_size() -> int:
    """Bytes of the shipped prior."""
    return prior.FILE.stat().st_size
