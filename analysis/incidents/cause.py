"""Evidence -> the likeliest cause with its probability; apart from it, signs of coordination.

Cause: three yes-or-no questions, each a logistic model with at most three weights that anybody can
read in cause_weights.json (written by `python -m benchmarks.cause --train`):

- complaints: do they, and what is new in them, speak of faults (`release`, `service`) or not
  (`external`)?
- faults: does a version carry them, do they speak of one, do content users write as well
  (`release`), or not (`service`)?
- praise: does a version carry it (`release`) or not (`promotion`)?

Praise of which at least half are people who take back the low stars that they had given is a
`repair`, by rule: no evaluation data with changed reviews are there to learn it from.

Before they are asked the swing must clear plain thresholds (`_answerable`); otherwise, and where no
cause reaches the threshold, the verdict is `undetermined`.

Signs of coordination follow the written rule of analysis/evidence/coordination/.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log, log10

from analysis.evidence.coordination.coordination_rule import level
from analysis.incidents import file_cut
from analysis.records import Cause, Coordination, Evidence, Swing, Verdict

CAUSES: tuple[Cause, ...] = ("release", "service", "external", "promotion", "launch")
REPAIR: tuple[Cause, ...] = ("repair",)  # among the causes only where it may be one
FILE = "cause_weights.json"
QUESTIONS: dict[str, tuple[str, ...]] = {
    "faults_not_external": ("fault_level", "faults"),
    "release_not_service": ("carried", "update_level", "other_pace"),
    "promotion_not_release": ("version",),
}
FAULTS = ("failure_words", "fault_level")  # signals of faults, whatever brought them
BY_FAULTS: tuple[Cause, ...] = ("release", "service")
LEAST_ITEMS = 10
LEAST_GROWTH = 2.5  # items over expectation
LEAST_A_DAY = 2.0  # items above expectation; what is thinner is a drift
UNSUPPORTED = 0.5  # share of the causes' probability that stays where too little is known
PLAIN_GROWTH = 5.0  # growth that needs no support from the words
CHANGED = 1.0  # -log10 p of the words that rose
CLEAR_LEVEL = 1.25  # fault level that needs no support from the words that rose
MOST_LEVEL = 3.0
MOST_PACE = 2.0
STARS_ROSE = 0.25  # mean stars
STARS_CHANGED = 1.1  # -log10 p
PLAIN_PRAISE = 10.0  # growth of praise that needs no significance of the stars
ODD_PRAISE = 0.15  # praise in words of faults is not a promotion
TWO_SIDED = 1.3  # -log10 p; praise amid as unusual complaints is about something in dispute
TAKEN_BACK = 0.9  # probability of a repair where most of the praise had been complaints
CALLED = 0.9  # probability of the answer where a call to action led the reviews


@dataclass(frozen=True, slots=True)
class Question:
    """A logistic model of few numbers: intercept, and a weight by the number's name."""

    intercept: float
    weights: Mapping[str, float]

    def probability(self, numbers: Mapping[str, float]) -> float:
        """Probability of the answer that the question is named after."""
        score = self.intercept + sum(w * numbers[name] for name, w in self.weights.items())
        return 1 / (1 + exp(-score))


@dataclass(frozen=True, slots=True)
class Weights:
    """The model. threshold: probability from which a cause is named."""

    version: int
    threshold: float
    questions: Mapping[str, Question]


@cache
def shipped() -> Weights:
    """The weights in the repository."""
    data = json.loads(files("analysis.incidents").joinpath(FILE).read_text("utf-8"))
    questions = {
        name: Question(entry["intercept"], entry["weights"])
        for name, entry in data["questions"].items()
    }
    return Weights(data["version"], data["threshold"], questions)


