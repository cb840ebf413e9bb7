"""The benchmark of networks, in small."""

import re

import numpy as np

from benchmarks.network import large, planted


def test_many_shares_are_counted() -> None:
    (line,) = large.large_lines(60_000)
    assert line.startswith("60,000 shares: ")
    assert int(re.findall(r"([\d,]+) pairs,", line)[0].replace(",", "")) > 1_000


def test_texts_are_found_as_by_looking_at_all_pairs() -> None:
    found, _ = large.text_lines(2_000, 1_500)
    precision, recall = (float(n) for n in re.findall(r"(?:precision|recall) ([\d.]+\d)", found))
    assert precision == 1.0
    assert recall >= 0.98


def test_a_planted_group_is_told_by_chance_and_not_by_the_percentile_alone() -> None:
    rng = np.random.default_rng(3)
    found, of_chance = planted.told(planted.planted(rng, planted.crowd(rng, 1_500), 10, 4))
    inside = {
        rule: found.graph[planted.chosen(rule, found, of_chance)].vertices for rule in planted.RULES
    }
    assert np.count_nonzero(inside["chance"] >= planted.GROUP) == 10
    assert np.count_nonzero(inside["chance"] < planted.GROUP) <= 1
    assert np.count_nonzero(inside["percentile .5"] < planted.GROUP) > 5
