"""How often named causes are right: scores of the benchmarks of the cause, with intervals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import beta
from sklearn.metrics import roc_auc_score

from analysis.incidents import cause as verdict

THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was answered, and what would have been right."""

    app: str
    truth: str
    answer: str
    probability: float
    causes: Mapping[str, float]

    @property
    def fault(self) -> float | None:
        """Probability of a fault against something outside the app; None where it was not asked."""
        fault = self.causes["release"] + self.causes["service"]
        external = self.causes["external"]
        return fault / (fault + external) if fault and external else None

    def at(self, threshold: float) -> str:
        """The answer that another threshold would have given."""
        best = max(verdict.CAUSES, key=lambda cause: self.causes[cause])
        return best if self.causes[best] >= threshold else "undetermined"


def interval(right: int, of: int) -> tuple[float, float]:
    """95 % interval of a share (Clopper and Pearson 1934)."""
    low = float(beta.ppf(0.025, right, of - right + 1)) if right else 0.0
    high = float(beta.ppf(0.975, right + 1, of - right)) if right < of else 1.0
    return low, high


def score(judged: Sequence[Judged]) -> dict[str, Any]:
    """Share decided, accuracy when decided, confusion, fault against external."""
    scored = [j for j in judged if j.truth]
    decided = [j for j in scored if j.answer != "undetermined"]
    right = sum(j.answer == j.truth for j in decided)
    sides = [
        j for j in scored if j.truth in (*verdict.BY_FAULTS, "external") and j.fault is not None
    ]
    majority = Counter(j.truth for j in scored).most_common(1)[0]
    return {
        "events": len(scored),
        "decided": len(decided),
        "share_decided": len(decided) / len(scored),
        "right": right,
        "accuracy_decided": right / len(decided) if decided else None,
        "accuracy_interval": interval(right, len(decided)) if decided else None,
        "mean_probability_decided": float(np.mean([j.probability for j in decided] or [0])),
        "majority_class": majority[0],
        "majority_share": majority[1] / len(scored),
        "apps": len({j.app for j in scored}),
        "misses": [
            {"app": j.app, "truth": j.truth, "answer": j.answer, "probability": j.probability}
            for j in decided
            if j.answer != j.truth
        ],
        "fault_against_external": len(sides),
        "fault_against_external_auc": _auc(sides),
        "fault_against_external_auc_interval": auc_interval(sides),
        "confusion": {
            truth: dict(Counter(j.answer for j in scored if j.truth == truth))
            for truth in sorted({j.truth for j in scored})
        },
    }


def by_threshold(judged: Sequence[Judged]) -> dict[str, str]:
    """Right of decided at each threshold."""
    found = {}
    for threshold in THRESHOLDS:
        answers = [(j.at(threshold), j.truth) for j in judged if j.truth]
        decided = [(answer, truth) for answer, truth in answers if answer != "undetermined"]
        found[str(threshold)] = f"{sum(a == t for a, t in decided)} of {len(decided)}"
    return found


def calibration(judged: Sequence[Judged]) -> dict[str, float]:
    """Log loss of the causes' probabilities as they are, and with the best single temperature.

    A best temperature near 1 says that the probabilities need no mending.
    """
    scored = [j for j in judged if j.truth and sum(j.causes[c] for c in verdict.CAUSES) > 0]

    def loss(temperature: float) -> float:
        p = np.array([[max(v, 1e-3) for v in j.causes.values()] for j in scored])
        p = p ** (1 / temperature)
        p /= p.sum(axis=1, keepdims=True)
        at = [list(j.causes).index(j.truth) for j in scored]
        return float(-np.log(p[np.arange(len(scored)), at]).mean())

    best = min((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0, 3.0), key=loss)
    return {"events": len(scored), "log_loss": loss(1.0), "temperature": best, "then": loss(best)}


def auc_interval(judged: Sequence[Judged], times: int = 1000) -> tuple[float, float] | None:
    """95 % interval of the AUC: apps drawn with replacement (bootstrap)."""
    rng = np.random.default_rng(4)
    apps = sorted({j.app for j in judged})
    of_app = {app: [j for j in judged if j.app == app] for app in apps}
    drawn = (rng.choice(len(apps), len(apps)) for _ in range(times))
    found = [_auc([j for n in draw for j in of_app[apps[int(n)]]]) for draw in drawn]
    values = [auc for auc in found if auc is not None]
    if not values:
        return None
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def _auc(judged: Sequence[Judged]) -> float | None:
    truth = [j.truth in verdict.BY_FAULTS for j in judged]
    if len(set(truth)) < 2:
        return None
    return float(roc_auc_score(truth, [j.fault or 0.0 for j in judged]))
