"""Columns that no name explains: which of them hold stars or texts of reviews all the same."""

import re

from collector.importers.columns.column_names import FIELD_NAMES, normal
from collector.importers.columns.contents import Column
from collector.importers.values.stars import read_stars

# Small numbers that are no stars, and long texts that nobody wrote about the app.
_COUNTED = (
    "vote votes like likes thumb thumbs helpful unhelpful count counts number num retweet retweets "
    "reply replies share shares quote quotes view views day month year hour minute week weekday id "
    "ids index idx page position rank length words chars version versioncode code topic cluster "
    "label class fold split level depth order quantity price followers following friends funny "
    "games hours playtime sentiment polarity emotion mood status condition"
)
_BESIDE = (
    "reply response answer antwort respuesta url uri link href image avatar photo picture "
    "device useragent agent author user username name path file id ids hash token cursor version "
    "app application product developer criteria criterias tags hashtags mentions"
)
# Some files call a grade so; then the whole scale stands in it.
_PERHAPS = {"index", "idx", "rank", "label", "class", "level", "condition", "status"}
_RATINGS = frozenset(FIELD_NAMES["rating"])
_NO_STARS, _NO_TEXT = frozenset(_COUNTED.split()), frozenset(_BESIDE.split())
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def best_stars(columns: list[Column]) -> Column | None:
    """The unused column that most looks like stars."""
    rated = [c for c in columns if _may_rate(c)]
    found = [c for c in rated if not _words(c.name) & _NO_STARS]
    found = found or [c for c in rated if _is_whole_scale(c)]
    return max(found, key=lambda c: (c.filled, len(c.values)), default=None)


def _is_whole_scale(column: Column) -> bool:
    """Every number from 1 to 5, in a column whose name may say a grade."""
    no_grade = _words(column.name) & _NO_STARS - _PERHAPS
    read = [read_stars(value) for value in column.values]
    return not no_grade and {one.value for one in read if one} == {1.0, 2.0, 3.0, 4.0, 5.0}


def _may_rate(column: Column) -> bool:
    """Percents are ratings only in a column that is called so: all kinds of things have them."""
    if column.holds_stars():
        return True
    in_percent = any("%" in value for value in column.values)
    called = normal(column.name) in _RATINGS
    return column.holds_rated_words() and (called or not in_percent)


def best_text(columns: list[Column]) -> Column | None:
    """The unused column with most of what reads like sentences."""
    return max(texts_among(columns), key=Column.chars, default=None)


def texts_among(columns: list[Column]) -> list[Column]:
    """Columns of sentences that their names do not say to be something else."""
    return [c for c in columns if c.holds_texts() and not _words(c.name) & _NO_TEXT]


def _words(name: str) -> set[str]:
    """The words of a column's name: thumbsUpCount is thumbs, up and count."""
    return set(_WORD.findall(_CAMEL.sub(" ", name).replace("_", " ").casefold()))
