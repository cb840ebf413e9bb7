"""Reviews that stand for a sign: masked once more, cut, never with their authors."""

from collections.abc import Sequence

from pandas import DataFrame

from analysis.evidence.texts import full_texts
from collector.privacy.masking import mask

LONGEST = 220  # characters


def quoted(reviews: DataFrame, rows: Sequence[int]) -> list[str]:
    """The texts of these rows; those that read alike stand there twice, which is the point."""
    return [_cut(mask(text) or "") for text in full_texts(reviews.iloc[list(rows)])]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
