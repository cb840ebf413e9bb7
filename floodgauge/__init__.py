"""The public names of Floodgauge for programs and notebooks: `import floodgauge as fg`.

Nothing heavy is loaded before a name is used. Each name says what it takes and gives, its errors,
the source of its method and an example; docs/research.md has them all on one page.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.network.network import network
    from analysis.research.around_frames import (
        load_ratings,
        load_releases,
        load_timeline,
        load_versions,
    )
    from analysis.research.detect import detect
    from analysis.research.explain import explain
    from analysis.research.frames import (
        load_incidents,
        load_items,
        load_labels,
        load_runs,
        load_series,
        load_trends,
    )
    from analysis.research.own_detectors import Detector
    from analysis.research.replay_table import replay
    from analysis.research.sentiment import sentiment
    from floodgauge import plot

PUBLIC = {
    "Detector": "analysis.research.own_detectors",
    "detect": "analysis.research.detect",
    "explain": "analysis.research.explain",
    "load_incidents": "analysis.research.frames",
    "load_items": "analysis.research.frames",
    "load_labels": "analysis.research.frames",
    "load_runs": "analysis.research.frames",
    "load_series": "analysis.research.frames",
    "load_trends": "analysis.research.frames",
    "network": "analysis.network.network",
    "load_ratings": "analysis.research.around_frames",
    "load_releases": "analysis.research.around_frames",
    "load_timeline": "analysis.research.around_frames",
    "load_versions": "analysis.research.around_frames",
    "plot": "floodgauge.plot",
    "replay": "analysis.research.replay_table",
    "sentiment": "analysis.research.sentiment",
}
"""Each name, and the module that has it."""
__all__ = [
    "Detector",
    "detect",
    "explain",
    "load_incidents",
    "load_items",
    "load_labels",
    "load_ratings",
    "load_releases",
    "load_runs",
    "load_series",
    "load_timeline",
    "load_trends",
    "load_versions",
    "network",
    "plot",
    "replay",
    "sentiment",
]

HOME = Path(__file__).resolve().parent.parent
PACKAGES = ("collector", "analysis", "dashboard")


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("floodgauge")
    if name not in PUBLIC:
        raise AttributeError(f"module 'floodgauge' has no attribute {name!r}")
    module = import_module(PUBLIC[name])
    found = module if PUBLIC[name] == f"floodgauge.{name}" else getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def _in_the_way() -> list[str]:
    """Where Python finds other packages than Floodgauge's under their names."""
    found = []
    for name in PACKAGES:
        loaded = sys.modules.get(name)
        spec = loaded.__spec__ if loaded is not None else find_spec(name)
        origin = None if spec is None else spec.origin
        if origin is None or Path(origin).resolve().parent.parent != HOME:
            found.append(f"{name} ({origin or 'not found'})")
    return found


if _others := _in_the_way():
    raise ImportError(
        f"floodgauge needs its own packages {', '.join(PACKAGES)}, and something else with such a "
        f"name is found first: {', '.join(_others)}. Rename that file or folder, or start Python "
        "in another one."
    )
