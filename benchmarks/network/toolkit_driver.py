"""Run by a Python that has coordination-network-toolkit: loads messages, computes one network."""

import json
import sys
import time


def main() -> None:
    """Prints seconds and edges as the last line."""
    from coordination_network_toolkit import compute_networks, preprocess
    from coordination_network_toolkit.database import initialise_db

    command, path, window = sys.argv[1:]
    started = time.perf_counter()
    preprocess.preprocess_csv_files("network.db", [path])
    loaded = time.perf_counter()
    compute = {
        "co_retweet": compute_networks.compute_co_retweet_parallel,
        "co_link": compute_networks.compute_co_link_network,
    }[command]
    compute("network.db", int(window), min_edge_weight=1, n_threads=2)
    done = time.perf_counter()
    rows = initialise_db("network.db").execute(f"select * from {command}_network")  # noqa: S608
    edges = sum(1 for one, other, *_ in rows if one < other)
    print(json.dumps({"load": loaded - started, "compute": done - loaded, "edges": edges}))


if __name__ == "__main__":
    main()
