"""The command `check`: a line a thing, what to do where it is wrong, and nothing is stored."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
import stamina
from click.testing import Result
from pytest_httpserver import HTTPServer
from typer.testing import CliRunner

from analysis.simulate.standins.app_store import AppStoreServer
from analysis.simulate.standins.bluesky import HANDLE, PASSWORD, BlueskyServer
from analysis.simulate.standins.google_play import GooglePlayServer
from analysis.simulate.standins.mastodon import MastodonServer
from analysis.simulate.standins.owner import AppStoreConnectServer, PlayDeveloperServer
from analysis.simulate.standins.x import XServer
from collector.errors import ConfigError
from collector.polling import costs
from collector.polling.run import alone
from collector.polling.surroundings import Surroundings
from collector.sources import load_source
from collector.store import condition, open_store, schema
from collector.store.engine import resolve_url
from dashboard.command_line.options import Globals
from dashboard.commands import check, collect
from tests.collector.sources.keys import EC_KEY, SERVICE_ACCOUNT
from tests.collector.sources.social import APP, X_TOKEN, Clock, network, posts
from tests.standins.shops import PACKAGE, STORE_ID, bare_shop

# Apprise reads all of its plug-ins, and one of them an old standard module.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

ONE_APP = """
[apps.library-card]
name = "Library Card"
aliases = ["librarycard"]
{more}

