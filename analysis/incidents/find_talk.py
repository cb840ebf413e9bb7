"""The app's swings of talk, continued from the last checkpoints that still hold."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from analysis import series, swings
from analysis.incidents.find_swings import KEPT, mark, resumed
from analysis.incidents.warn import asking
from analysis.incidents.where import Hearing
from analysis.records import Swing
from analysis.series import Missed
from analysis.talk import said as said_in
from analysis.talk import swings_of_talk
from analysis.talk.swings_of_talk import LEAST_LEANING, LOOKS, PAST
from analysis.talk.voices import LOOKBACK
from collector.shop_sources import SOCIAL
from collector.store import Store
from collector.times import DAY_US, from_us, to_us

AGAINST = ("down", "leave")  # kinds of what is asked


def find_talk(
    store: Store,
    app: str,
    now: datetime,
    *,
    budget: float,
    as_of: datetime | None = None,
    changed: NDArray[np.int64] | None = None,
) -> list[Swing]:
    """Events of talk known at `now`, oldest first. budget, changed: as for `find_swings`."""
    missed = coverage(store, app, as_of=as_of)
    found: list[Swing] = []
    for look in LOOKS:
        if changed is None or as_of is not None:
            said = said_in.read(store, app, until=now, as_of=as_of)
            history = swings_of_talk.history(said, look, missed)
            found += swings.detect(
                history, now=to_us(now), false_alarms_per_app_year=budget / len(LOOKS)
            )
        else:
            found += _continued(store, app, now, look, budget / len(LOOKS), missed, changed)
    told = [one for one in found if not one.launch]
    return list(_counted(store, app, told, now, as_of))


def hearing(
    store: Store, app: str, names: tuple[str, ...], as_of: datetime | None = None
) -> Hearing:
    """What was said in a swing of talk, up to a moment and from what was known of then.

    names: of the app. What asks to lower, flood or leave it is no praise, however cheerful.
    """

    def heard(talk: Swing, since: datetime, until: datetime) -> Swing:
        start = from_us(max(to_us(since) - PAST - LOOKBACK, 0))
        rows = store.items.unrated(app, since=start, until=until, as_of=as_of)
        then = replace(talk, onset_at=since)
        found = swings_of_talk.counted(then, said_in.of_rows(rows), to_us(until), [talk])
        if found.direction != "positive":
            return found
        asked = [post.kind for post in asking([r for r in rows if r.at >= to_us(since)], names)]
        against = sum(kind in AGAINST for kind in asked)
        return found if against < LEAST_LEANING * found.items else replace(found, direction="mixed")

    return heard


def observed_until(store: Store, app: str, now: datetime) -> datetime:
    """The last moment that posts are known of, at most `now`."""
    seen = [span.covered_to.max() for name, span in store.runs.spans(app).items() if name in SOCIAL]
    known = [from_us(int(moment)) for moment in seen]
    newest = store.items.newest_unrated(app)
    return min(now, max([*known, *([newest] if newest is not None else [])], default=now))


def coverage(store: Store, app: str, *, as_of: datetime | None = None) -> Missed:
    """What the polls of the app's networks could not see."""
    return series.coverage_of(store.runs.spans(app, as_of=as_of), SOCIAL.__contains__)


def _continued(
    store: Store,
    app: str,
    now: datetime,
    look: str,
    budget: float,
    missed: Missed,
    changed: NDArray[np.int64],
) -> list[Swing]:
    name, moment = f"talk/{look}/{budget:g}", to_us(now)
    if len(changed):
        store.checkpoints.drop(app, name, after=from_us(int(changed[0])))
    state = resumed(store, app, name, moment, missed)
    since = swings.needed_from(state)
    said = said_in.read(store, app, since=max(since - LOOKBACK, 0), until=now)
    history = swings_of_talk.history(said, look, missed).between(since, moment + 1)
    found, kept = swings.advance(state, history, now=moment, false_alarms_per_app_year=budget)
    if kept is not None:
        day = moment // DAY_US * DAY_US
        store.checkpoints.save(app, name, from_us(day), mark(missed, day) + kept, keep=KEPT)
    return found


def _counted(
    store: Store, app: str, found: list[Swing], now: datetime, as_of: datetime | None
) -> Iterator[Swing]:
    """Events, each with what was said in it; of what was said long before nothing is read."""
    events = swings_of_talk.joined(found)
    for event in events:
        since = to_us(event.onset_at) - PAST - LOOKBACK
        until = event.ended_at or event.hot_at or now
        said = said_in.read(store, app, since=max(since, 0), until=until, as_of=as_of)
        yield swings_of_talk.counted(event, said, to_us(until), events)
