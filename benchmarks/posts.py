"""Posts to hold the coordination signals against: invented ones, and real ones that say boycott."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pandas as pd
from pandas import DataFrame

FILE = Path(__file__).with_name("invented_posts.toml")
CALLS = ("calls", "up")  # categories that ask people to act on the app in the stores
BOYCOTTED = re.compile(r"#?boycott[ _]*(?:(?:of|the|all|this|these)\s+)*[#@]?\w+", re.IGNORECASE)


@cache
def invented() -> dict[str, dict[str, list[str]]]:
    """Invented posts: language -> category -> templates."""
    return tomllib.loads(FILE.read_text("utf-8"))


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
