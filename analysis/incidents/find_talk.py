"""The app's swings of talk, continued from the last checkpoints that still hold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis import swings
from analysis.incidents import kept_talk
from analysis.incidents.find_swings import KEPT, mark, resumed
from analysis.incidents.warn import asking
from analysis.incidents.where import Hearing
from analysis.records import Swing
from analysis.series import Missed
from analysis.talk import said as said_in
from analysis.talk import swings_of_talk
from analysis.talk.seen import coverage
from analysis.talk.swings_of_talk import LEAST_LEANING, LOOKS, PAST
from analysis.talk.voices import LOOKBACK
from collector.store import Store
from collector.store.reading.unrated import Unrated
from collector.times import DAY_US, from_us, to_us

AGAINST = ("down", "leave")  # kinds of what is asked


def find_talk(
    store: Store,
    app: str,
    now: datetime,
    *,
    budget: float,
    names: tuple[str, ...],
    as_of: datetime | None = None,
    changed: NDArray[np.int64] | None = None,
) -> list[Swing]:
    """Events of talk known at `now`, oldest first. budget, changed: as for `find_swings`; names: of
    the app."""
    missed = coverage(store, app, as_of=as_of)
    share = budget / len(LOOKS)
    if changed is None or as_of is not None:
        said = said_in.read(store, app, until=now, as_of=as_of)
        histories = [swings_of_talk.history(said, look, missed) for look in LOOKS]
        found = [
            one
            for history in histories
            for one in swings.detect(history, now=to_us(now), false_alarms_per_app_year=share)
        ]
    else:
        found = _continued(store, app, now, share, missed, changed)
    told = [one for one in found if not one.launch]
    return list(_counted(store, app, told, now, names, as_of, missed, changed))


def hearing(
    store: Store, app: str, names: tuple[str, ...], as_of: datetime | None = None
) -> Hearing:
    """What was said in a swing of talk, up to a moment and from what was known of then.

    names: of the app.
    """

    def heard(talk: Swing, since: datetime, until: datetime) -> Swing:
        start = from_us(max(to_us(since) - PAST - LOOKBACK, 0))
        rows = store.items.unrated(app, since=start, until=until, as_of=as_of)
        then = replace(talk, onset_at=since)
        gaps = coverage(store, app, as_of=as_of).gaps
        said = said_in.of_rows(rows)
        found = swings_of_talk.counted(then, said, to_us(until), [talk], gaps)
        return _no_praise(found, rows, names)

    return heard


def _no_praise(swing: Swing, rows: Sequence[Unrated], names: tuple[str, ...]) -> Swing:
    """A swing of talk that is not told to be kind where many of it ask to lower, flood or leave the
    app, however cheerful their words."""
    if swing.direction != "positive":
        return swing
    inside = [row for row in rows if row.at >= to_us(swing.onset_at)]
    against = sum(post.kind in AGAINST for post in asking(inside, names))
    return swing if against < LEAST_LEANING * swing.items else replace(swing, direction="mixed")


def _continued(
    store: Store,
    app: str,
    now: datetime,
    budget: float,
    missed: Missed,
    changed: NDArray[np.int64],
) -> list[Swing]:
    """What the looks find, from their newest states on; posts are read once for both."""
    moment, names = to_us(now), {look: f"talk/{look}/{budget:g}" for look in LOOKS}
    if len(changed):
        for name in names.values():
            store.checkpoints.drop(app, name, after=from_us(int(changed[0])))
    states = {look: resumed(store, app, name, moment, missed) for look, name in names.items()}
    since = {look: swings.needed_from(state) for look, state in states.items()}
    said = said_in.read(store, app, since=max(min(since.values()) - LOOKBACK, 0), until=now)
    day = moment // DAY_US * DAY_US
    found: list[Swing] = []
    for look, state in states.items():
        whole = swings_of_talk.history(said, look, missed)
        history = whole.between(since[look], moment + 1)
        more, kept = swings.advance(state, history, now=moment, false_alarms_per_app_year=budget)
        found += more
        if kept is not None:
            blob = mark(missed, day) + kept
            store.checkpoints.save(app, names[look], from_us(day), blob, keep=KEPT)
    return found


def _counted(
    store: Store,
    app: str,
    found: list[Swing],
    now: datetime,
    names: tuple[str, ...],
    as_of: datetime | None,
    missed: Missed,
    changed: NDArray[np.int64] | None,
) -> Iterator[Swing]:
    """Events, each with what was said in it; of one that is over it is counted once, and of what
    was said long before nothing is read."""
    events = swings_of_talk.joined(found)
    for event in events:
        known = kept_talk.kept(store, app, event, now, changed)
        if known is not None:
            yield known
            continue
        since = from_us(max(to_us(event.onset_at) - PAST - LOOKBACK, 0))
        until = event.ended_at or event.hot_at or now
        rows = store.items.unrated(app, since=since, until=event.closed_at or now, as_of=as_of)
        said = said_in.of_rows(rows)
        made = swings_of_talk.counted(event, said, to_us(until), events, missed.gaps)
        made = _no_praise(made, [row for row in rows if row.at <= to_us(until)], names)
        if as_of is None and changed is not None:  # who only reads writes nothing
            kept_talk.keep(store, app, made, now)
        yield made
