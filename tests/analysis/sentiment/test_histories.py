"""No app's own history turns plain words round."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.sentiment import app_model, reader
from tests.analysis.sentiment.short_texts import short_texts

MOST_TURNED = 0.02


@pytest.mark.parametrize("file", ["cekbansos-play-id", "umang-play-in", "flatout-steam"])
def test_an_apps_own_stars_turn_few_short_texts_wrong(shared_data: Path, file: str) -> None:
    """Apps that are hated, loved, and hated for reasons of their own."""
    listed = short_texts()
    texts, signs = [t.text for t in listed], np.array([t.sign for t in listed])
    none: list[str | None] = [None] * len(texts)
    right = np.sign(reader.score(texts, none)) == signs
    reviews = pd.read_parquet(shared_data / "reviews" / f"{file}.parquet").dropna(subset=["rating"])
    model = app_model.nothing_learned(file)
    for since, until in ((0, 50), (50, 400), (400, 1_200)):
        part = reviews.iloc[since:until]
        said = part["text"].fillna("").tolist()
        found = reader.read(said, [None] * len(said), model)
        stars = part["rating"].to_numpy(dtype=np.float64)
        model = model.learned(found.cues, found.prior, found.scores, stars)
        model = app_model.rounded(replace(model, items=until))
        after = np.sign(reader.score(texts, none, model)) == signs
        assert (right & ~after).sum() <= MOST_TURNED * right.sum()
