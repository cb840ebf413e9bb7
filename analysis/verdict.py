"""Evidence -> the likeliest cause with its probability; apart from it, signs of coordination."""

from collections.abc import Sequence

from analysis.records import Evidence, Swing, Verdict

CAUSES = ("release", "service", "external", "promotion", "launch")


def judge(swing: Swing, evidence: Sequence[Evidence]) -> Verdict:
    """What the swing looks like. A swing without a before is a launch; the rest is undetermined."""
    del evidence  # read once the model has landed
    causes = dict.fromkeys(CAUSES, 1 / len(CAUSES))
    if swing.launch:
        causes = {cause: float(cause == "launch") for cause in CAUSES}
    return Verdict(
        cause="launch" if swing.launch else "undetermined",
        cause_probability=max(causes.values()),
        causes=causes,
        coordination="not_testable",
    )
