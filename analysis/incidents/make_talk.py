"""A swing of talk -> an incident: its posts read as reviews are, their lean in place of stars."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis import evidence
from analysis.evidence import Window
from analysis.incidents import cause, swing_to_incident, where
from analysis.incidents.excerpts import excerpts
from analysis.incidents.star_classes import of_counted
from analysis.incidents.swing_to_incident import Subject
from analysis.incidents.told_swing import told_swing
from analysis.reasons.kinds import OF_CAUSE
from analysis.records import Incident, Swing
from analysis.scored_items import ScoredItem
from analysis.series import Missed
from analysis.talk import said as said_in
from analysis.talk.swings_of_talk import outside
from analysis.talk.voices import LOOKBACK, opinions
from collector.store import Store
from collector.times import DAY_US, INSTANT, from_us, to_us

READING = ("new_reasons",)  # of posts as of reviews: why
OF_POSTS = ("call_to_action", "co_action", "trigger")  # what these say is of posts in any case
PAST = swing_to_incident.BEFORE
STARS = {-1: 1.0, 0: 3.0, 1: 5.0}


def make_talk(
    store: Store,
    subject: Subject,
    swing: Swing,
    others: Sequence[Swing],
    now: datetime,
    missed: Missed,
    of_stores: Sequence[Swing],
    unseen: NDArray[np.int64],
    *,
    incident: str,
    joined: Sequence[str] = (),
    split_from: str | None = None,
    follows: tuple[str, datetime] | None = None,
    as_of: datetime | None = None,
) -> Incident:
    """As `swing_to_incident.make_incident`. others: the app's talk; missed: of the networks.

    items counts the reviews meanwhile. of_stores: the app's swings of those; unseen: int64 (n, 2),
    when no shop was looked at.
    """
    stores = swing_to_incident.window_of(store, subject, swing, of_stores, now)
    posts = _as_reviews(store, subject.app, swing, others, now, as_of)
    read = replace(stores, items=posts[0], before=posts[1])
    signals = evidence.gather(read, only=(*READING, *OF_POSTS))
    judged = cause.judge(swing, signals)
    given = cause.reasons_given(signals)
    recent = stores.before[stores.before["created_at"] >= pd.Timestamp(swing.onset_at - PAST)]
    reviews, usual = _reviews(stores, recent, of_stores, unseen)
    said = [one for one in signals if one.signal in OF_POSTS]
    made = told_swing(
        subject.app, swing, judged, given, said, missed, now, incident=incident,
        joined=joined, split_from=split_from, follows=follows, as_of=as_of,
    )  # fmt: skip
    found = replace(
        made,
        items=reviews,
        expected_items=usual,
        rating_before=swing_to_incident.mean_stars(recent),
        rating_during=swing_to_incident.mean_stars(stores.items),
        counts=swing.direction,
        excerpts=excerpts(posts[0], given, OF_CAUSE.get(judged.cause, ())) if given else [],
    )
    return where.with_talk(found, swing, alone=True)


def _reviews(
    stores: Window, recent: pd.DataFrame, others: Sequence[Swing], unseen: NDArray[np.int64]
) -> tuple[int, float]:
    """Reviews of the event's direction meanwhile, and how many were to be expected: by the days
    before that somebody looked at and that belong to no swing of reviews."""
    swing = stores.swing
    onset = to_us(swing.onset_at)
    end = to_us(swing.ended_at or swing.hot_at or stores.now)
    spans = [(to_us(o.onset_at), to_us(o.ended_at or stores.now)) for o in others]
    apart = np.array([*spans, *unseen.tolist()], dtype=np.int64).reshape(-1, 2)
    usual = max(outside(to_us(swing.onset_at - PAST), onset, apart), DAY_US)
    share = outside(onset, max(end, onset), unseen) / usual
    return len(of_counted(stores.items, swing.direction)), round(
        len(of_counted(recent, swing.direction)) * share, 4
    )


def _as_reviews(
    store: Store,
    app: str,
    swing: Swing,
    others: Sequence[Swing],
    now: datetime,
    as_of: datetime | None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is said in the swing, and on other days: opinions alone, as a window's reviews."""
    end = min(swing.ended_at or now, now)
    start = to_us(swing.onset_at - swing_to_incident.REFERENCE)
    frame = store.items.frame(
        app, since=from_us(max(start - LOOKBACK, 0)), until=end + INSTANT, as_of=as_of,
        record=ScoredItem,
    )  # fmt: skip
    frame = frame[(frame["kind"] == "post") | frame["rating"].isna()]
    frame = frame[frame["text"].notna()].reset_index(drop=True)
    said = said_in.of_frame(frame)
    frame = frame.assign(rating=[STARS[lean] for lean in said.lean.tolist()], kind="review")
    frame = frame[opinions(said)]
    inside = frame["created_at"] >= pd.Timestamp(swing.onset_at)
    before = swing_to_incident.quiet_days(frame[~inside], swing, others, now)
    return frame[inside].reset_index(drop=True), before.reset_index(drop=True)
