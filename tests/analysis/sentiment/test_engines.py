"""The one interface to both engines."""

import numpy as np
import pytest

from analysis.sentiment.engines import Engine, score
from analysis.sentiment.star_model import StarModel
from analysis.sentiment.training import train
from tests.analysis.sentiment.corpus import NOW, examples

ENGLISH = "I love this service, it is excellent"
FRENCH = "parfait et utile, la page du permis"


@pytest.fixture(scope="module")
def model() -> StarModel:
    found = train(examples("fr", 400), app="town", trained_until=NOW, usual="fr")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("engine", "read"),
    [
        ("vader", [True, False, False]),
        ("stars", [False, True, False]),
        ("auto", [True, True, False]),
    ],
)
def test_each_engine_reads_what_it_can(model: StarModel, engine: Engine, read: list[bool]) -> None:
    values = score([ENGLISH, FRENCH, None], ["en", "fr", None], engine=engine, model=model)
    assert values.dtype == np.float64
    assert (~np.isnan(values)).tolist() == read


def test_without_a_model_there_is_vader_only() -> None:
    assert np.isnan(score([ENGLISH, FRENCH], engine="stars")).all()
    assert score([ENGLISH, FRENCH]).tolist()[0] == 0.836
    assert score([]).shape == (0,)
