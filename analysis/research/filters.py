"""Frames of one source, language or country."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from collector.errors import ContractError

Wanted = str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What rows must have: one of these sources, languages, countries; None: any.

    A language takes its regions in: en has en-US too. Rows that do not say are left out.
    """

    source: tuple[str, ...] | None = None
    lang: tuple[str, ...] | None = None
    country: tuple[str, ...] | None = None

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of a frame that have it. Raises ContractError where no column says."""
        for name in ("source", "lang", "country"):
            wanted = getattr(self, name)
            if wanted is None:
                continue
            if name not in frame:
                raise ContractError(f"{name}: these rows do not say it")
            said = frame[name].astype("str").str.lower()
            keep = said.isin(wanted)
            if name == "lang":
                keep |= said.str.split("-").str[0].isin(wanted)
            frame = frame[keep.fillna(False)]
        return frame.reset_index(drop=True)

    def __bool__(self) -> bool:
        return self != Filters()

    def plain(self) -> dict[str, list[str]]:
        """Those that are set."""
        held = {name: getattr(self, name) for name in ("source", "lang", "country")}
        return {name: list(values) for name, values in held.items() if values is not None}


def filters_of(source: Wanted = None, lang: Wanted = None, country: Wanted = None) -> Filters:
    """The filters of arguments: a word or several."""
    return Filters(_several(source), _several(lang), _several(country))


def _several(given: Wanted) -> tuple[str, ...] | None:
    if given is None:
        return None
    words = [given] if isinstance(given, str) else list(given)
    return tuple(word.strip().lower() for word in words) or None
