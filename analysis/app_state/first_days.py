"""What the reviews of an app's first days say, where nothing can be judged yet: a flood that the
first poll finds has no past to be compared with, but it can be read."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from analysis.app_state.standing import Standing
from analysis.reasons.read import reasons_of
from collector.store import Store
from collector.store.records import ItemFilter

YOUNG = ("young", "young-source")
LATELY = timedelta(days=7)
FEWEST, MOST = 20, 1_000
"""Reviews with one or two stars that are read."""
LOW = 0.5
"""Of all reviews, for their surge to be one of low stars."""
TOLD = 3
LEAST_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Given:
    """A reason that low-star reviews give. share: of those with a text."""

    reason: str
    reviews: int
    share: float


def first_reading(store: Store, app: str, standing: Standing, now: datetime) -> list[Given]:
    """The reasons of the latest low-star reviews, most frequent first; none where an app is judged
    or its reviews are mostly of other stars."""
    low = standing.values.get("low") or 0.0
    if standing.code not in YOUNG or low < LOW:
        return []
    wanted = ItemFilter(apps=(app,), kinds=("review",), stars=(1, 2), since=now - LATELY)
    found = store.items.page(wanted, limit=MOST).items
    said = found[["title", "text"]].fillna("").agg(" ".join, axis=1).str.strip()
    texts = said[said != ""]
    if len(texts) < FEWEST:
        return []
    stars = found.loc[texts.index, "rating"].astype(float).tolist()
    given = Counter(code for reasons in reasons_of(texts.tolist(), stars) for code in reasons)
    ordered = sorted(given.items(), key=lambda each: (-each[1], each[0]))
    read = [Given(code, number, number / len(texts)) for code, number in ordered]
    return [one for one in read if one.share >= LEAST_SHARE][:TOLD]