def judge(swing: Swing, evidence: Sequence[Evidence], *, weights: Weights | None = None) -> Verdict:
    """What the swing looks like, and which signs of coordination there are.

    `undetermined` has what no cause can claim, so that `causes` sum to 1; cause_probability is the
    chosen one's share of them.
    """
    weights = weights or shipped()
    coordination = level(evidence)
    causes = _causes(swing, evidence, coordination, weights)
    doubted: tuple[Cause, ...] = ()
    if not _answerable(swing, evidence, coordination):
        doubted = CAUSES
    elif coordination != "strong" and not is_praise(swing) and is_less_of_faults(evidence):
        doubted = BY_FAULTS
    causes |= {cause: round(UNSUPPORTED * causes[cause], 4) for cause in doubted}
    best = max((*CAUSES, *(c for c in REPAIR if c in causes)), key=lambda cause: causes[cause])
    # What rests on the cut of a file may be nothing that happened to the app.
    rests_on_a_cut = any(e.signal == file_cut.NAME for e in evidence)
    if rests_on_a_cut:
        causes = dict.fromkeys(CAUSES, 0.0)
    decided = causes[best] >= weights.threshold and not rests_on_a_cut
    cause: Cause = best if decided else "undetermined"
    shares = {**causes, "undetermined": round(max(0.0, 1.0 - sum(causes.values())), 4)}
    return Verdict(
        cause=cause,
        cause_probability=shares[cause],
        causes=shares,
        coordination=coordination,
    )


