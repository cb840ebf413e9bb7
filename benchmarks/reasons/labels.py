"""Reviews that people read one by one, with the reasons that they named."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

CUT = 420  # characters that the readers saw


@dataclass(frozen=True, slots=True)
class Labelled:
    """One review. second: what another reader named, where one did."""

    app: str
    file: str
    lang: str
    text: str
    stars: float
    mentions: frozenset[str]
    second: frozenset[str] | None

    @property
    def developed_on(self) -> bool:
        """Whether the words were written with reviews of its app in view: half of the apps."""
        return hashlib.sha256(self.app.encode()).digest()[0] % 2 == 1


def labelled_reviews(data: Path) -> list[Labelled]:
    """All of them, as the readers saw them."""
    frames: dict[str, pd.DataFrame] = {}
    found = []
    for line in (data / "labels" / "reviews.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["file"] not in frames:
            path = data / "reviews" / f"{one['file']}.parquet"
            frames[one["file"]] = pd.read_parquet(path, columns=["title", "text", "rating"])
        row = frames[one["file"]].iloc[one["row"]]
        text = " ".join(row[c] for c in ("title", "text") if isinstance(row[c], str))
        second = one.get("second")
        found.append(
            Labelled(
                one["app_id"],
                one["file"],
                one["lang"],
                text[:CUT],
                float(row["rating"]),
                frozenset(one["mentions"]),
                None if second is None else frozenset(second["mentions"]),
            )
        )
    return found
