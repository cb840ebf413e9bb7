"""The demo's drill: a simulated Sunday on local platforms, collected and analysed as a live app.

Only the platforms are simulated. Sources, store and analysis are those of every deployment, and
the client libraries are the real ones.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from analysis.run import analyze
from analysis.simulate import World, simulate
from analysis.simulate.collecting import around_events, collect_world
from analysis.simulate.drill import iwatch_drill
from analysis.simulate.standins.everything import app_table
from analysis.words.catalogue import english
from analysis.words.run_ends import told
from collector.progress import Progress
from collector.records import RunReport
from collector.settings.config import Settings
from collector.store import Store

SEED = 2020


def run_drill(
    store: Store,
    *,
    progress: Progress = lambda *_: None,
    say: Callable[[str], object] = lambda _: None,
) -> str:
    """Runs the drill into a store; returns the app's key.

    progress: what is being done, done so far, of how many. say: takes lines for people.
    """
    world = simulate(iwatch_drill(), SEED)
    moments = list(around_events(world))
    say("Simulated stores and networks run on 127.0.0.1; they are collected as the real ones are,")
    say(
        f"{len(moments)} times from {moments[0]:%d %B} to {moments[-1]:%d %B %Y}, "
        "hour by hour around the events."
    )
    done = 0

    def tell(_: object) -> None:
        nonlocal done
        progress("collecting, run by run", done, len(moments))
        done += 1

    with tempfile.TemporaryDirectory(prefix="floodgauge-drill-") as private:
        reports = collect_world(store, world, moments, Path(private), tell=tell)
    progress("collecting, run by run", done, len(moments))
    for line in summary(store, world, reports):
        say(line)
    settings = Settings.model_validate({"apps": {world.app: app_table(world)}})
    analyze(settings, store, world.end, apps=[world.app], progress=progress)
    return world.app


def summary(store: Store, world: World, reports: Sequence[RunReport]) -> Iterator[str]:
    """One line a source: what it gave in all, what it cost, and what it did not get."""
    items = store.items.frame(world.app)
    counts = Counter(zip(items["source"], items["kind"], strict=True))
    found = {source: f"{count} {kind}s" for (source, kind), count in counts.items()}
    found["feeds"] = f"{len(store.timeline.context(world.app))} headlines"
    for source in dict.fromkeys(report.source for report in reports):
        mine = [report for report in reports if report.source == source]
        requests = sum(report.requests for report in mine)
        cost = sum(report.cost_usd for report in mine)
        paid = f", ${cost:.2f}" if cost else ""
        short = [report for report in mine if report.outcome != "ok"]
        missed = (
            f"; {len(short)} runs not complete: {told(short[-1].stop_reason, english())}"
            if short
            else ""
        )
        yield f"  {source}: {found.get(source, 'nothing')} in {requests} requests{paid}{missed}"
