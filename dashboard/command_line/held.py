"""What a store holds, in a line."""

from collector.store.moving.copying import Copied
from dashboard.command_line.counted import counted


def told(held: Copied) -> str:
    """Items, apps, runs, rows and the beginning of the checksum."""
    rows = held.rows
    items, apps, runs = (rows.get(name, 0) for name in ("items", "apps", "runs"))
    return (
        f"{counted(items, 'item')} of {counted(apps, 'app')}, {counted(runs, 'run')}, "
        f"{counted(sum(rows.values()), 'row')} in all, "
        f"checksum {held.checksum[:16]}"
    )
