"""Quiet blocks and conformal p-values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from analysis.evidence.quiet_blocks import (
    block_size,
    blocks,
    conformal,
    conformal_two_sided,
    even_sample,
    independent,
    quiet_p,
)

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


@given(st.floats(-1e6, 1e6), VALUES)
def test_conformal_is_the_share_at_least_as_large(value: float, null: list[float]) -> None:
    naive = (1 + sum(v >= value - 1e-12 for v in null)) / (1 + len(null))
    assert conformal(value, null) == naive
    assert 0 < conformal_two_sided(value, null) <= 1


@given(st.integers(0, 2000), st.integers(1, 400))
def test_blocks_lie_inside_the_reference(reference: int, items: int) -> None:
    size = block_size(items, reference)
    starts = blocks(reference, size)
    assert starts.size <= 60
    assert all(0 <= start <= reference - size for start in starts)
    assert np.unique(starts).size == starts.size


def test_conformal_is_uniform_for_exchangeable_values() -> None:
    rng = np.random.default_rng(1)
    p = [conformal(*(lambda v: (v[0], v[1:]))(rng.normal(size=40))) for _ in range(2000)]
    assert abs(np.mean(np.array(p) <= 0.1) - 0.1) < 0.025


@given(st.integers(1, 500), st.integers(1, 100))
def test_even_samples_keep_order_and_size(n: int, size: int) -> None:
    chosen = even_sample(n, size)
    assert chosen.size == min(n, size)
    assert (np.diff(chosen) > 0).all()


@pytest.mark.parametrize("two_sided", [True, False])
@pytest.mark.parametrize("drift", [0.0, 0.97])
def test_overlapping_blocks_keep_to_the_level(two_sided: bool, drift: float) -> None:
    """Eight blocks fit side by side; drift: how much of a block's level the next review keeps."""
    rng = np.random.default_rng(2)
    size, past, found, plain = 20, 160, [], []
    for _ in range(600):
        noise = rng.normal(size=past + size)
        series = lfilter([1.0], [1.0, -drift], noise) if drift else noise
        null = np.array([series[s : s + size].mean() for s in blocks(past, size)])
        value = float(series[past:].mean())
        found.append(quiet_p(value, null, past / size, two_sided=two_sided))
        plain.append((conformal_two_sided if two_sided else conformal)(value, null))
    assert np.mean(np.array(found) <= 0.05) <= 0.075
    assert np.mean(np.array(plain) <= 0.05) > np.mean(np.array(found) <= 0.05)


def test_the_same_blocks_everywhere_still_see_what_never_was() -> None:
    never = np.zeros(60)
    assert quiet_p(1.0, never, 8, share_of=20) <= 0.02
    assert quiet_p(0.0, never, 8, share_of=20) == 1.0
    assert quiet_p(1.0, never, 8) > 0.1  # eight observations without scatter say no more


@given(st.floats(-1e6, 1e6), VALUES, st.floats(1, 60))
def test_it_never_says_more_than_the_ranks(value: float, null: list[float], fit: float) -> None:
    assert conformal(value, null) <= quiet_p(value, null, fit) <= 1
    assert conformal_two_sided(value, null) <= quiet_p(value, null, fit, two_sided=True) <= 1


@given(st.floats(1, 200), VALUES)
def test_blocks_are_worth_no_more_than_fit_side_by_side(fit: float, null: list[float]) -> None:
    assert 2 <= independent(np.array(null), fit) <= max(2.0, min(len(null), fit))
