"""analyze: score new texts, recount changed hours, find swings, keep incidents.

Catches only in `analyze`: an app that fails must not end the analysis of the others.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from analysis.incidents import swing_to_incident
from analysis.incidents.app_conclusions import Conclusions, conclude
from analysis.incidents.repairs import linked
from analysis.incidents.stored import (
    document,
    listed_incidents,
    stored_alarms,
    stored_incident,
)
from analysis.incidents.warn import warnings
from analysis.records import Alarm, Incident
from analysis.sentiment.run import score_new
from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.end_codes import cleaned, reason
from collector.errors import FloodgaugeError, StoreError
from collector.progress import PartDone, Progress
from collector.settings.config import Settings
from collector.store import Store, open_store
from collector.store.counts.hourly import Dirty

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisReport:
    """What an analysis of one app did. looked_until: nothing later was looked at."""

    app: str
    items: int
    scored: int
    incidents: int
    open_incidents: int
    looked_until: datetime | None


class AnalysisFailed(FloodgaugeError):
    """Some apps could not be analysed; the others are up to date.

    reports: of the others. failures: what each failed app raised; reasons: as they are kept.
    noted: whether the store could be told.
    """

    def __init__(
        self,
        reports: Sequence[AnalysisReport],
        failures: Mapping[str, Exception],
        reasons: Mapping[str, str],
        *,
        noted: bool = True,
    ) -> None:
        named = "; ".join(f"{app}: {told(why, english())}" for app, why in reasons.items())
        every = len(reports) + len(failures)
        super().__init__(
            f"analyze failed for {len(failures)} of {every} apps (-v tells where): {named}"
        )
        self.reports = list(reports)
        self.failures = dict(failures)
        self.noted = noted

    @property
    def exit_code(self) -> int:
        """Of a command: 1 where some apps failed, 3 where all did, 2 of a store that is no use."""
        if not self.noted:
            return 2
        return 1 if self.reports else 3


def analyze(
    settings: Settings,
    store: Store,
    now: datetime,
    *,
    apps: Sequence[str] | None = None,
    as_of: datetime | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> list[AnalysisReport]:
    """Brings the incidents of each app up to date; safe to repeat and to interrupt.

    as_of: look at nothing later. executor: apps are independent and run there, each with its own
    connection to the store; without one they run here, one after the other.
    Raises AnalysisFailed once all apps have had their turn, where some of them failed. The store
    knows of each app how its last analysis ended.
    """
    wanted = store.apps.keys() if apps is None else list(apps)
    moment = now if as_of is None else min(as_of, now)
    as_of = None if as_of is None else moment
    jobs: list[Callable[[], AnalysisReport]]
    if executor is None:
        jobs = [
            partial(analyze_app, settings, store, app, moment, as_of, progress) for app in wanted
        ]
    else:
        where = (settings, store.database.url, store.database.secret)
        jobs = [_submitted(executor, (*where, app, moment, as_of)) for app in wanted]
    secrets = tuple(s.get_secret_value() for _, s in settings.secrets if s is not None)
    reports: list[AnalysisReport] = []
    failures: dict[str, Exception] = {}
    reasons: dict[str, str] = {}
    noted = True
    for app, analysed in zip(wanted, jobs, strict=True):
        try:
            reports.append(analysed())
        except Exception as error:
            log.info("%s: the analysis failed", app, exc_info=error)
            failures[app] = error
            reasons[app] = _why(error, partial(store.analyses.plain_reason, secrets=secrets))
        noted = _note(store, app, now, reasons.get(app)) and noted
    if failures:
        raise AnalysisFailed(reports, failures, reasons, noted=noted)
    return reports


def _submitted(
    executor: Executor, asked: tuple[Settings, str, bytes, str, datetime, datetime | None]
) -> Callable[[], AnalysisReport]:
    """What waits for the report of an app; an executor that is broken already fails it as well."""
    try:
        return executor.submit(_analyze_elsewhere, *asked).result
    except BrokenExecutor as error:
        failed: Future[AnalysisReport] = Future()
        failed.set_exception(error)
        return failed.result


def analyze_app(
    settings: Settings,
    store: Store,
    app: str,
    now: datetime,
    as_of: datetime | None = None,
    progress: Progress | None = None,
) -> AnalysisReport:
    """One app from new items to incidents, one process at a time."""
    with store.database.turn(f"analyze {app}"):
        return _analyze_alone(settings, store, app, now, as_of, progress)


def _analyze_alone(
    settings: Settings,
    store: Store,
    app: str,
    now: datetime,
    as_of: datetime | None,
    progress: Progress | None,
) -> AnalysisReport:
    engine, told = settings.sentiment_of(app), _named(progress, f"{app}: sentiment")
    scored = score_new(store, app, now=now, engine=engine, progress=told)
    changed = store.hourly.recount(app)
    found = _conclude(settings, store, app, now, as_of, changed, progress)
    if as_of is None:
        store.hourly.settle(app, changed)
    return AnalysisReport(
        app=app,
        items=store.hourly.total(app, until=as_of),
        scored=scored.texts,
        incidents=len(found.events),
        open_incidents=sum(1 for event in found.events if event.swing.ended_at is None),
        looked_until=found.until if store.items.span(app) else None,
    )


def regroup(settings: Settings, store: Store, app: str, now: datetime) -> None:
    """Applies what people merged or split since the last analysis; scores no new texts."""
    # Not settled: the next analysis looks at these hours again, with their sentiment.
    _conclude(settings, store, app, now, None, store.hourly.recount(app), None)


def _conclude(
    settings: Settings,
    store: Store,
    app: str,
    now: datetime,
    as_of: datetime | None,
    changed: Dirty,
    progress: Progress | None,
) -> Conclusions:
    """What is concluded of an app -> the store: incidents and alarm log."""
    found = conclude(settings, store, app, now, as_of=as_of, changed=changed.hours)
    kept = _incidents(store, found, changed, progress)
    alarms = [alarm for event in found.events for alarm in event.alarms]
    alarms += warnings(
        store,
        found.subject,
        found.events,
        found.talk_until or found.until,
        known=stored_alarms(store, app),
        as_of=as_of,
        changed=None if as_of is not None else changed.hours,
    )
    known = [found.known_until(event) for event in found.events]
    read = list(zip([made for made, _ in kept], known, strict=True))
    alarms += _reclassified(store, app, read, as_of)
    store.incidents.replace(
        app,
        [(document(made), mark) for made, mark in kept],
        [document(alarm) for alarm in _settled(store, app, alarms, as_of)],
        found.names.given,
    )
    return found


def _settled(store: Store, app: str, alarms: list[Alarm], as_of: datetime | None) -> list[Alarm]:
    """The log with what was sent before kept versions became arrivals, which never moves."""
    until = store.incidents.settled_until(app)
    if until is None:
        return alarms
    sent = [a for a in stored_alarms(store, app) if a.at <= until]
    known = [a for a in sent if as_of is None or a.at <= as_of]
    return known + [a for a in alarms if a.at > until]


def _incidents(
    store: Store, found: Conclusions, changed: Dirty, progress: Progress | None
) -> list[tuple[Incident, str]]:
    """An incident and its fingerprint for each event; made again only where something changed."""
    app = found.subject.app
    known = store.incidents.fingerprints(app)
    kept = []
    for done, event in enumerate(found.events):
        if progress is not None:
            progress(f"{app}: evidence", done, len(found.events))
        mark = found.fingerprint(event)
        made = stored_incident(store, event.id) if known.get(event.id) == mark else None
        if made is None or found.reached(event, changed.hours):
            made = found.incident(event)
        kept.append((made, mark))
    pairs = [(made, event) for (made, _), event in zip(kept, found.events, strict=True)]
    told = linked(store, app, pairs, found.until)
    return [(made, mark) for made, (_, mark) in zip(told, kept, strict=True)]


def _reclassified(
    store: Store,
    app: str,
    made: list[tuple[Incident, datetime]],
    as_of: datetime | None,
) -> list[Alarm]:
    """What the log already says of changed readings, and what has changed now.

    made: incidents, each with the last moment that what it is of is known of.
    """
    known = {name: until for one, until in made for name in (one.id, *one.joined)}
    log = [
        alarm
        for alarm in stored_alarms(store, app)
        if alarm.kind == "reclassified"
        and alarm.incident in known
        and alarm.at <= known[alarm.incident]
    ]
    if as_of is None:
        before = {one.id: one for one in listed_incidents(store, app)}
        changed = [
            swing_to_incident.reclassified(before[one.id], one, until)
            for one, until in made
            if one.id in before
        ]
        log += [alarm for alarm in changed if alarm is not None]
    return log


def _note(store: Store, app: str, now: datetime, failure: str | None) -> bool:
    """Tells the store how the app's analysis ended; whether it could be told.

    failure: why it failed; None if it worked.
    """
    try:
        if failure is None:
            store.analyses.note_success(app, now)
        else:
            store.analyses.note_failure(app, now, failure)
    except StoreError as error:  # whatever broke the analysis may keep the store from knowing
        log.warning("%s: how the analysis ended could not be noted: %s", app, error)
        return False
    return True


def _why(error: Exception, plain: Callable[[str], str]) -> str:
    """An error as a kept reason; one that was expected and has no code says its own words."""
    if isinstance(error, StoreError) and error.why is not None:
        return cleaned(error.why, plain)
    if isinstance(error, FloodgaugeError):
        return plain(str(error))
    return reason("failed-unexpected", error=plain(f"{type(error).__name__}: {error}"))


def _named(progress: Progress | None, what: str) -> PartDone | None:
    return None if progress is None else lambda done, total: progress(what, done, total)


def _analyze_elsewhere(
    settings: Settings,
    url: str,
    secret: bytes,
    app: str,
    now: datetime,
    as_of: datetime | None,
) -> AnalysisReport:
    with open_store(url, secret=secret) as store:
        return analyze_app(settings, store, app, now, as_of)
