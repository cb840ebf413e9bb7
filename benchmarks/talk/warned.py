"""How often a call is out in the shared posts, most of which ask for nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.incidents.warn import asking
from analysis.talk.calls_out import calls_out
from benchmarks.talk.streams import Stream
from collector.store.reading.unrated import Unrated
from collector.times import DAY_US

NAMES = {
    "envagency-2020-21": ("Environment Agency", "EnvAgency"),
    "sicepat": ("SiCepat",),
    "tracetogether": ("TraceTogether", "Trace Together"),
    "stocknet/AAPL": ("Apple", "AAPL"),
    "stocknet/BABA": ("Alibaba", "BABA"),
    "stocknet/FB": ("Facebook", "FB"),
    "stocknet/T": ("AT&T", "$T"),
}
BOYCOTT = Path("social/boycott_posts_2012_2020.parquet")
APPS = ("TikTok", "Zomato", "Snapchat", "Hotstar", "Netflix", "Amazon", "Flipkart")


@dataclass(frozen=True, slots=True)
class Warned:
    """asks: posts that ask; calls: warnings."""

    name: str
    posts: int
    years: float
    asks: int
    calls: int


def warned(found: list[Stream], data: Path) -> Iterator[Warned]:
    """By stream, and by app over the posts that say "boycott"."""
    for stream in found:
        yield _judged(stream.name, stream.rows, NAMES[stream.name])
    frame = pd.read_parquet(data / BOYCOTT).sort_values("created_at", kind="stable")
    at = frame["created_at"].dt.as_unit("us").astype("int64").tolist()
    rows = [
        Unrated(t, "posts", who, text, None, None)
        for t, who, text in zip(at, frame["author"], frame["text"], strict=True)
    ]
    for name in APPS:
        yield _judged(f"boycott posts that name {name}", rows, (name,))


def _judged(name: str, rows: list[Unrated], names: tuple[str, ...]) -> Warned:
    posts = [
        row for row in rows if row.text and any(n.casefold() in row.text.casefold() for n in names)
    ]
    asks = list(asking(posts, names))
    years = (rows[-1].at - rows[0].at) / DAY_US / 365.25
    return Warned(name, len(posts), years, len(asks), len(calls_out(asks)))
