"""What the rules are that conclusions are made by: a hash of their code, data and words.

Where code is installed without its sources, the version of its distribution stands for it. Line
endings, places on a disk and the machine do not matter.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec

from analysis.evidence import ENTRY_POINT_GROUP
from collector.source_manifests import manifests

DISTRIBUTION = "floodgauge"
# Of analysis: what invents data is no rule of an incident, nor what says it, hands it out or how an
# app stands.
APART = ("simulate/", "words/", "app_state/", "research/")
BESIDE = (
    "shop_sources.py",
    "source_manifests.py",
    "store/reading/other_apps.py",
    "text/",
)  # of collector: what the evidence reads with
DETECTOR = ("records.py", "series.py", "swings/", "talk/")  # of analysis


@cache
def of_incidents() -> str:
    """Changes with whatever makes another incident of the same swing, plugged-in signals too."""
    parts = [
        digest(files("analysis"), DISTRIBUTION, but=APART),
        digest(files("collector"), DISTRIBUTION, only=BESIDE),
        *(f"{source} {made.kind} {made.shop}" for source, made in manifests().items()),
        *sorted(_plugged_in(entry) for entry in entry_points(group=ENTRY_POINT_GROUP)),
    ]
    return _hash(parts)


@cache
def of_swings() -> str:
    """Changes with whatever makes other swings of the same items."""
    return digest(files("analysis"), DISTRIBUTION, only=DETECTOR)


def digest(
    root: Traversable, distribution: str, *, only: tuple[str, ...] = (), but: tuple[str, ...] = ()
) -> str:
    """A hash of a package's files, by name. only, but: names that begin so, if any are given."""
    held = {
        name: _plain(file)
        for name, file in _walk(root)
        if name.startswith(only or "") and not (but and name.startswith(but))
    }
    sources = any(name.endswith(".py") for name in held)
    said = [] if sources else [f"{distribution} {_version(distribution)}"]
    return _hash([*said, *(f"{name}\x1f{held[name]}" for name in sorted(held))])


def _walk(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = above + entry.name
        if entry.name.startswith("."):  # an editor's, a desktop's
            continue
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _walk(entry, f"{name}/")
        elif not entry.name.endswith((".pyc", ".pyo", ".ftl")):
            yield name, entry


def _plugged_in(entry: EntryPoint) -> str:
    """A signal of another package: its name, its package's version and code."""
    top = entry.module.partition(".")[0]
    found = find_spec(top)
    distribution = entry.dist.name if entry.dist is not None else top
    said = [entry.name, entry.value, f"{distribution} {_version(distribution)}"]
    if found is not None and found.submodule_search_locations is not None:
        said.append(digest(files(top), distribution))
    elif found is not None:
        said.append(_source(found.loader, top))
    return _hash(said)


def _source(loader: object, module: str) -> str:
    """A single module's code; nothing where it came without."""
    read = getattr(loader, "get_source", None)
    return (read(module) or "") if read is not None else ""


def _plain(file: Traversable) -> str:
    return hashlib.blake2b(file.read_bytes().replace(b"\r\n", b"\n"), digest_size=16).hexdigest()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "unknown"  # a copy of the folders alone


def _hash(parts: list[str]) -> str:
    return hashlib.blake2b("\x1e".join(parts).encode(), digest_size=16).hexdigest()
