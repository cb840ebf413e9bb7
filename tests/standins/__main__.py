"""Start all stand-ins by hand, to try `floodgauge collect` without the internet.

    python -m tests.standins [--folder standins] [--hours 8] [--seed 0] [--port 8700]

Serves the SIMULATED drill, moved so that its flood began `--hours` ago; it goes on while the
servers run. Writes floodgauge.toml into the folder and prints what to type in another terminal.
"""

import argparse
import shlex
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.simulate import World, scenarios, simulate
from analysis.simulate.shift import shifted
from analysis.simulate.standins.everything import secrets_of, settings_of, stand_ins
from analysis.simulate.standins.loopback import StandIn
from tests.standins.toml_writing import as_toml


def drill_now(hours: float, seed: int, now: datetime) -> World:
    """The drill, moved so that its flood began so many hours before `now`."""
    world = simulate(scenarios.iwatch_drill(), seed)
    return shifted(world, now - timedelta(hours=hours) - world.truth[0].onset)


def start(servers: dict[str, StandIn], port: int) -> dict[str, str]:
    """Start the servers on consecutive ports, or on free ones if port is 0; host -> address."""
    for number, server in enumerate(servers.values()):
        server.start(port + number if port else 0)
    return {host: server.address for host, server in servers.items()}


def write_settings(folder: Path, world: World, addresses: dict[str, str]) -> Path:
    """A floodgauge.toml that asks the stand-ins, with its store beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "floodgauge.toml"
    table = {
        "store": f"sqlite:///{(folder / 'store.db').resolve()}",
        "collecting": {"requests_per_second": 10.0},
        **settings_of(world, addresses),
    }
    path.write_text("# SIMULATED: only the stand-ins are asked\n" + as_toml(table), "utf-8")
    return path


def _command() -> str:
    """How to call floodgauge in any folder: that of this environment, if it has one."""
    beside = Path(sys.executable).with_name("floodgauge")
    return shlex.quote(str(beside)) if beside.exists() else "floodgauge"


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("standins"))
    parser.add_argument("--hours", type=float, default=8.0, help="age of the flood")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--port", type=int, default=0, help="first port; 0: free ones")
    chosen = parser.parse_args()
    world = drill_now(chosen.hours, chosen.seed, datetime.now(UTC))
    servers = stand_ins(world, lambda: datetime.now(UTC))
    addresses = start(servers, chosen.port)
    path = write_settings(chosen.folder, world, addresses)
    say = sys.stdout.write
    for host, address in addresses.items():
        say(f"{host:34} {address}\n")
    named = secrets_of(servers).items()
    secrets = " ".join(f"FLOODGAUGE_{k.upper()}={shlex.quote(v)}" for k, v in named)
    command = _command()
    say(
        f"\nIn another terminal:\n  cd {shlex.quote(str(path.parent.resolve()))}\n"
        f"  export {secrets}\n"
        f"  {command} collect      # again after some minutes: the flood goes on\n"
        f"  {command} analyze\n"
        f"  {command} incidents\n"
        f"  {command} status\n"
        f"  {command} dashboard\n"
    )
    say("Stop with Ctrl-C.\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        say("\nstopped\n")
    finally:
        for server in servers.values():
            server.close()


if __name__ == "__main__":
    main()
