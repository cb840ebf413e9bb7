"""What a filter of Explore matches, as the chart of reviews that Trends draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from altair.utils.schemapi import debug_mode

from analysis.trends.bins import BinLength, Span, edges, length_for, whole_hours
from analysis.trends.matching import Counts, matching
from analysis.trends.seen import Flags, Seen, Sight
from collector.shop_sources import SOCIAL
from collector.store import Store
from collector.store.records import ItemFilter
from dashboard.drawing import binning, multiples
from dashboard.drawing.charts import Spec, Style
from dashboard.drawing.multiples import Axis
from dashboard.trends import panel_charts, sentences, star_bars
from dashboard.words.catalogue import Wording


@dataclass(frozen=True, slots=True)
class Matched:
    """The items that match by bin. counts: None where they are too many to look at each. unseen:
    bins that nobody looked at, of what is asked for."""

    span: Span
    length: BinLength
    bounds: tuple[datetime, ...]
    counts: Counts | None
    unseen: Flags


def matched(
    store: Store,
    wanted: ItemFilter,
    known: tuple[datetime, datetime],
    now: datetime,
    zone: ZoneInfo,
) -> Matched:
    """What a filter matches over its span. known: first and last item of the app."""
    since = max(wanted.since or known[0], known[0])
    until = min(wanted.until or known[1] + timedelta(microseconds=1), known[1] + timedelta(hours=1))
    span = whole_hours(since, max(since, until))
    length = length_for(span)
    bounds = edges(span, length, zone)
    nobody = unseen(Sight(store, wanted.apps[0], now).of(bounds), wanted)
    return Matched(span, length, tuple(bounds), matching(store, wanted, bounds), nobody)


def unseen(seen: Seen, wanted: ItemFilter) -> Flags:
    """Bins in which nobody looked at any of the kinds and sources that are asked for."""
    found = np.ones(len(seen.reviews), dtype=bool)
    for kind in wanted.kinds or ("review", "post"):
        social = kind == "post"
        sources = [one for one in wanted.sources if (one in SOCIAL) == social]
        if not wanted.sources:
            found &= seen.of(kind)
        for source in sources:
            found &= seen.of(kind, source)
    return found


def chart(found: Matched, counts: Counts, words: Wording, style: Style) -> Spec:
    """The bars. A drag over them chooses a span."""
    shown = {name: each.astype(np.float64) for name, each in counts.items()}
    tooltips = {
        name: [
            f"{_name(name, words)}: "
            f"{sentences.when_of(at, found.length, words)} · {words.number(int(n))}"
            for at, n in zip(found.bounds[:-1], each, strict=True)
        ]
        for name, each in counts.items()
    }
    walls = [binning.wall_time(at, words.zone) for at in (found.span.since, found.span.until)]
    none = np.sum(list(shown.values()), axis=0) == 0
    blank = panel_charts.runs(found.unseen & none, found.bounds, words)
    axis = Axis(walls[0], walls[1], unseen=blank)
    with debug_mode(False):
        return multiples.stars(
            star_bars.bars(found.bounds, shown, tooltips, words),
            axis,
            _labels(counts, words),
            usual=None,
            style=style,
        )


def _name(stars: str, words: Wording) -> str:
    return words(f"trends-series-reviews-{stars.replace('_', '-')}")


def _labels(counts: Counts, words: Wording) -> Sequence[str]:
    starred = any(counts[name].any() for name in ("high", "middle"))
    above = "trends-label-high" if starred else "trends-series-reviews-no-stars"
    if starred and counts["no_stars"].any():
        above = "explore-chart-above"
    return [words(above), words("trends-series-reviews-low")]


def told(counts: Counts, words: Wording) -> str:
    """The counts in words, for who cannot see the chart."""
    named = [
        words(
            "trends-named",
            name=_name(name, words),
            told=words.number(int(each.sum())),
        )
        for name, each in counts.items()
        if each.any()
    ]
    return words.listing(named)
