"""What a store holds, in a line."""

from collector.store.moving.copying import Copied


def told(held: Copied) -> str:
    """Items, apps, runs, rows and the beginning of the checksum."""
    rows = held.rows
    items, apps, runs = (rows.get(name, 0) for name in ("items", "apps", "runs"))
    return (
        f"{items:,} items of {apps:,} apps, {runs:,} runs, {sum(rows.values()):,} rows in all, "
        f"checksum {held.checksum[:16]}"
    )
