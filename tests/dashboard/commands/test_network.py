"""`network`: a file in any form, or the store; numbers, never an account."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.dashboard.commands.test_import_and_status import Floodgauge, floodgauge

__all__ = ["floodgauge"]  # a fixture

ROWS = pd.DataFrame({
    "account_id": ["anna", "bert", "anna", "bert", "carl"],
    "object_id": ["x", "x", "y", "y", "y"],
    "content_id": list("12345"),
    "timestamp_share": [0, 60, 1000, 1030, 9000],
    "object_type": ["url", "url", "hashtag", "hashtag", "hashtag"],
})  # fmt: skip
NUMBERS = ["rows", "vertices", "edges", "edges_over_threshold", "vertices_over_threshold"]


def written(folder: Path, kind: str) -> Path:
    path = folder / f"shares.{kind}"
    if kind == "parquet":
        ROWS.to_parquet(path)
    elif kind == "jsonl":
        ROWS.to_json(path, orient="records", lines=True)
    elif kind == "utf16.csv":
        ROWS.to_csv(path, index=False, encoding="utf-16")
    else:
        ROWS.to_csv(path, index=False, sep={"tsv": "\t", "semicolon.csv": ";"}.get(kind, ","))
    return path


@pytest.mark.parametrize(
    "kind", ["csv", "tsv", "semicolon.csv", "utf16.csv", "parquet", "jsonl", "csv.gz"]
)
def test_a_file_of_any_form_gives_the_same_numbers(
    floodgauge: Floodgauge, tmp_path: Path, kind: str
) -> None:
    given = floodgauge("network", written(tmp_path, kind), "--min-participation", "1", "--json")
    found = json.loads(given.out)
    assert [found[name] for name in NUMBERS] == [2, 2, 1, 0, 0]
    assert found["seconds"] >= 0


def test_sentences_name_numbers_and_no_account(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = written(tmp_path, "csv")
    said = floodgauge("network", path, "--object-type", "url", "--min-participation", "1").out
    assert "1 pair of shares lies within 60 s of each other." in said
    assert "anna" not in said


def test_the_store_s_posts_are_read_without_a_file(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    lines = ["review_id,author,created_at,text,source"]
    for number, (author, second) in enumerate([("anna", 0), ("bert", 20), ("carl", 300)]):
        moment = f"2026-01-01T00:{second // 60:02}:{second % 60:02}Z"
        lines.append(f"{number},{author},{moment},please all of you flood the app,bluesky")
    path.write_text("\n".join(lines) + "\n")
    assert floodgauge("import", path, "--app", "tips").code == 0
    given = floodgauge("network", "--min-participation", "1", "--json")
    assert [json.loads(given.out)[name] for name in NUMBERS[:3]] == [1, 2, 1]
    out = tmp_path / "edges.csv"
    assert floodgauge("network", "--min-participation", "1", "-o", out).code == 0
    assert pd.read_csv(out).loc[0, ["account", "account_other"]].tolist() == [0, 1]


def test_chance_and_files(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path, out = written(tmp_path, "csv"), tmp_path / "edges.parquet"
    given = floodgauge("network", path, "--min-participation", "1", "--chance", "-o", out)
    assert "More than chance explains" in given.out
    assert pd.read_parquet(out)["weight"].tolist() == [2]
    found = json.loads(floodgauge("network", path, "--chance", "--json").out)
    assert found["chance"]["edges"] == 0
    assert floodgauge("network", path, "-o", tmp_path / "edges.txt").code == 2


def test_what_cannot_be_is_said_in_a_line(floodgauge: Floodgauge, tmp_path: Path) -> None:
    path = written(tmp_path, "csv")
    for arguments, said in [
        ((path, "--window", "soon"), "is no span"),
        ((path, "--object-type", "song"), "no object of type 'song'"),
        ((tmp_path / "none.csv",), "no such file"),
        (("--object-type", "repost"), "the store does not keep"),
    ]:
        given = floodgauge("network", *arguments)
        assert given.code == 2
        assert said in given.err
