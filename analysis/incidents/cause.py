"""Evidence -> the likeliest cause with its probability; apart from it, signs of coordination.

Cause: what the reviews are about, and what of it is new, weighed by a small model (cause_model.py).
It is named where it has at least half of what the causes have together, is more likely than
`undetermined`, and only with a reason that many of the reviews give, or a call that led them.

Praise of which at least half are people who take back the low stars that they had given is a
`repair`, by rule: no evaluation data with changed reviews are there to learn it from.

Signs of coordination follow the written rule of coordination_rule.py.
"""

from collections.abc import Mapping, Sequence

from analysis.evidence.coordination.coordination_rule import called, level
from analysis.incidents import file_cut
from analysis.incidents.cause_model import CALLED_FOR, UNDETERMINED, Side, probabilities, shipped
from analysis.reasons.kinds import OF_CAUSE
from analysis.records import Cause, Evidence, GivenReason, Swing, Verdict

CAUSES: tuple[Cause, ...] = ("release", "service", "external", "promotion", "launch")
REPAIR: tuple[Cause, ...] = ("repair",)  # among the causes only where it may be one
TAKEN_BACK = 0.9  # probability of a repair where most of the praise had been complaints
SIGNAL = "new_reasons"
FAULTS = ("failure_words", "fault_level", SIGNAL)  # signals of faults, whatever brought them
LEAST_ITEMS = 10
LEAST_GROWTH = 1.5  # items over expectation
LEAST_A_DAY = 1.0  # items above expectation; what is thinner is a drift
LEAST_AMONG = 0.5  # share of the named cause among the causes
LEAST_GIVEN = 3  # reviews that give the reason that is printed
LEAST_SHARE = 0.1  # of them, or
LEAST_GAIN = 0.05  # gain in share
ALSO = 0.2  # probability of a second cause
ALSO_SHARE = 0.15  # of the reviews give one of its reasons
LAUNCHED = 3.0  # reviews after which a launch is as likely as not


def judge(
    swing: Swing, evidence: Sequence[Evidence], *, model: Mapping[str, Side] | None = None
) -> Verdict:
    """What the swing looks like, and which signs of coordination there are.

    `causes` sum to 1 with `undetermined`; cause_probability is missing where nothing is named.
    """
    coordination = level(evidence)
    read, led = _read(evidence), called(evidence)
    shares = _shares(swing, read, led, model or shipped())
    if is_praise(swing) and is_repair(evidence) and not led:
        shares = {"repair": TAKEN_BACK, "promotion": 1 - TAKEN_BACK}
    if any(e.signal == file_cut.NAME for e in evidence):
        # What rests on the cut of a file may be nothing that happened to the app.
        shares = {UNDETERMINED: 1.0}
    possible = (*CAUSES, *(cause for cause in REPAIR if cause in shares), UNDETERMINED)
    causes = {name: round(shares.get(name, 0.0), 4) for name in possible}
    given = reasons_given(evidence)
    cause = _named(swing, causes, given, led)
    return Verdict(
        cause=cause,
        cause_probability=None if cause == UNDETERMINED else causes[cause],
        causes=causes,
        coordination=coordination,
        also=_also(cause, causes, given),
    )


def reasons_given(evidence: Sequence[Evidence]) -> tuple[GivenReason, ...]:
    """Each reason that the reviews give, the most risen first; none where none can be read."""
    read = _read(evidence)
    kept = ("reason", "reviews", "share", "share_before", "once", "words")
    rows = () if read is None else read.details["reasons"]
    return tuple(GivenReason(**{name: row[name] for name in kept}) for row in rows)


def supports(cause: str, given: GivenReason) -> bool:
    """Whether a reason that is given is one of the cause's, and given by enough."""
    clear = given.share >= LEAST_SHARE or given.share - given.share_before >= LEAST_GAIN
    return given.reason in OF_CAUSE.get(cause, ()) and given.once >= LEAST_GIVEN and clear


def speaks_for(cause: str, signal: str, leaning: str | None) -> bool:
    """Whether a signal that leans to one cause supports this one.

    Complaints about faults lean to `service`, but a bad release breaks things as well.
    """
    return leaning == cause or (cause == "release" and leaning == "service" and signal in FAULTS)


def speaks_against(cause: str, signal: str, leaning: str | None) -> bool:
    """Whether a signal leans to another cause; signs of coordination are no cause."""
    return leaning not in (None, "coordination") and not speaks_for(cause, signal, leaning)


def excess_a_day(swing: Swing) -> float:
    """Items above expectation a day of the swing, at least one day; of an open one to its alarm."""
    end = swing.ended_at or max(swing.alarmed_at, swing.peak_at)
    days = max((end - swing.onset_at).total_seconds() / 86_400, 1.0)
    return (swing.items - swing.expected_items) / days


def is_praise(swing: Swing) -> bool:
    """Whether the swing is of high stars."""
    return swing.direction == "positive"


def is_repair(evidence: Sequence[Evidence]) -> bool:
    """Whether most of the praise is by people who had given low stars before."""
    return any(e.speaks_for == "repair" for e in evidence)


def _read(evidence: Sequence[Evidence]) -> Evidence | None:
    return next((e for e in evidence if e.signal == SIGNAL and "kinds" in e.details), None)


def _shares(
    swing: Swing, read: Evidence | None, called: bool, model: Mapping[str, Side]
) -> Mapping[str, float]:
    if swing.launch and swing.direction != "negative":
        launch = swing.items / (swing.items + LAUNCHED)
        return {"launch": launch, UNDETERMINED: 1 - launch}
    led = _led(swing)
    if read is None:  # ratings without words have no cause but a call
        return {led: CALLED_FOR, UNDETERMINED: 1 - CALLED_FOR} if called else {UNDETERMINED: 1.0}
    side = model["praise" if is_praise(swing) else "complaints"]
    return probabilities(read.details, side, called=led if called else None)


def _named(
    swing: Swing, causes: Mapping[str, float], given: Sequence[GivenReason], led: bool
) -> Cause:
    if "repair" in causes:
        return "repair"
    growth = swing.items / max(swing.expected_items, 0.1)
    if swing.items < LEAST_ITEMS or growth < LEAST_GROWTH or excess_a_day(swing) < LEAST_A_DAY:
        return "undetermined"
    best = max(CAUSES, key=lambda cause: causes[cause])
    rest = causes[UNDETERMINED]
    if causes[best] <= rest or causes[best] < LEAST_AMONG * (1 - rest):
        return "undetermined"
    shown = best == "launch" or (led and best == _led(swing))  # by the history, by the call
    return best if shown or any(supports(best, one) for one in given) else "undetermined"


def _led(swing: Swing) -> Cause:
    """The cause that a call to action speaks for."""
    return "promotion" if is_praise(swing) else "external"


def _also(cause: Cause, causes: Mapping[str, float], given: Sequence[GivenReason]) -> Cause | None:
    """A second cause that many of the reviews give a reason of; None where none is named first."""
    if cause in (UNDETERMINED, "launch", *REPAIR):
        return None
    others = [one for one in CAUSES if one != cause and causes[one] >= ALSO]
    for other in sorted(others, key=lambda one: -causes[one]):
        own = set(OF_CAUSE.get(other, ())) - set(OF_CAUSE[cause])
        if any(one.reason in own and one.share >= ALSO_SHARE for one in given):
            return other
    return None
