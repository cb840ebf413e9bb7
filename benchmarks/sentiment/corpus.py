"""What the shipped prior learns from: rated reviews, word lists, sentences that people judged.

Only hashes and weights leave here; no text is kept.
"""

import json
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.sentiment import lexicon, spelling
from analysis.sentiment.app_model import SAYS
from analysis.sentiment.lexicon import KINDS, Kind

Floats = NDArray[np.float64]
READ_CHARACTERS = 1_500
MOST_REPEATED = 3  # times that one text of an app counts
MOST_OF_APP = 4_000.0  # weight of an app, however many reviews it has
GAMES = 0.4  # reviews of games speak another way: what one of them weighs
ENTRY, SENTENCE = 2.0, 0.3  # what a list's entry weighs, and a judged sentence
SENTENCES = ("tweets", "amazon", "movie", "nyt")
SENTENCE_SCALE = 2.5  # of the people's means, -4 to 4


def reviews(data: Path) -> pd.DataFrame:
    """Every rated review: app, text (title and text together), stars, lang, at, file, row.

    An app that is in several files is one app.
    """
    parts = []
    for path in sorted((data / "reviews").glob("*.parquet")):
        frame = pd.read_parquet(path)
        title, text = (frame[n].fillna("").astype(str).str.strip() for n in ("title", "text"))
        both = (title + "\n" + text).where((title != "") & (text != ""), title + text)
        parts.append(
            pd.DataFrame(
                {
                    "app": frame["app_id"].map(_one_app),
                    "text": both,
                    "stars": frame["rating"],
                    "lang": frame["lang"].astype(object),
                    "at": frame["created_at"],
                    "file": path.stem,
                    "row": np.arange(len(frame)),
                }
            )
        )
    every = pd.concat(parts, ignore_index=True)
    return every[every["stars"].notna() & (every["text"] != "")].reset_index(drop=True)


def _one_app(app: object) -> str:
    """Editions of one app are one app: nothing of it may be left where it is left out."""
    name = str(app)
    for known in ("mypertamina", "mhwilds", "tiktok"):
        if known in name.lower().replace(" ", ""):
            return known
    return name.split(" | ")[0]


def examples(data: Path) -> pd.DataFrame:
    """What the prior learns from: text, target (-1 to 1), weight, app ("" for no app), lang."""
    rated = reviews(data)
    rated["text"] = [spelling.normalise(text[:READ_CHARACTERS]) for text in rated["text"]]
    same = ["app", "text", "stars"]
    counted = rated.groupby(same, sort=False, as_index=False).agg(
        times=("stars", "size"), file=("file", "first"), lang=("lang", "first")
    )
    counted["target"] = np.interp(counted["stars"], *SAYS)
    counted["weight"] = _review_weights(counted)
    parts = [
        counted[["app", "text", "target", "weight", "lang"]],
        entries(),
        negated(),
        _sentences(data),
    ]
    return pd.concat(parts, ignore_index=True)


def _review_weights(counted: pd.DataFrame) -> Floats:
    """In each app low and high stars weigh alike, and no app weighs more than MOST_OF_APP."""
    stars = counted["stars"].to_numpy()
    weights = np.minimum(counted["times"].to_numpy(), MOST_REPEATED).astype(np.float64)
    weights *= np.where(counted["file"].str.endswith("-steam"), GAMES, 1.0)
    weights *= np.where(counted["file"].str.contains("mhwilds|steam-labelled"), GAMES, 1.0)
    low, high = stars <= 2, stars >= 4
    for places in counted.groupby("app", sort=False).indices.values():
        mine = weights[places]
        of_low, of_high = mine[low[places]].sum(), mine[high[places]].sum()
        each = (of_low + of_high) / 2
        balance = np.where(high[places], _capped(each, of_high), 0.5)
        balance = np.where(low[places], _capped(each, of_low), balance)
        weights[places] = mine * balance * min(1.0, MOST_OF_APP / mine.sum())
    return weights


def _capped(wanted: float, there: float) -> float:
    return min(wanted / max(there, 1.0), 4.0)


def entries() -> pd.DataFrame:
    """The word lists' judging entries as texts."""
    rows = []
    for path in sorted(lexicon.FOLDER.glob("*.toml")):
        listed = tomllib.loads(path.read_text("utf-8"))
        code = None if listed["language"] == lexicon.EVERY else listed["language"]
        for key, kind in KINDS.items():
            good = bool(kind & (Kind.PRAISE | Kind.HIGH_STARS))
            if good or kind & (Kind.BLAME | Kind.LOW_STARS):
                rows += [(e.rstrip("*"), 1.0 if good else -1.0, code) for e in listed.get(key, [])]
    found = pd.DataFrame(rows, columns=["text", "target", "lang"])
    found["text"] = [spelling.normalise(text) for text in found["text"]]
    return found.assign(app="", weight=ENTRY)


def negated() -> pd.DataFrame:
    """Each language's commonest negation before its praise and blame: turned round."""
    rows = []
    for path in sorted(lexicon.FOLDER.glob("*.toml")):
        listed = tomllib.loads(path.read_text("utf-8"))
        for word in listed.get("negations", [])[:1]:
            between = "" if spelling.is_dense(word) else " "
            for key, target in (("praise", -1.0), ("blame", 0.7)):
                texts = [f"{word}{between}{entry.rstrip('*')}" for entry in listed.get(key, [])]
                rows += [(spelling.normalise(t), target, listed["language"]) for t in texts]
    found = pd.DataFrame(rows, columns=["text", "target", "lang"])
    return found.assign(app="", weight=ENTRY / 2)


def _sentences(data: Path) -> pd.DataFrame:
    """English sentences that about twenty people judged (MIT)."""
    parts = []
    for name in SENTENCES:
        frame = pd.read_parquet(data / "sentiment" / f"vader_{name}.parquet")
        target = np.clip(frame["mean"] / SENTENCE_SCALE, -1, 1)
        texts = [spelling.normalise(text) for text in frame["text"]]
        parts.append(pd.DataFrame({"text": texts, "target": target, "app": f"sentences {name}"}))
    return pd.concat(parts).assign(weight=SENTENCE, lang="en")


def learned_from(data: Path) -> list[dict[str, object]]:
    """What the prior learned from, file by file: apps, reviews, share of low stars."""
    rows: list[dict[str, object]] = []
    for file, part in reviews(data).groupby("file"):
        low = float((part["stars"] <= 2).mean())
        apps, count = part["app"].nunique(), len(part)
        rows.append({"file": file, "apps": apps, "texts": count, "low stars": low})
    for name, part in (("word lists", entries()), ("word lists, negated", negated())):
        low = float((part["target"] < 0).mean())
        rows.append({"file": name, "apps": 0, "texts": len(part), "low stars": low})
    judged = _sentences(data)
    low = float((judged["target"] < 0).mean())
    return [*rows, {"file": "judged sentences", "apps": 0, "texts": len(judged), "low stars": low}]


def readings(data: Path) -> pd.DataFrame:
    """Where in `reviews` those are that people read blind to the stars, and their sign."""
    path = data / "labels" / "reviews.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    read = pd.DataFrame(rows)[["file", "row", "sentiment", "lang"]]
    return read.rename(columns={"lang": "read_lang"})
