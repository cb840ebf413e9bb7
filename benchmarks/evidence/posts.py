"""Posts to hold the coordination signals against: invented ones, and real ones that say boycott."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from pandas import DataFrame

from analysis.simulate.texts import Dice, languages, write

FILES = ("invented_posts.toml", "later_posts.toml")  # see the first lines of each
CALLS = ("calls", "up")  # categories that ask people to act on the app in the stores
BOYCOTTED = re.compile(r"#?boycott[ _]*(?:(?:of|the|all|this|these)\s+)*[#@]?\w+", re.IGNORECASE)


@cache
def invented(file: str = FILES[0]) -> dict[str, dict[str, list[str]]]:
    """Invented posts: language -> category -> templates."""
    return tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))


def simulated(themes: Iterable[str], name: str, link: str, count: int, seed: int = 0) -> list[str]:
    """Posts that the simulator's grammars write, `count` of each theme in each language."""
    dice = Dice(np.random.default_rng(seed))
    facts = {"app": name, "link": link, "query": name, "version": "3.1.0"}
    return [
        write(dice, language, theme, facts)
        for language in languages()
        for theme in themes
        for _ in range(count)
    ]


def filled(template: str, name: str, link: str) -> str:
    """A template with the app's name, its store link, and its name as a hashtag."""
    tag = "".join(name.split())
    return template.replace("{app}", name).replace("{link}", link).replace("{tag}", tag)


def boycott_posts(data: Path, name: str) -> DataFrame:
    """Real posts (created_at, author, text) with the app's name where the boycotted name stood."""
    posts = pd.read_parquet(data / "social" / "boycott_posts_2012_2020.parquet")
    posts = posts.dropna(subset=["text"]).reset_index(drop=True)
    texts = [BOYCOTTED.sub(f"boycott {name}", text) for text in posts["text"]]
    named = [text if name in text else f"{name}: {text}" for text in texts]
    return posts.assign(text=named)[["created_at", "author", "text"]]
