"""Quiet blocks and conformal p-values."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.evidence._nulls import block_size, blocks, conformal, conformal_two_sided, even_sample

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
