"""App histories with known events, for the demo, drills, calibration and tests.

`simulate(scenarios.iwatch_drill(), seed=0)` gives a World: items, edits, removals, releases,
statements, rating totals, and the truth about what was injected. A scenario is data: combine
`scenarios.quiet(...)` with the events of `analysis.simulate.events`.
"""

from analysis.simulate import events, scenarios
from analysis.simulate.history import simulate
from analysis.simulate.plans import Burst, EventPlan, Scenario
from analysis.simulate.world import Edit, EventKind, Removal, TrueEvent, World

__all__ = [
    "Burst",
    "Edit",
    "EventKind",
    "EventPlan",
    "Removal",
    "Scenario",
    "TrueEvent",
    "World",
    "events",
    "scenarios",
    "simulate",
]
