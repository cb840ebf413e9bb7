"""All social networks and feeds of one simulated history, ready to start."""

from collections.abc import Callable
from datetime import datetime

from analysis.simulate.standins.bluesky import BlueskyServer
from analysis.simulate.standins.feeds import Entry, FeedServer
from analysis.simulate.standins.loopback import StandIn
from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.network import network_of
from analysis.simulate.standins.x import XServer
from analysis.simulate.world import World


def social_stand_ins(world: World, clock: Callable[[], datetime]) -> dict[str, StandIn]:
    """Host of the real service -> its stand-in, not started.

    A post is on one network; on Mastodon it carries the app's name as a hashtag.
    """
    tag = "".join(letter for letter in world.name if letter.isalnum())
    entries = [
        Entry(
            event.title,
            event.at,
            event.url or f"https://{FeedServer.host}/{event.event_id}",
            kind=event.kind,
        )
        for event in world.context
    ]
    servers: tuple[StandIn, ...] = (
        XServer(network_of(world, clock, "x")),
        BlueskyServer(network_of(world, clock, "bluesky")),
        MastodonServer(network_of(world, clock, "mastodon", tag)),
        FeedServer(clock, entries),
    )
    return {server.host: server for server in servers}
