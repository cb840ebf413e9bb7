"""What moved the mean stars, by the reasons that reviews give: parts that add up, as in moved.py.

Of the reviews with stars and a text, of which an even part is read where they are many. A review
that gives two reasons counts half with each, so that the parts add up to the change of these.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd

from analysis.trends import said
from analysis.trends.bins import Span
from analysis.trends.moved import NAMES, Moved, decomposed, is_hourly, span_edges
from analysis.trends.panels import NO_TEXT
from collector.store import Store


def moved_by_reason(store: Store, app: str, before: Span, after: Span) -> Moved | None:
    """The parts of the change; None where one of the spans has too few."""
    edges = [span_edges(span) for span in (before, after)]
    frames = [_given(store, app, bounds) for bounds in edges]
    blocks = len(edges[0]) - 1, len(edges[1]) - 1
    hourly = is_hourly(edges[0]) or is_hourly(edges[1])
    return decomposed(frames[0], frames[1], ("reason",), "stars", blocks=blocks, hourly=hourly)


def _given(store: Store, app: str, edges: Sequence[datetime]) -> pd.DataFrame:
    """A row for each review and reason with the review's part in it: NAMES and reason."""
    sums = store.groups.sums(app, (edges[0], edges[-1]))
    texts = int(sums["items"][(sums["kind"] == "review") & (sums["lean"] != NO_TEXT)].sum())
    read = said.read(store, app, edges[0], edges[-1], texts)
    rows = said.with_bins(read.rows, edges)
    given = pd.Series([sorted(each) or [""] for each in read.reasons], index=rows.index)
    rows = rows.assign(reason=given, part=1 / given.map(len).astype("float64"))
    rows = rows[rows["rating"].notna()].explode("reason")
    rating, part = (rows[name].to_numpy(np.float64) for name in ("rating", "part"))
    columns = (rows["bin"].to_numpy(), part, part * rating, part * rating**2)
    return pd.DataFrame(dict(zip(NAMES, columns, strict=True))).assign(
        reason=rows["reason"].to_numpy(dtype=object)
    )
