"""The benchmark of networks, in small."""

import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from benchmarks.network import __main__ as network
from benchmarks.network import large, planted, rivals
from benchmarks.talk import __main__ as talk
from benchmarks.talk import judge


def test_many_shares_are_counted() -> None:
    (line,) = large.large_lines(60_000)
    assert line.startswith("60,000 shares: ")
    assert int(re.findall(r"([\d,]+) pairs,", line)[0].replace(",", "")) > 1_000


def test_parts_that_need_no_evaluation_data_run_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = ["--data", str(tmp_path)]
    network.main([*nowhere, "--only", "large", "--rows", "20000"])
    assert capsys.readouterr().out.startswith("20,000 shares: ")
    talk.main([*nowhere, "--only", "cost", "--posts", "2000"])
    assert capsys.readouterr().out.startswith("2,000 posts of two years")


@pytest.mark.parametrize(
    ("benchmark", "only"), [(network, "speed"), (network, None), (talk, "calls"), (talk, None)]
)
def test_parts_that_need_it_say_so(
    benchmark: ModuleType, only: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        benchmark.main(["--data", str(tmp_path), *(["--only", only] if only else [])])
    assert ended.value.code == 2
    assert "no evaluation data in" in capsys.readouterr().err


def test_what_was_not_measured_is_no_number() -> None:
    assert rivals._toolkit_cells(None, 0.1, 0.2) == ("not installed", "not measured")
    assert rivals._toolkit_cells((3.0, 1.0, 7), 0.5, 2.0) == ("3.0 + 1.0", "8 (2 from a CSV on)")
    untold = judge.Row("silent", (judge.Told("a", "b", None),), 0, 1.0)
    assert untold.delay is None
    assert "| 0 of 1 | none told |" in talk._storms([untold])


def test_a_planted_group_is_told_by_chance_and_not_by_the_percentile_alone() -> None:
    rng = np.random.default_rng(3)
    found, of_chance = planted.told(planted.planted(rng, planted.crowd(rng, 1_500), 10, 4))
    inside = {
        rule: found.graph[planted.chosen(rule, found, of_chance)].vertices for rule in planted.RULES
    }
    assert np.count_nonzero(inside["chance"] >= planted.GROUP) == 10
    assert np.count_nonzero(inside["chance"] < planted.GROUP) <= 1
    assert np.count_nonzero(inside["percentile .5"] < planted.GROUP) > 5
