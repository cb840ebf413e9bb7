"""The weights of the cause, fitted to people's blind readings and to what is known of events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from analysis.incidents.cause_model import COMPLAINTS, PRAISE, UNDETERMINED, Side, numbers
from analysis.reasons.kinds import KINDS
from analysis.records import Swing

PENALTY = 0.02  # of each squared weight (ridge)
LIGHT = 0.02  # of that, for the intercepts
SURE_FROM, SURE_AT = 0.35, 0.85  # a reader's certainty at which nothing, and all, is given
KNOWN = 0.7  # given to a cause that is known from elsewhere and that nobody read blind
HALF = 0.5  # weight of such an event
LEAST_PAST = 50  # reviews of an app's past from which it counts as typical
CHARACTERS = {
    "release": "release",
    "service": "service",
    "reaction": "external",
    "coordinated": "external",
    "promotion": "promotion",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person made of an event from about twenty of its reviews."""

    cause: str
    second: str | None
    sure: float


@dataclass(frozen=True, slots=True)
class Event:
    """An event: details of its `new_reasons`, the readings, what is known of it."""

    app: str
    name: str
    lang: str
    character: str
    swing: Swing
    details: Mapping[str, Any]
    readings: tuple[Reading, ...]

    @property
    def praise(self) -> bool:
        """Whether it is of high stars."""
        return self.swing.direction == "positive"


def fit(events: Sequence[Event]) -> dict[str, Side]:
    """Both sides of the model."""
    return {
        name: _side([e for e in events if e.praise == (spec is PRAISE)], spec)
        for name, spec in (("complaints", COMPLAINTS), ("praise", PRAISE))
    }


def _side(events: Sequence[Event], spec: Mapping[str, Sequence[str]]) -> Side:
    typical = _typical(events)
    names = [(cause, name) for cause in spec for name in ("", *spec[cause])]
    answers = [UNDETERMINED, *spec]
    wanted = [(e, t) for e in events if (t := _target(e, answers)) is not None]
    read = [numbers(e.details, typical) for e, _ in wanted]
    x = np.array([[r[name] if name else 1.0 for _, name in names] for r in read])
    target = np.array([t for _, t in wanted])
    weight = np.array([1.0 if e.readings else HALF for e, _ in wanted])
    into = np.array([[float(cause == a) for a in answers] for cause, _ in names])
    cost = PENALTY * np.array([1.0 if name else LIGHT for _, name in names])

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = (x * w) @ into
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        missed = (p - target) * weight[:, None]
        value = -(weight[:, None] * target * np.log(p + 1e-9)).sum() + (cost * w * w).sum()
        return float(value), ((missed @ into.T) * x).sum(axis=0) + 2 * cost * w

    bounds = [(0.0, None) if name else (None, None) for _, name in names]
    found = minimize(loss, np.zeros(len(names)), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights: dict[str, dict[str, float]] = {cause: {} for cause in spec}
    for (cause, name), w in zip(names, found, strict=True):
        weights[cause][name] = round(float(w), 2)
    return Side(weights, typical)


def _typical(events: Sequence[Event]) -> dict[str, float]:
    """Mean share of each kind in the apps' pasts, each app counted once."""
    pasts: dict[str, Mapping[str, int]] = {}
    for event in events:
        before = event.details["kinds"]["before"]
        if sum(before.values()) >= LEAST_PAST:
            pasts[event.app] = before
    shares = [{k: p[k] / sum(p.values()) for k in KINDS} for p in pasts.values()]
    return {k: round(float(np.mean([s[k] for s in shares])), 3) for k in KINDS}


def _target(event: Event, answers: Sequence[str]) -> list[float] | None:
    """How much is given to each answer; None where nothing of it is known."""
    given = dict.fromkeys(answers, 0.0)
    for one in event.readings:
        if one.cause == "launch":
            return None
        sure = min(1.0, max(0.0, (one.sure - SURE_FROM) / (SURE_AT - SURE_FROM)))
        given[one.cause if one.cause in given else UNDETERMINED] += sure
        second = one.second if one.second in given else UNDETERMINED
        given[second] += (1 - sure) / 2
        given[UNDETERMINED] += (1 - sure) / 2
    if not event.readings:
        known = CHARACTERS.get(event.character)
        if known not in given:
            return None
        given |= {known: KNOWN, UNDETERMINED: 1 - KNOWN}
    total = sum(given.values())
    return [given[answer] / total for answer in answers]
