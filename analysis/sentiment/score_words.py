"""A score in a word: what pages show first. The number is for those who ask."""

from dataclasses import dataclass
from typing import Literal

Lean = Literal["negative", "mixed", "positive", "unread"]
CLEAR = 0.15  # of a scale from -1 to 1; nearer to 0 nobody would call a text for or against
SURE = 1.96  # standard errors: 95 %


@dataclass(frozen=True, slots=True)
class Mood:
    """What texts say on average. mean: -1 to 1; margin: half of its 95 % interval, None where it is
    not known; texts: those that could be read, of `items`."""

    mean: float
    margin: float | None
    texts: int
    items: int

    @property
    def lean(self) -> Lean:
        """The mean in a word: no side where chance could have made it."""
        sure = max(CLEAR / 3, self.margin if self.margin is not None else CLEAR)
        return "negative" if self.mean < -sure else "positive" if self.mean > sure else "mixed"


def lean_of(score: float | None) -> Lean:
    """One text's score in a word; None or NaN: nothing could read it."""
    if score is None or score != score:
        return "unread"
    return "negative" if score < -CLEAR else "positive" if score > CLEAR else "mixed"


def mood(total: float, squares: float | None, texts: int, items: int) -> Mood | None:
    """From the sums of the scores and of their squares; None where no text could be read."""
    if not texts:
        return None
    mean = total / texts
    if squares is None or squares != squares or texts < 2:
        return Mood(mean, None, texts, items)
    variance = max(squares - texts * mean**2, 0.0) / (texts - 1)
    return Mood(mean, SURE * (variance / texts) ** 0.5, texts, items)
