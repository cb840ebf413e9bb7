"""All platforms of one simulated history: two shops, their owners' APIs, networks and feeds."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.bluesky import HANDLE, PASSWORD
from analysis.simulate.standins.feeds import FeedServer
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.loopback import StandIn
from analysis.simulate.standins.owner import AppStoreConnectServer, PlayDeveloperServer
from analysis.simulate.standins.shop import Shop
from analysis.simulate.standins.social import social_stand_ins
from analysis.simulate.standins.x import XServer
from analysis.simulate.world import World


def store_stand_ins(world: World, clock: Callable[[], datetime]) -> dict[str, StandIn]:
    """Host of the real service -> its stand-in, not started: both shops and both owners' APIs.

    The public server of a shop and its owner's API share one shop.
    """
    ids = dict(world.ids)
    play = {ids["google_play"]: Shop(world, "google_play", clock)}
    apple = {ids["app_store"]: Shop(world, "app_store", clock)}
    servers: tuple[StandIn, ...] = (
        GooglePlayServer(play),
        AppStoreServer(apple),
        AppStoreConnectServer(apple),
        PlayDeveloperServer(play),
    )
    return {server.host: server for server in servers}


def stand_ins(world: World, clock: Callable[[], datetime]) -> dict[str, StandIn]:
    """Every platform of the world, not started."""
    return {**store_stand_ins(world, clock), **social_stand_ins(world, clock)}


@contextmanager
def served(servers: Mapping[str, StandIn]) -> Iterator[dict[str, str]]:
    """The servers started on free ports of this machine; host -> address."""
    with ExitStack() as stack:
        for server in servers.values():
            stack.enter_context(server)
        yield {host: server.address for host, server in servers.items()}


def app_table(world: World) -> dict[str, Any]:
    """Settings of the app, for a configuration that asks these platforms."""
    countries = sorted({item.country for item in world.reviews if item.country}) or ["us"]
    languages = sorted({item.lang for item in world.reviews if item.lang}) or ["en"]
    return {
        "name": world.name,
        **dict(world.ids),
        "countries": countries,
        "languages": languages,
        "queries": [f'"{world.name}"'],
        "statement_feeds": [f"https://{FeedServer.host}/statement/rss.xml"],
        "news_feeds": [f"https://{FeedServer.host}/news/rss.xml"],
        "timezone": world.timezone,
    }


def settings_of(world: World, addresses: Mapping[str, str]) -> dict[str, Any]:
    """What `collector.settings.config.Settings` needs to collect the world, without the secrets."""
    endpoints = dict(addresses)
    if PlayDeveloperServer.host in endpoints:
        endpoints[PlayDeveloperServer.token_host] = endpoints[PlayDeveloperServer.host]
    approved = {"approved_by": "Simulation", "approved_on": "2020-05-01"}
    return {
        "apps": {world.app: app_table(world)},
        "endpoints": endpoints,
        "bluesky": {"handle": HANDLE},
        "x": {"monthly_budget_usd": 50.0, **approved},
    }


def secrets_of(servers: Mapping[str, StandIn]) -> dict[str, str]:
    """Names of secrets, as settings call them, and what the stand-ins accept."""
    x = servers.get(XServer.host)
    token = {"x_bearer_token": x.token} if isinstance(x, XServer) else {}
    return {"bluesky_app_password": PASSWORD, **token}
