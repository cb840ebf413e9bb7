"""What anybody could copy without knowing of the others: the agency's own and the store's texts."""

import tomllib
from functools import cache
from importlib.resources import files

import pandas as pd

from analysis.evidence.window import Window
from analysis.tokens import spoken

FILE = "copied_by_anyone.toml"
MOST_REPLIES = 2_000  # different ones, the newest


def copied_by_anyone(window: Window) -> list[list[str]]:
    """The app's description, release notes, statements and headlines, replies, phrases of stores,
    greetings, as words."""
    replies = pd.concat([window.before["reply_text"], window.items["reply_text"]]).dropna()
    told = [
        *window.descriptions,
        *window.releases["notes"].dropna().unique(),
        *window.context["title"].dropna().unique(),
        *replies.unique()[-MOST_REPLIES:],
    ]
    return [spoken(str(text)) for text in told] + shipped()


def messages() -> list[str]:
    """The written file's error messages."""
    return _file()["messages"].splitlines()


@cache
def _file() -> dict[str, str]:
    data: dict[str, str] = tomllib.loads(files(__package__).joinpath(FILE).read_text("utf-8"))
    return data


@cache
def shipped() -> list[list[str]]:
    """The lines of the written file, as words."""
    return [spoken(line) for lines in _file().values() for line in lines.splitlines() if line]
