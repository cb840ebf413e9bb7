"""The one interface to both engines."""

import numpy as np
import pytest

from analysis.sentiment.engines import Engine, score

ENGLISH = "I love this service, it is excellent"
FRENCH = "parfait et utile, la page du permis"


@pytest.mark.parametrize(
    ("engine", "read"), [("vader", [True, False, False]), ("auto", [True, True, False])]
)
def test_each_engine_reads_what_it_can(engine: Engine, read: list[bool]) -> None:
    values = score([ENGLISH, FRENCH, None], ["en", "fr", None], engine=engine)
    assert values.dtype == np.float64
    assert (~np.isnan(values)).tolist() == read


def test_vader_gives_its_published_scores() -> None:
    assert score([ENGLISH, "the map"], engine="vader").tolist() == [0.836, 0.0]
    assert score([]).shape == (0,)
