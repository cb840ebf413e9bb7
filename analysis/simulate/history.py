"""Scenario and seed -> World."""

from datetime import timedelta

from analysis.simulate.drafts import draft_all, stream
from analysis.simulate.plans import ContextPlan, Scenario
from analysis.simulate.publish import Published, all_releases, moment, publish
from analysis.simulate.rhythm import background_times
from analysis.simulate.texts import Dice
from analysis.simulate.totals import snapshots
from analysis.simulate.world import TrueEvent, World
from collector.records import ContextEvent, Release
from collector.times import to_us

STATEMENTS = (
    "Office hours over the holidays",
    "New street lights in the north of the city",
    "Monthly figures of the service",
    "Call for applications: volunteers wanted",
    "Maintenance of the website on Sunday",
    "Results of the residents' survey",
    "Public meeting on the budget",
    "Reminder: how to report a water leak",
)


def simulate(scenario: Scenario, seed: int) -> World:
    """One history of the scenario; the same seed gives the same history."""
    published = publish(scenario, draft_all(scenario, seed), seed)
    return World(
        app=scenario.app,
        name=scenario.name,
        timezone=scenario.timezone,
        start=scenario.start,
        end=scenario.end,
        # The App Store gives whole seconds, so that neighbours may change places.
        items=tuple(sorted(published.items, key=lambda item: item.created_at)),
        edits=published.edits,
        removals=published.removals,
        releases=_releases(scenario),
        context=_context(scenario, seed),
        snapshots=snapshots(scenario, published),
        truth=_truth(scenario, published),
        ids=scenario.ids,
    )


def _releases(scenario: Scenario) -> tuple[Release, ...]:
    return tuple(
        Release(
            app=scenario.app,
            source=source,
            version=plan.version,
            released_at=plan.at,
            first_seen=plan.at,
            notes=plan.notes,
        )
        for plan in sorted(all_releases(scenario), key=lambda plan: plan.at)
        for source, _ in scenario.shops
    )


def _context(scenario: Scenario, seed: int) -> tuple[ContextEvent, ...]:
    """Headlines of the scenario and its events, among the agency's ordinary statements."""
    plans = [*scenario.context, *(c for event in scenario.events for c in event.context)]
    rng = stream(seed, "statements")
    per_day = scenario.statements_per_year / 365
    start, end = to_us(scenario.start), to_us(scenario.end)
    dice = Dice(rng)
    for at_us in background_times(rng, start, end, per_day, 0.0, scenario.timezone).tolist():
        plans.append(ContextPlan(at=moment(at_us), kind="statement", title=dice.pick(STATEMENTS)))
    plans = sorted((p for p in plans if scenario.start <= p.at < scenario.end), key=lambda p: p.at)
    return tuple(
        ContextEvent(
            app=scenario.app,
            source="agency_feed" if plan.kind == "statement" else "news_feed",
            event_id=f"{scenario.app}-{number}",
            at=plan.at,
            kind=plan.kind,
            title=plan.title,
            url=None,
            first_seen=plan.at,
        )
        for number, plan in enumerate(plans)
    )


def _truth(scenario: Scenario, published: Published) -> tuple[TrueEvent, ...]:
    truth: list[TrueEvent] = []
    for number, plan in enumerate(scenario.events):
        mine = [
            item
            for item, draft in zip(published.items, published.drafts, strict=True)
            if draft.event == number
        ]
        reviews = [item.created_at for item in mine if item.kind == "review"]
        if not reviews:
            continue
        truth.append(
            TrueEvent(
                kind=plan.kind,
                onset=max(plan.onset, scenario.start),
                end=max(reviews) + timedelta(seconds=1),
                item_ids=frozenset(item.item_id for item in mine if item.item_id),
                cause=plan.cause,
                direction=plan.direction,
                coordinated=plan.coordinated,
            )
        )
    return tuple(truth)
