"""A network as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import networkx as nx
import pandas as pd

from collector.errors import ContractError


class HasTables(Protocol):
    """What gives the tables of a network."""

    def edge_list(self, *, chance: bool = False) -> pd.DataFrame:
        """One row an edge."""
        ...

    def account_table(self, *, chance: bool = False) -> pd.DataFrame:
        """One row an account."""
        ...


def write(network: HasTables, path: Path, *, chance: bool) -> Path:
    """The edge list, or the graph as .graphml. Raises ContractError for another ending."""
    if path.suffix not in ENDINGS:
        raise ContractError(f"network: {path.name} must end in {', '.join(ENDINGS)}")
    try:
        ENDINGS[path.suffix](network, path, chance)
    except OSError as error:
        raise ContractError(f"network: cannot write {path}: {error.strerror}") from error
    return path


def _csv(network: HasTables, path: Path, chance: bool) -> None:
    network.edge_list(chance=chance).to_csv(path, index=False)


def _parquet(network: HasTables, path: Path, chance: bool) -> None:
    network.edge_list(chance=chance).to_parquet(path, index=False)


def _lines(network: HasTables, path: Path, chance: bool) -> None:
    frame = network.edge_list(chance=chance)
    frame.to_json(path, orient="records", lines=True, date_format="iso")


def _graphml(network: HasTables, path: Path, chance: bool) -> None:
    graph: Any = nx.Graph()
    for row in _plain(network.account_table(chance=chance)):
        graph.add_node(str(row.pop("account")), **row)
    for row in _plain(network.edge_list(chance=chance)):
        graph.add_edge(str(row.pop("account")), str(row.pop("account_other")), **row)
    nx.write_graphml(graph, path)


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of values that GraphML knows; what is missing is left out."""
    times = frame.select_dtypes(include=["datetimetz"]).columns
    told = frame.assign(**{name: frame[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ") for name in times})
    return [
        {str(name): value for name, value in row.items() if not pd.isna(value)}
        for row in told.to_dict(orient="records")
    ]


ENDINGS: dict[str, Callable[[HasTables, Path, bool], None]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".jsonl": _lines,
    ".graphml": _graphml,
}
"""What a network can be written as."""
