"""Does one version of the app carry the swing?"""

import numpy as np
from numpy.typing import NDArray

from analysis.evidence._case import LEAST_REFERENCE, Case
from analysis.evidence._nulls import block_size, blocks, conformal, even_sample
from analysis.evidence._signal import Signal, untested
from analysis.records import Evidence

NAME = "version_concentration"
LEAST_NAMED = 10  # reviews of the swing that name their version
CLEAR_SHARE = 0.5
CLEAR_GAIN = 0.3


def measure(case: Case) -> Evidence:
    """Largest gain in share of one version over the reviews just before, against quiet blocks.

    Each block is compared with the block before it, so that the ordinary adoption of new versions
    is part of the null.
    """
    now = case.items.frame["version"].dropna().to_numpy(dtype=object)
    past = case.before.frame["version"].dropna().to_numpy(dtype=object)
    if now.size < LEAST_NAMED or past.size < LEAST_REFERENCE:
        return untested(
            NAME, f"{now.size} reviews of the swing and {past.size} earlier ones name a version"
        )
    size = block_size(now.size, past.size // 2)
    version, gain, share = _largest_gain(now[even_sample(now.size, size)], past[-size:])
    null = [
        _largest_gain(past[start + size : start + 2 * size], past[start : start + size])[1]
        for start in blocks(past.size, 2 * size)
    ]
    baseline, p_value = float(np.mean(null)), conformal(gain, null)
    carried = share >= CLEAR_SHARE and gain >= CLEAR_GAIN and p_value <= 0.2
    return Evidence(
        signal=NAME,
        value=gain,
        baseline=baseline,
        p_value=p_value,
        speaks_for="release" if carried else None,
        statement=(
            f"Version {version} carries {share:.0%} of the reviews that name one, "
            f"{gain:+.0%} against the reviews just before; from block to block in quiet times "
            f"the largest gain is {baseline:+.0%}."
        ),
    )


def _largest_gain(
    now: NDArray[np.object_], before: NDArray[np.object_]
) -> tuple[str, float, float]:
    """(version, gain in share, share) of the version that gained most."""
    names, counts = np.unique(now.astype(str), return_counts=True)
    shares = counts / now.size
    earlier = before.astype(str)
    gains = shares - np.array([np.mean(earlier == name) for name in names])
    best = int(np.argmax(gains))
    return str(names[best]), float(gains[best]), float(shares[best])


SIGNAL = Signal(NAME, "Does one version of the app carry the swing?", measure)