def numbers(evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the model and the thresholds read; 0 where a signal could not be tested.

    fault_level, update_level: standard deviations above other apps' complaints, within 3; an
        update_level also above the app's own past, whichever is less.
    faults: weight of the words that rose, times 4, between -0.8 and 3.2.
    faults_change, stars_rose: value less baseline.
    other_pace: natural logarithm of the pace of the other stars over the usual, within 2.
    carried, version, two_sided, changed, stars_changed, new_words: -log10 p where the value is
        above its baseline.
    """
    by_name = {e.signal: e for e in evidence}
    faults, stars = by_name.get("failure_words"), by_name.get("star_mix")
    return {
        "faults": 0.0 if faults is None else 4 * max(-0.2, min(0.8, faults.value or 0.0)),
        "faults_change": _difference(faults),
        "fault_level": _level(by_name.get("fault_level")),
        "update_level": _least_level(by_name.get("update_level")),
        "new_words": _surprise(by_name.get("new_words")),
        "carried": _surprise(by_name.get("version_concentration")),
        "version": max(
            _surprise(by_name.get("version_concentration")),
            _surprise(by_name.get("update_words")),
        ),
        "other_pace": _pace(by_name.get("other_stars")),
        "two_sided": _surprise(by_name.get("other_stars")),
        "changed": _surprise(by_name.get("burst_words")),
        "stars_rose": _difference(stars),
        "stars_changed": _surprise(stars),
    }


def is_praise(swing: Swing) -> bool:
    """Which of the questions apply: praise, or complaints (a mixed swing that is judged is one)."""
    return swing.direction == "positive"


def answerable(swing: Swing, evidence: Sequence[Evidence]) -> bool:
    """Is there enough to go by? Thresholds chosen so that quiet spans stay undetermined."""
    found = numbers(evidence)
    growth = swing.items / max(swing.expected_items, 0.1)
    if growth < LEAST_GROWTH or swing.items < LEAST_ITEMS or excess_a_day(swing) < LEAST_A_DAY:
        return False
    if is_praise(swing):
        return (
            found["stars_rose"] >= STARS_ROSE
            and (found["stars_changed"] >= STARS_CHANGED or growth >= PLAIN_PRAISE)
            and found["faults_change"] <= ODD_PRAISE
            and found["two_sided"] < TWO_SIDED
        )
    if swing.direction == "mixed" and found["stars_rose"] > 0.1:
        return False
    return is_tested(evidence) and (
        found["changed"] >= CHANGED
        or growth >= PLAIN_GROWTH
        or abs(found["fault_level"]) >= CLEAR_LEVEL
    )


def speaks_for(cause: str, signal: str, leaning: str | None) -> bool:
    """Whether a signal that leans to one cause supports this one.

    Complaints about faults lean to `service`, but a bad release breaks things as well.
    """
    return leaning == cause or (cause == "release" and leaning == "service" and signal in FAULTS)


def is_less_of_faults(evidence: Sequence[Evidence]) -> bool:
    """Whether the complaints speak less of faults than the app's usual ones do, by every signal of
    faults: then a fault is not what is new, however much they speak of faults beside other apps'.
    """
    tested = [e for e in evidence if e.signal in FAULTS and None not in (e.value, e.baseline)]
    return bool(tested) and all(_difference(e) < 0 for e in tested)


def speaks_against(cause: str, signal: str, leaning: str | None) -> bool:
    """Whether a signal leans to another cause; signs of coordination are no cause."""
    return leaning not in (None, "coordination") and not speaks_for(cause, signal, leaning)


def is_repair(evidence: Sequence[Evidence]) -> bool:
    """Whether most of the praise is by people who had given low stars before."""
    return any(e.speaks_for == "repair" for e in evidence)


def excess_a_day(swing: Swing) -> float:
    """Items above expectation a day of the swing, at least one day; of an open one to its alarm."""
    end = swing.ended_at or max(swing.alarmed_at, swing.peak_at)
    days = max((end - swing.onset_at).total_seconds() / 86_400, 1.0)
    return (swing.items - swing.expected_items) / days


def _answerable(swing: Swing, evidence: Sequence[Evidence], coordination: Coordination) -> bool:
    if swing.launch and swing.direction == "negative":
        # It began inside something else, and what is usual for the app is not known; but the level
        # of faults is held against other apps and needs no past.
        clear = abs(numbers(evidence)["fault_level"]) >= CLEAR_LEVEL
        return clear and swing.items >= LEAST_ITEMS and excess_a_day(swing) >= LEAST_A_DAY
    if swing.launch:
        return excess_a_day(swing) >= LEAST_A_DAY
    return coordination == "strong" or is_repair(evidence) or answerable(swing, evidence)


def _causes(
    swing: Swing, evidence: Sequence[Evidence], coordination: Coordination, weights: Weights
) -> dict[str, float]:
    causes: dict[str, float] = dict.fromkeys(CAUSES, 0.0)
    if swing.launch and swing.direction != "negative":
        return causes | {"launch": 1.0}
    if coordination == "strong":
        rest: dict[str, float] = {
            cause: round((1 - CALLED) / (len(CAUSES) - 1), 4) for cause in CAUSES
        }
        return rest | {"promotion" if is_praise(swing) else "external": CALLED}
    found = numbers(evidence)
    if is_praise(swing) and is_repair(evidence):
        causes |= {"repair": TAKEN_BACK, "promotion": 1 - TAKEN_BACK}
    elif is_praise(swing):
        asked = weights.questions["promotion_not_release"].probability(found)
        causes |= {"promotion": asked, "release": 1 - asked}
    elif is_tested(evidence):
        fault = weights.questions["faults_not_external"].probability(found)
        carried = weights.questions["release_not_service"].probability(found)
        causes |= {
            "external": 1 - fault,
            "release": fault * carried,
            "service": fault * (1 - carried),
        }
    return {cause: round(p, 4) for cause, p in causes.items()}


def is_tested(evidence: Sequence[Evidence]) -> bool:
    """Can the words of the complaints be read at all?"""
    return any(e.signal in FAULTS and e.value is not None for e in evidence)


def _level(evidence: Evidence | None) -> float:
    value = 0.0 if evidence is None else evidence.value or 0.0
    return max(-MOST_LEVEL, min(MOST_LEVEL, value))


def _least_level(evidence: Evidence | None) -> float:
    """An app whose reviews always speak of versions is not speaking of a new one."""
    return min(_level(evidence), max(-MOST_LEVEL, _difference(evidence)))


def _pace(evidence: Evidence | None) -> float:
    if evidence is None or evidence.value is None:
        return 0.0
    return min(MOST_PACE, log(max(evidence.value, exp(-MOST_PACE))))


def _difference(evidence: Evidence | None) -> float:
    if evidence is None or evidence.value is None or evidence.baseline is None:
        return 0.0
    return evidence.value - evidence.baseline


def _surprise(evidence: Evidence | None) -> float:
    if evidence is None or evidence.p_value is None or _difference(evidence) <= 0:
        return 0.0
    return -log10(max(evidence.p_value, 1e-3))
