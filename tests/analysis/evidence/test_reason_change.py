"""Whether two groups of reviews give the same reasons; reasons will do as well as words."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from analysis.evidence.reason_change import FEWEST, compare, compare_texts


def reasons(rng: np.random.Generator, shares: list[float], n: int) -> csr_array:
    """One column a reason, one row a review."""
    return csr_array(np.eye(len(shares))[rng.choice(len(shares), n, p=shares)])


def test_reasons_instead_of_words() -> None:
    rng = np.random.default_rng(1)
    fault, fee = [0.8, 0.1, 0.1], [0.05, 0.85, 0.1]
    none = csr_array((0, 3))
    assert compare(reasons(rng, fault, 40), reasons(rng, fee, 12), none).differs
    kept = [
        not compare(reasons(rng, fault, 40), reasons(rng, fault, 12), none).differs
        for _ in range(20)
    ]
    assert sum(kept) >= 19


def test_which_group_comes_first_does_not_matter() -> None:
    one = ["the server is down"] * 4 + ["login error"] * 5
    other = ["a fee of five dollars"] * 6 + ["now I have to pay"] * 3
    there, back = compare_texts(one, other), compare_texts(other, one)
    assert there is not None
    assert back is not None
    assert there.alike == pytest.approx(back.alike)
    assert there.differs
    assert back.differs


def test_what_is_said_on_any_day_makes_nothing_alike() -> None:
    usual = ["bad app bad app please"] * 30
    one = [f"bad app please the server is down {n}" for n in range(12)]
    other = [f"bad app please why a fee {n}" for n in range(12)]
    with_past = compare_texts(one, other, usual)
    assert with_past is not None
    assert with_past.alike < 0.2


def test_too_few_texts_say_nothing() -> None:
    assert compare_texts(["down"] * (FEWEST - 1), ["fee"] * 20) is None
    assert compare_texts(["down"] * 20, ["", " ", "!"]) is None
