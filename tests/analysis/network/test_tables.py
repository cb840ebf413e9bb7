"""Tables and files of a network: which messages, which accounts, what they share and when."""

from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from analysis.network.network import Network, network
from collector.errors import ContractError
from collector.text.post_parts import written

ROWS = pd.DataFrame(
    [
        ("anna", "x", "m1", 0), ("bert", "x", "m2", 60), ("anna", "y", "m3", 1000),
        ("bert", "y", "m4", 1030), ("carl", "y", "m5", 1031), ("bert", "x", "m6", 61),
        ("dora", "z", "m7", 5000), ("emil", "z", "m8", 5001),
    ],
    columns=["account_id", "object_id", "content_id", "timestamp_share"],
)  # fmt: skip


@pytest.fixture
def found() -> Network:
    return network(ROWS, window=60, min_participation=1)


def test_the_messages_of_an_edge_are_listed(found: Network) -> None:
    for pair in (("anna", "bert"), ("bert", "anna")):
        rows = found.messages(*pair)
        assert list(zip(rows["message"], rows["message_other"], strict=True)) == [
            ("m1", "m2"), ("m3", "m4"),
        ]  # fmt: skip
        assert rows["object"].tolist() == ["x", "y"]
        assert rows["seconds_apart"].tolist() == [60, 30]
    assert found.messages("anna", "dora").empty
    with pytest.raises(ContractError, match="no such account"):
        found.messages("anna", "nobody")


def test_messages_of_each_account_are_that_account_s() -> None:
    """CooRTweet turns the accounts of an edge and not their messages, which mixes the counts."""
    rows = [("a", "x", "a1", 0), ("b", "x", "b1", 1), ("b", "y", "b2", 100), ("a", "y", "a2", 101),
            ("b", "x", "b3", 2)]  # fmt: skip
    edge = network(pd.DataFrame(rows, columns=ROWS.columns), window=10).edge_list().iloc[0]
    assert (edge["account"], edge["messages"], edge["messages_other"]) == ("a", 2, 3)


def test_edges_accounts_and_components(found: Network) -> None:
    edges = found.edge_list(chance=True)
    assert edges["weight"].tolist() == [2, 1, 1, 1]
    assert edges.iloc[0][["account", "account_other"]].tolist() == ["anna", "bert"]
    assert edges["over_threshold"].tolist() == [True, False, False, False]
    assert edges["p_value"].between(0, 1).all()
    accounts = found.account_table()
    assert accounts.set_index("account")["partners"].to_dict() == {
        "anna": 2, "bert": 2, "carl": 2, "dora": 1, "emil": 1,
    }  # fmt: skip
    assert accounts["component"].isna().sum() == 3
    parts = network(ROWS, window=60, min_participation=1, percentile=0).components()
    assert parts["accounts"].tolist() == [2]
    assert parts["most_shared"].tolist() == [["x", "y"]]
    assert parts["first_at"].iloc[0] == pd.Timestamp(0, tz="UTC")
    assert found.components(chance=True).empty


def test_an_empty_network_has_empty_tables() -> None:
    nothing = network(ROWS.iloc[:1])
    for table in (nothing.edge_list(chance=True), nothing.account_table(), nothing.components()):
        assert table.empty


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl", "graphml"])
def test_files_are_read_back(found: Network, tmp_path: Path, ending: str) -> None:
    path = found.write(tmp_path / f"net.{ending}", chance=True)
    if ending == "graphml":
        graph = nx.read_graphml(path)
        assert graph.number_of_nodes() == found.vertices
        assert graph.edges["anna", "bert"]["weight"] == 2
        return
    read = {
        "csv": pd.read_csv,
        "parquet": pd.read_parquet,
        "jsonl": lambda p: pd.read_json(p, lines=True),
    }[ending](path)
    assert read["weight"].tolist() == found.edge_list()["weight"].tolist()


def test_another_ending_is_refused(found: Network, tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="must end in"):
        found.write(tmp_path / "net.gexf")


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("hashtag", "look #बहिष्कार"),
        ("url", "look https://example.org/a"),
        ("text", "we all walk to the square tonight"),
        ("near-text", "we all walk to the square tonight"),
    ],
)
def test_what_a_post_quotes_or_shows_is_not_its_own(kind: str, own: str) -> None:
    other = "nothing of that today at all #other https://example.org/b"
    rows = [
        ("anna", own, 0),
        ("bert", written(own, pictures=["a map of the old town hall"]), 1),
        ("carl", written(other, quoted=[own], pictures=["a map of the old town hall"]), 2),
    ]
    table = pd.DataFrame(rows, columns=["account_id", "text", "timestamp_share"])
    edges = network(table, object_type=kind, window=60, min_participation=1).edge_list()
    assert edges[["account", "account_other"]].to_numpy().tolist() == [["anna", "bert"]]
