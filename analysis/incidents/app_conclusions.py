"""Swings, what people decided and what the polls saw -> an app's incidents with their evidence.

The one way from the detector to an incident: `analyze`, `analyze --as-of`, a merge or split on a
page, and the reading of a past moment all take it. What it reads is bounded by `as_of` alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from analysis import series
from analysis.decisions import decisions, groupings
from analysis.incidents import (
    file_cut,
    find_talk,
    merge_split,
    removals,
    swing_to_incident,
    was_watched,
    where,
)
from analysis.incidents.find_fewer import find_fewer
from analysis.incidents.find_swings import find_swings
from analysis.incidents.incident_ids import Names
from analysis.incidents.make_talk import make_talk
from analysis.incidents.merge_split import Event
from analysis.incidents.removals import Wave
from analysis.incidents.swing_to_incident import Subject
from analysis.incidents.waves import parts_by_reasons
from analysis.records import Incident, Swing
from analysis.series import Missed
from analysis.talk import seen
from collector.records import ImportSample
from collector.settings.config import AppSettings, Settings
from collector.store import Store
from collector.store.polls.import_samples import open_cuts

FOLLOWS = timedelta(days=14)  # after the end of an incident, the next one is said to follow it


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """The events of one app as known at a moment, and what makes an incident of each.

    cuts: those of imported files that no other import covers. until: the last moment that the
    reviews are known of; as_of: of a past reading: nothing later was
    looked at. missed: what the polls could not see. talk_until, missed_talk: the same of what is
    said outside the stores. names: the ids, those new now included.
    waves: of reviews that vanished.
    """

    store: Store
    subject: Subject
    until: datetime
    as_of: datetime | None
    events: list[Event]
    missed: Missed
    names: Names
    waves: list[Wave]
    cuts: tuple[ImportSample, ...] = ()
    talk_until: datetime | None = None
    missed_talk: Missed | None = None

    def incident(self, event: Event) -> Incident:
        """One event with its evidence."""
        if event.talk is None:
            return self._of_stores(event)
        if event.talk is not event.swing:
            return where.with_talk(self._of_stores(event), event.talk)
        return make_talk(
            self.store,
            self.subject,
            event.talk,
            [one.talk for one in self.events if one.talk is not None],
            self.known_until(event),
            self.missed_of(event),
            self._swings_of_stores(),
            self.missed.gaps,
            incident=event.id,
            joined=event.joined,
            split_from=event.split_from,
            follows=self._before(event),
            as_of=self.as_of,
        )

    def known_until(self, event: Event) -> datetime:
        """The last moment that an event's items are known of."""
        alone = event.talk is event.swing
        return self.talk_until if alone and self.talk_until is not None else self.until

    def missed_of(self, event: Event) -> Missed:
        """What the polls could not see of what an event is of."""
        alone = event.talk is event.swing
        return self.missed_talk if alone and self.missed_talk is not None else self.missed

    def _swings_of_stores(self) -> list[Swing]:
        return [one.swing for one in self.events if one.swing is not one.talk]

    def _of_stores(self, event: Event) -> Incident:
        others = self._swings_of_stores()
        return swing_to_incident.make_incident(
            swing_to_incident.window_of(self.store, self.subject, event.swing, others, self.until),
            self.missed,
            incident=event.id,
            joined=event.joined,
            split_from=event.split_from,
            follows=self._before(event),
            as_of=self.as_of,
            cut=file_cut.resting_on(self.cuts, event.swing),
            removals=removals.of_swing(self.waves, event.swing, self.until),
        )

    def _before(self, event: Event) -> tuple[str, datetime] | None:
        """The event that ended last before another began, if not long before, with its end."""
        onset = event.swing.onset_at
        ended = [
            (one.swing.ended_at, one.id)
            for one in self.events
            if one is not event
            and "fewer" not in (one.swing.direction, event.swing.direction)
            and one.swing.ended_at is not None
            and one.swing.alarmed_at < event.swing.alarmed_at
            and timedelta(0) <= onset - one.swing.ended_at <= FOLLOWS
        ]
        if not ended:
            return None
        end, name = max(ended)
        return name, end

    def fingerprint(self, event: Event) -> str:
        """Changes with all that its incident is made from but the items (see `reached`)."""
        swing, until = event.swing, self.known_until(event)
        missed = self.missed_of(event)
        looked = was_watched.seen(missed, swing, until)
        gone = tuple(map(str, removals.of_swing(self.waves, swing, until)))
        cut = file_cut.resting_on(self.cuts, swing)
        cuts = () if cut is None else (cut,)
        said = () if event.talk is None else (event.talk,)
        told = (event.joined, event.split_from, self._before(event), *map(str, said))
        beside = (*told, *looked, *cuts, *gone)
        unseen = was_watched.unseen_since(missed, swing, until)
        return swing_to_incident.fingerprint(
            self.subject, swing, until, self.as_of, (*beside, unseen)
        )

    def reached(self, event: Event, hours: NDArray[np.int64]) -> bool:
        """Whether a change in one of these hours (microseconds) can change its incident."""
        return swing_to_incident.reaches(event.swing, self.known_until(event), hours)


def conclude(
    settings: Settings,
    store: Store,
    app: str,
    now: datetime,
    *,
    as_of: datetime | None = None,
    changed: NDArray[np.int64] | None = None,
) -> Conclusions:
    """What is to be said of an app at `now`; writes nothing but the detector's checkpoints.

    as_of: look at nothing later, neither items nor polls nor people's decisions. changed: hours
    (microseconds) that differ from the last call's; without it everything is looked at again.
    """
    until = series.observed_until(store, app, now)
    budget = settings.false_alarms_per_app_year
    swings = find_swings(store, app, until, budget=budget, as_of=as_of, changed=changed)
    swings += find_fewer(store, app, until, as_of=as_of)
    talk_until = seen.observed_until(store, app, now)
    subject = subject_of(settings, store, app)
    swings += find_talk.find_talk(
        store,
        app,
        talk_until,
        budget=settings.talk_false_alarms_per_app_year,
        names=subject.names,
        as_of=as_of,
        changed=changed,
    )
    names = Names(app, store.incidents.names(app))
    events = merge_split.events(
        app,
        swings,
        groupings(decisions(store.decisions.frame(app)), as_of),
        lambda swing: swing_to_incident.arrivals_of(store, app, swing, until, as_of),
        names,
        parts_by_reasons(store, app, until, as_of),
        find_talk.hearing(store, app, subject.names, as_of),
    )
    return Conclusions(
        store=store,
        subject=subject,
        until=until,
        as_of=as_of,
        events=events,
        missed=series.coverage_so_far(store, app, as_of=as_of),
        names=names,
        cuts=tuple(open_cuts(store.import_samples.of(app))),
        waves=removals.waves(store, app, now if as_of is None else as_of),
        talk_until=talk_until,
        missed_talk=seen.coverage(store, app, as_of=as_of),
    )


def subject_of(settings: Settings, store: Store, app: str) -> Subject:
    """The app's name, and what a text can call it."""
    known = store.apps.get(app)
    name = known.name if known else app
    configured = settings.apps.get(app)
    return Subject(app, name, tuple(dict.fromkeys(_names(app, name, configured))))


def _names(app: str, name: str, configured: AppSettings | None) -> Iterator[str]:
    yield from (app, name)
    if configured is not None:
        yield from configured.subjects()
        if configured.google_play:
            yield f"play.google.com/store/apps/details?id={configured.google_play}"
        if configured.app_store:
            yield f"id{configured.app_store}"
