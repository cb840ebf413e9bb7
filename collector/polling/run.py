"""collect: every source of every app once, each on its own, each with a report."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from collector.clock_check import ServerClocks, check
from collector.end_codes import reason
from collector.errors import ConfigError
from collector.http import Http
from collector.polling import titles
from collector.polling.app_ids import claim
from collector.polling.due import Waiting, not_due_until
from collector.polling.enforce_retention import enforce_all
from collector.polling.lacking import lacking_since
from collector.polling.lock import only_one
from collector.polling.source_run import SourceRun
from collector.polling.surroundings import PollEvent, Surroundings, utc_now
from collector.records import RunReport
from collector.settings.config import Settings
from collector.sources import Part, Plan, Source, load_source, source_names
from collector.store import Store


def collect(
    settings: Settings,
    store: Store,
    surroundings: Surroundings | None = None,
    *,
    apps: Sequence[str] | None = None,
    sources: Sequence[str | Source] | None = None,
    waiting: Waiting = "none",
) -> list[RunReport]:
    """Run every configured source of every app; returns a report for each that ran.

    apps, sources: only these; ConfigError for unknown names, and for an app whose key is another
    app's in this store. waiting: leave out sources whose
    last run asked for a later time: none of them, those that cost money, or all. A source that
    another process is running is skipped.
    Raises StoreError when the store fails, ClockError where this machine's clock is wrong; what a
    source raises ends up in its report.
    """
    around = surroundings or Surroundings()
    check(store, around.clock())
    if around.servers is None and around.clock is utc_now:
        around = replace(around, servers=ServerClocks(around.clock))
    unknown = [key for key in apps or () if key not in settings.apps]
    if unknown:
        known = ", ".join(settings.apps) or "none"
        raise ConfigError(f"no app {', '.join(unknown)} in the configuration; it has {known}")
    named = source_names() if sources is None else sources
    loaded = [load_source(each) if isinstance(each, str) else each for each in named]
    reports: list[RunReport] = []
    keys = list(settings.apps if apps is None else dict.fromkeys(apps))
    claim(settings, store, keys)
    settings = titles.with_new_names(settings, store, keys)
    for key in keys:
        store.apps.ensure(key, settings.apps[key].name)
        for source in loaded:
            finished = _turn(settings, store, around, key, source, waiting)
            reports += [finished] if finished is not None else []
    enforce_all(settings.retention, store, around.clock())
    return reports


def _turn(
    settings: Settings,
    store: Store,
    around: Surroundings,
    key: str,
    source: Source,
    waiting: Waiting,
) -> RunReport | None:
    """One source of one app, unless there is a reason to skip it."""

    def skip(why: str, due_at: datetime | None = None) -> None:
        event = PollEvent(app=key, source=source.name, step="skipped", message=why)
        around.progress(replace(event, due_at=due_at))

    plan = plan_for(settings, key, source)
    since = lacking_since(store, key, source, around.clock(), plan)
    if not plan.parts:
        event = PollEvent(app=key, source=source.name, step="skipped", message=plan.off or "")
        around.progress(replace(event, wanted=plan.wanted, since=since))
        return None
    with alone(store, around, key, source) as free:
        if not free:
            skip(reason("off-busy"))
            return None
        # Asked for inside the lock: the run before this one may have ended a moment ago.
        due = not_due_until(store, key, source, around.clock(), waiting)
        if due is not None:
            skip(reason("off-not-due", time=f"{due:%H:%M} UTC"), due_at=due)
            return None
        check(store, around.clock())
        return _run_source(settings, store, around, key, source, plan.parts)


@contextmanager
def alone(store: Store, around: Surroundings, key: str, source: Source) -> Iterator[bool]:
    """Whether no other process runs the source inside the block, here or on another host."""
    with (
        only_one(store.database.url, key, source.name, around.folder() / "locks") as free_here,
        store.database.only_one(_shared_name(key, source)) as free_elsewhere,
    ):
        yield free_here and free_elsewhere


def _shared_name(key: str, source: Source) -> str:
    """What is locked between hosts: an app's source; all of it where it spends one budget."""
    return f"collect {key} {source.name}" if source.free else f"collect {source.name}"


def plan_for(settings: Settings, key: str, source: Source) -> Plan:
    """What a source is to read for an app, or why nothing."""
    app = settings.apps[key]
    if app.sources is not None and source.name not in app.sources:
        return Plan(off=reason("off-left-out"))
    plan = source.plan(app, settings)
    named = app.sources is not None and not plan.parts
    return replace(plan, wanted=True) if named else plan


def _run_source(
    settings: Settings,
    store: Store,
    around: Surroundings,
    key: str,
    source: Source,
    parts: Sequence[Part],
) -> RunReport:
    around.progress(PollEvent(app=key, source=source.name, step="started"))
    http = Http.from_settings(
        settings,
        sleep=around.sleep,
        clock=around.monotonic,
        sample_dir=around.folder() / "samples",
        servers=around.servers,
    )
    with http:
        run = SourceRun(settings, store, around, source, key, http)
        results = run.read(parts)
        finished = run.write_report(results)
        around.progress(PollEvent(app=key, source=source.name, step="finished", report=finished))
        run.look_elsewhere(results)
    return finished