[collecting]
timeout_s = 10
requests_per_second = 10
{tables}
[endpoints]
{endpoints}
"""
NETWORK = 'queries = ["librarycard"]\nsources = ["{}"]'


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=1):
        yield


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def social(clock: Clock) -> Iterator[MastodonServer]:
    with MastodonServer(network(clock, *posts(3, until=clock.now))) as server:
        yield server


@pytest.fixture
def made(tmp_path: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Globals]:
    """Options of a configuration with one app."""
    monkeypatch.setenv("FLOODGAUGE_SECRET", secret.hex())

    def make(*servers: Any, more: str = "", tables: str = "") -> Globals:
        endpoints = "\n".join(f'"{server.host}" = "{server.address}"' for server in servers)
        config = tmp_path / "floodgauge.toml"
        config.write_text(ONE_APP.format(more=more, tables=tables, endpoints=endpoints))
        return Globals(f"sqlite:///{tmp_path / 'store.db'}", config)

    return make


@pytest.fixture
def options(made: Callable[..., Globals], social: MastodonServer) -> Globals:
    return made(social, more=NETWORK.format("mastodon"))


def run(options: Globals, *arguments: str) -> Result:
    return CliRunner().invoke(check.app, arguments, obj=options)


def found(options: Globals, *arguments: str) -> dict[str, tuple[bool, str]]:
    """What is checked -> whether it is right, and what is said; the exit code says the same."""
    result = run(options, "--json", *arguments)
    lines = json.loads(result.stdout)
    assert all(line.keys() == {"what", "app", "ok", "message"} for line in lines)
    assert result.exit_code == (0 if all(line["ok"] for line in lines) else 1)
    return {line["what"]: (line["ok"], line["message"]) for line in lines}


def rows(options: Globals) -> list[str]:
    """All that a store holds, read without opening it as a store."""
    engine = sa.create_engine(resolve_url(options.store_url))
    tables = [*schema.metadata.sorted_tables, sa.table("alembic_version", sa.column("version_num"))]
    with engine.connect() as connection:
        held = [repr(connection.execute(sa.select(table)).all()) for table in tables]
    engine.dispose()
    return held


def test_all_right_before_the_first_run(options: Globals, tmp_path: Path, secret: bytes) -> None:
    result = run(options)
    assert result.exit_code == 0
    lines = dict(line.removeprefix("ok     ").split(": ", 1) for line in result.stdout.splitlines())
    assert lines["configuration"].endswith("floodgauge.toml: 1 app")
    assert "nothing is stored yet" in lines["store"]
    assert lines["library-card mastodon"].startswith("answers (mastodon.social#librarycard")
    assert "has not run yet" in lines["library-card next run of mastodon"]
    assert lines["library-card google_play"].startswith("off: ")
    assert "less than 10 minutes apart" in lines["server clocks"]
    assert "FLOODGAUGE_ALERTS" in lines["alerts"]
    assert not (tmp_path / "store.db").exists()
    assert secret.hex() not in result.output


def test_all_right_after_a_run_and_nothing_is_stored(
    options: Globals, social: MastodonServer
) -> None:
    assert CliRunner().invoke(collect.app, [], obj=options).exit_code == 0
    before, asked = rows(options), len(social.requests)
    told = found(options)
    assert all(ok for ok, _ in told.values())
    assert "schema of today and can be written" in told["store"][1]
    assert "not before the newest run" in told["clock"][1]
    assert told["next run of mastodon"][1].startswith("due 20")
    assert rows(options) == before
    assert len(social.requests) == asked + 1


def test_offline_asks_nobody_and_says_so(options: Globals, social: MastodonServer) -> None:
    told = found(options, "--offline")
    assert told["mastodon"] == (True, "on, not asked: --offline")
    assert "server clocks" not in told
    assert social.requests == []
    for asking in ("--send", "--paid"):
        assert isinstance(run(options, "--offline", asking).exception, ConfigError)


@pytest.mark.parametrize(
    ("fault", "said"),
    [("500", "status 500"), ("html", "another shape"), ("reset", "mastodon.social")],
)
def test_a_source_that_fails_is_told(
    options: Globals, social: MastodonServer, fault: Any, said: str
) -> None:
    social.fail(always=fault)
    ok, message = found(options)["mastodon"]
    assert (ok, said in message) == (False, True), message


def test_lines_name_their_app(options: Globals, social: MastodonServer) -> None:
    assert options.config_path is not None
    second = '\n[apps.tip-line]\nname = "Tip Line"\nqueries = ["tipline"]\nsources = ["mastodon"]\n'
    options.config_path.write_text(options.config_path.read_text() + second)
    social.fail("500")
    lines = json.loads(run(options, "--json").stdout)
    asked = {line["app"]: line["ok"] for line in lines if line["what"] == "mastodon"}
    assert asked == {"library-card": False, "tip-line": True}
    assert len(social.requests) == 2


def test_both_shops_are_asked(made: Callable[..., Globals], clock: Clock) -> None:
    shops = (
        GooglePlayServer({PACKAGE: bare_shop("google_play", clock)}),
        AppStoreServer({STORE_ID: bare_shop("app_store", clock)}),
    )
    with shops[0] as play, shops[1] as apple:
        there = f'google_play = "{PACKAGE}"\napp_store = "{STORE_ID}"'
        told = found(made(play, apple, more=there))
        assert (len(play.requests), len(apple.requests)) == (1, 1)
        assert told["google_play"] == (True, "answers (page:us)")
        assert told["app_store"] == (True, "answers (lookup:us)")
        other = 'google_play = "org.example.other"\napp_store = "999999999"'
        told = found(made(play, apple, more=other))
        assert (told["google_play"][0], told["app_store"][0]) == (False, False)


def test_what_is_asked_for_and_lacks_something(
    made: Callable[..., Globals], social: MastodonServer
) -> None:
    account = f'[bluesky]\nhandle = "{HANDLE}"'
    told = found(made(social, more='queries = ["librarycard"]', tables=account), "--offline")
    assert told["bluesky"] == (
        False,
        "is asked for and lacks something: set FLOODGAUGE_BLUESKY_APP_PASSWORD",
    )
    assert told["x"][0]


def test_a_wrong_password_is_found_although_a_session_is_kept(
    made: Callable[..., Globals], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOODGAUGE_BLUESKY_APP_PASSWORD", PASSWORD)
    account = f'[bluesky]\nhandle = "{HANDLE}"'
    with BlueskyServer(network(clock)) as server:
        options = made(server, more=NETWORK.format("bluesky"), tables=account)
        assert CliRunner().invoke(collect.app, [], obj=options).exit_code == 0
        assert found(options)["bluesky"][0]
        monkeypatch.setenv("FLOODGAUGE_BLUESKY_APP_PASSWORD", "wrong-wrong-wrong")
        options = made(server, more=NETWORK.format("bluesky"), tables=account)
        result = run(options)
    assert result.exit_code == 1
    assert "wrong  library-card bluesky: " in result.stdout
    assert "wrong-wrong-wrong" not in result.output


def test_an_owners_key_that_is_no_key_is_told(
    made: Callable[..., Globals], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOODGAUGE_APP_STORE_CONNECT_KEY", EC_KEY)
    ids = '[app_store_connect]\nkey_id = "ABCDEFGHIJ"\nissuer_id = "an-issuer"'
    owner = f'app_store = "{STORE_ID}"\napp_store_route = "owner"\nsources = ["app_store_connect"]'
    with AppStoreConnectServer({STORE_ID: bare_shop("app_store", clock)}) as server:
        assert found(made(server, more=owner, tables=ids))["app_store_connect"][0]
        server.fail(always="403")
        assert not found(made(server, more=owner, tables=ids))["app_store_connect"][0]


def test_the_other_owners_key(
    made: Callable[..., Globals], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = f'google_play = "{PACKAGE}"\ngoogle_play_route = "owner"\nsources = ["play_developer"]'
    with PlayDeveloperServer({PACKAGE: bare_shop("google_play", clock)}) as server:
        token = SimpleNamespace(host=server.token_host, address=server.address)
        assert "PLAY_SERVICE_ACCOUNT" in found(made(server, token, more=owner))["play_developer"][1]
        monkeypatch.setenv("FLOODGAUGE_PLAY_SERVICE_ACCOUNT", SERVICE_ACCOUNT)
        assert found(made(server, token, more=owner))["play_developer"][0]
        assert len(server.requests) == 2  # the token and a page
        server.fail(always="403")
        assert not found(made(server, token, more=owner))["play_developer"][0]


PAID = """
[x]
monthly_budget_usd = 5.0
approved_by = "the board"
approved_on = 2026-01-31
"""


def test_a_paid_source_is_asked_only_when_told_and_counted(
    made: Callable[..., Globals], clock: Clock, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOODGAUGE_X_BEARER_TOKEN", X_TOKEN)
    with XServer(network(clock)) as server:
        options = made(server, more=NETWORK.format("x"), tables=PAID)
        assert "--paid" in found(options)["x"][1]
        assert "no store" in found(options, "--paid")["x"][1]
        assert server.requests == []
        with open_store(options.store_url) as store:
            assert found(options, "--paid")["x"][0]
            assert len(server.requests) == 1
            assert costs.spent(store, "x", datetime.now(UTC)) == pytest.approx(0.005)
            with alone(store, Surroundings(), APP, load_source("x")):
                assert found(options, "--paid")["x"][1].startswith("not asked: ")
            assert len(server.requests) == 1


def test_a_store_of_before_stays_as_it_is(options: Globals) -> None:
    with open_store(options.store_url) as store, store.database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    before = rows(options)
    ok, message = found(options, "--offline")["store"]
    assert (ok, "of an older Floodgauge" in message) == (False, True)
    assert rows(options) == before


def test_a_store_of_a_newer_floodgauge(options: Globals) -> None:
    with open_store(options.store_url) as store, store.database.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    ok, message = found(options, "--offline")["store"]
    assert (ok, "newer Floodgauge" in message) == (False, True)


def test_a_store_with_another_secret(options: Globals, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(options.store_url).close()
    monkeypatch.setenv("FLOODGAUGE_SECRET", "another secret, which is long enough")
    ok, message = found(options, "--offline")["store"]
    assert (ok, "FLOODGAUGE_SECRET_FILE" in message) == (False, True)


def test_no_store_at_all(options: Globals, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("this is a text, and no database, whatever its name says\n")
    told = found(options, "--offline")
    assert "not a Floodgauge store" in told["store"][1]
    assert not [what for what in told if what == "clock" or what.startswith("next run")]
    options.store_url = "mysql://here/there"
    told = found(options, "--offline")
    assert not told["store"][0]
    assert not told["disk"][0]


def test_a_store_that_cannot_be_written(options: Globals, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, who may write everything."""
    open_store(options.store_url).close()
    monkeypatch.setattr("collector.store.engine.is_writable", lambda _: False)
    ok, message = found(options, "--offline")["store"]
    assert (ok, "read-only" in message) == (False, True)


