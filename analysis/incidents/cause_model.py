"""The cause from what the reviews are about: a small model whose every number can be checked.

Each review counts under one kind of thing (analysis/reasons/kinds.py), nearly equal texts once. The
model reads the share of a kind and what of it is new; each number speaks for one cause and against
none, so that more reviews of one kind never make its cause less likely. What no cause can claim is
`undetermined`. The weights are in cause_model.json, written by `python -m benchmarks.cause --train`
from people's blind readings: their doubts are in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any

from analysis.reasons.kinds import KINDS

FILE = "cause_model.json"
UNDETERMINED = "undetermined"
# Which numbers speak for which cause: the share of a kind, and `+` what of it is new.
COMPLAINTS: Mapping[str, tuple[str, ...]] = {
    "release": ("update", "update+", "version+", "device+"),
    "service": ("fault", "fault+", "feature+"),
    "external": ("outside", "outside+", "terms+"),
}
PRAISE: Mapping[str, tuple[str, ...]] = {
    "release": ("update+", "version+", "device+"),
    "promotion": ("asked", "asked+"),
    "external": ("outside", "outside+", "terms+"),
}
DOUBT = 3.0  # reviews that say nothing, added to those that are counted
TYPICAL = 20.0  # typical reviews of other apps, added to the app's own past
GROWN = 0.1  # gain in share of a version that can carry a release
SYSTEM_GROWN = 0.15  # the same of a phone's system or make
CALLED = 2.5  # logarithm of the odds that a call that led the reviews adds
CALLED_FOR = 1 / (1 + exp(-CALLED))  # probability where nothing but the call is known


@dataclass(frozen=True, slots=True)
class Side:
    """The model of complaints or of praise. weights: by cause and number, `` the intercept.

    typical: usual share of each kind in other apps.
    """

    weights: Mapping[str, Mapping[str, float]]
    typical: Mapping[str, float]


@cache
def shipped() -> Mapping[str, Side]:
    """The weights in the repository: `complaints` and `praise`."""
    data = json.loads(files("analysis.incidents").joinpath(FILE).read_text("utf-8"))
    return {name: Side(one["weights"], one["typical"]) for name, one in data["sides"].items()}


def numbers(details: Mapping[str, Any], typical: Mapping[str, float]) -> dict[str, float]:
    """What the model reads, from the details of the signal `new_reasons`."""
    now, before = details["kinds"]["now"], details["kinds"]["before"]
    of, earlier = sum(now.values()), sum(before.values())
    found = {}
    for kind in KINDS:
        share = now[kind] / (of + DOUBT)
        usual = (before[kind] + TYPICAL * typical[kind]) / (earlier + TYPICAL)
        found[kind], found[f"{kind}+"] = share, max(0.0, share - usual)
    found["version+"] = max(0.0, version_gain(details) or 0.0)
    return found


def version_gain(details: Mapping[str, Any]) -> float | None:
    """How much the share of the version that grew most grew; None where versions are not named."""
    version = details.get("version")
    if version is None:
        return None
    return float(version["reviews"] / (version["of"] + DOUBT) - version["share_before"])


def probabilities(
    details: Mapping[str, Any], side: Side, *, called: str | None = None
) -> dict[str, float]:
    """Probability of each cause that can be, and of `undetermined`; they sum to 1.

    called: the cause that a call which led the reviews speaks for.
    """
    found = numbers(details, side.typical)
    scores = {
        cause: sum(w * (found[name] if name else 1.0) for name, w in weights.items())
        for cause, weights in side.weights.items()
        if cause != "release" or can_be_release(details, found)
    }
    if called is not None:
        scores[called] = scores.get(called, 0.0) + CALLED
    odds = {cause: exp(score) for cause, score in scores.items()}
    whole = 1.0 + sum(odds.values())
    return {**{cause: one / whole for cause, one in odds.items()}, UNDETERMINED: 1.0 / whole}


def can_be_release(details: Mapping[str, Any], found: Mapping[str, float]) -> bool:
    """Whether a version, or a phone's system, is new or has grown, or nobody names versions."""
    gain = version_gain(details)
    return gain is None or gain >= GROWN or found["device+"] >= SYSTEM_GROWN
