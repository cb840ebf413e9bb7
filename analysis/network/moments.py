"""Moments of every kind as microseconds since 1970 UTC."""

from typing import Any

import numpy as np
import pandas as pd

from analysis.network.shares import Flags, Ints
from collector.dates.time_texts import parse_moment

UNITS = ((1e11, 1_000_000.0), (1e14, 1_000.0), (1e17, 1.0), (np.inf, 1e-3))
"""Numbers below the first are in units of so many microseconds: seconds, ms, us, ns since 1970."""
MOST = 2**61  # microseconds, 73,000 years


def microseconds(values: "pd.Series[Any]") -> tuple[Ints, Flags]:
    """(int64 microseconds, which of them are known). Text without a zone is UTC."""
    if isinstance(values.dtype, pd.DatetimeTZDtype) or values.dtype.kind == "M":
        return _of_moments(values)
    if pd.api.types.is_bool_dtype(values.dtype):
        return np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.bool_)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return _of_numbers(values)
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.notna().any() and numbers.notna().sum() * 2 >= values.notna().sum():
        return _of_numbers(numbers)
    return _of_moments(_read(values))


def _of_moments(values: "pd.Series[Any]") -> tuple[Ints, Flags]:
    plain = values.dt.tz_convert("UTC").dt.tz_localize(None) if values.dt.tz else values
    # Floors to whole microseconds, so that two moments never come closer than they are by one unit.
    at = plain.to_numpy(dtype="datetime64[us]")
    known = ~np.isnat(at)
    return np.where(known, at.astype(np.int64), 0), known


def _of_numbers(values: "pd.Series[Any]") -> tuple[Ints, Flags]:
    known = values.notna().to_numpy(dtype=np.bool_)
    if values.dtype.kind in "iu":
        whole = values.to_numpy(dtype=np.int64, na_value=0)
        largest = float(np.abs(whole).max(initial=0))
        unit = next(unit for most, unit in UNITS if largest < most)
        return (whole * int(unit) if unit >= 1 else whole // 1_000), known
    number = values.to_numpy(dtype=np.float64, na_value=np.nan)
    known = known & np.isfinite(number)
    size = float(np.abs(number[known]).max(initial=0.0))
    unit = next(unit for most, unit in UNITS if size < most)
    scaled = np.where(known, number, 0.0) * unit
    known &= np.abs(scaled) < MOST
    return np.rint(np.where(known, scaled, 0.0)).astype(np.int64), known


def _read(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """Texts: ISO 8601 at once, the rest each by the importers' reader."""
    texts = values.astype("string").str.strip()
    moments = pd.to_datetime(texts, format="ISO8601", utc=True, errors="coerce")
    moments = moments.astype("datetime64[us, UTC]")
    rest = texts[moments.isna() & texts.notna() & (texts != "")]
    if not rest.empty:
        read = {text: _moment(text) for text in rest.unique()}
        moments.loc[rest.index] = pd.to_datetime(rest.map(read), utc=True).astype(moments.dtype)
    return moments


def _moment(text: str) -> Any:
    try:
        return parse_moment(text)[0]
    except (ValueError, OverflowError):
        return pd.NaT
