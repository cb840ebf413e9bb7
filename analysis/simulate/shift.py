"""The same history at another time."""

from dataclasses import replace
from datetime import datetime, timedelta

from analysis.simulate.world import World


def shifted(world: World, by: timedelta) -> World:
    """Every time of the world moved by the same span; weekdays and hours move with it."""

    def later(at: datetime | None) -> datetime | None:
        return None if at is None else at + by

    return replace(
        world,
        start=world.start + by,
        end=world.end + by,
        items=tuple(
            replace(
                item,
                created_at=item.created_at + by,
                updated_at=later(item.updated_at),
                reply_at=later(item.reply_at),
            )
            for item in world.items
        ),
        edits=tuple(replace(edit, at=edit.at + by) for edit in world.edits),
        removals=tuple(replace(removal, at=removal.at + by) for removal in world.removals),
        releases=tuple(
            replace(row, released_at=row.released_at + by, first_seen=row.first_seen + by)
            for row in world.releases
        ),
        context=tuple(
            replace(row, at=row.at + by, first_seen=row.first_seen + by) for row in world.context
        ),
        snapshots=tuple(replace(row, at=row.at + by) for row in world.snapshots),
        truth=tuple(replace(e, onset=e.onset + by, end=e.end + by) for e in world.truth),
    )