def test_on_a_server(options: Globals, postgres_url: str) -> None:
    options.store_url = postgres_url
    assert "nothing is stored yet" in found(options, "--offline")["store"][1]
    open_store(postgres_url).close()
    told = found(options, "--offline")
    assert told["store"][0]
    assert "on a server" in told["disk"][1]
    engine = sa.create_engine(resolve_url(postgres_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = connection.execute(sa.text("SELECT current_database()")).scalar_one()
        connection.execute(
            sa.text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        )
    engine.dispose()
    ok, message = found(options, "--offline")["store"]
    assert (ok, "read-only" in message) == (False, True)


def test_a_server_that_is_not_there(options: Globals) -> None:
    options.store_url = "postgresql://somebody:s3cret-word@127.0.0.1:1/floodgauge"
    result = run(options, "--offline")
    assert result.exit_code == 1
    assert "is it running?" in result.stdout
    assert "s3cret-word" not in result.output


def test_a_disk_that_is_nearly_full(options: Globals, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, well in ((check.LEAST_FREE, True), (check.LEAST_FREE - 1, False)):
        usage = SimpleNamespace(free=free)
        monkeypatch.setattr(condition.shutil, "disk_usage", lambda _, usage=usage: usage)
        assert found(options, "--offline")["disk"][0] is well


def test_a_working_folder_that_is_none(
    options: Globals, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert found(options, "--offline")["working folder"][0]
    (tmp_path / "state").write_text("a file stands where the folder should")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    ok, message = found(options, "--offline")["working folder"]
    assert (ok, str(tmp_path / "state") in message) == (False, True)


def test_a_clock_before_the_newest_run(options: Globals) -> None:
    with open_store(options.store_url) as store:
        store.clocks.note(datetime.now(UTC) + timedelta(hours=3))
    ok, message = found(options, "--offline")["clock"]
    assert (ok, "floodgauge repair" in message) == (False, True)


def test_a_clock_far_from_the_servers(options: Globals, clock: Clock) -> None:
    clock.pass_time(minutes=-30)  # the stand-in's, which dates its answers
    told = found(options)
    assert told["mastodon"][0]  # it was read all the same
    ok, message = told["server clocks"]
    assert (ok, f"mastodon.social says {clock.now:%Y-%m-%d %H:%M}" in message) == (False, True)


def test_nobody_collects(options: Globals) -> None:
    assert CliRunner().invoke(collect.app, [], obj=options).exit_code == 0
    with open_store(options.store_url) as store, store.database.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE runs SET started_at = started_at - :day, ended_at = ended_at - :day, "
                "next_due_at = next_due_at - :day"
            ),
            {"day": 86_400_000_000},
        )
    ok, message = found(options, "--offline")["next run of mastodon"]
    assert (ok, "is the collector running?" in message) == (False, True)


def test_alerts(options: Globals, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer) -> None:
    assert not found(options, "--send")["alerts"][0]  # nothing can be sent
    monkeypatch.setenv("FLOODGAUGE_ALERTS", "nonsense")
    assert "address 1 is not" in found(options, "--offline")["alerts"][1]
    httpserver.expect_request("/good").respond_with_data("thanks")
    httpserver.expect_request("/bad").respond_with_data("no", status=400)
    hooks = [httpserver.url_for(path).replace("http://", "json://") for path in ("/good", "/bad")]
    monkeypatch.setenv("FLOODGAUGE_ALERTS", " ".join(hooks))
    monkeypatch.setenv("FLOODGAUGE_ALERTS_PRIVATE", "1")
    monkeypatch.setenv("FLOODGAUGE_ALERTS_LANG", "es")
    assert found(options, "--offline")["alerts"][1].startswith("2 addresses are understood")
    assert len(httpserver.log) == 0
    told = found(options, "--send")
    assert (told["alert address 1"][0], told["alert address 2"][0]) == (True, False)
    assert "mensaje de prueba" in httpserver.log[0][0].get_data(as_text=True)


def test_the_secret_is_never_made_and_never_shown(
    options: Globals, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("FLOODGAUGE_SECRET", "short")
    assert "shorter than" in found(options, "--offline")["secret"][1]
    monkeypatch.delenv("FLOODGAUGE_SECRET")
    assert found(options, "--offline")["secret"][0]
    key = tmp_path / "data" / "floodgauge" / "secret.key"
    assert not key.exists()
    open_store(options.store_url).close()
    assert found(options, "--offline")["secret"][0]
    key.chmod(0o644)
    ok, message = found(options, "--offline")["secret"]
    assert (ok, str(key) in message) == (False, True)
    assert key.read_text().strip() not in message
    key.unlink()
    assert not found(options, "--offline")["store"][0]
    assert not key.exists()


def test_settings_that_do_not_parse_are_exit_2(options: Globals) -> None:
    assert options.config_path is not None
    options.config_path.write_text("[apps\n")
    error = run(options).exception
    assert isinstance(error, ConfigError)
    assert error.exit_code == 2


def test_no_app_is_wrong(options: Globals) -> None:
    assert options.config_path is not None
    options.config_path.write_text("")
    ok, message = found(options)["configuration"]
    assert (ok, "floodgauge init" in message) == (False, True)
    assert APP not in message
