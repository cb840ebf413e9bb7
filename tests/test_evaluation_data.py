"""The benchmarks that need the evaluation data say so without them."""

from pathlib import Path

import pytest

import benchmarks.detection.slow_changes
from benchmarks.evaluation_data import evaluation_data


def test_a_benchmark_without_its_data_stops_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["slow_changes", "--data", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        benchmarks.detection.slow_changes.main()
    assert stopped.value.code == 2
    assert "../shared/data" in capsys.readouterr().err
    (tmp_path / "events.json").write_text("[]")
    assert evaluation_data(str(tmp_path)) == tmp_path
