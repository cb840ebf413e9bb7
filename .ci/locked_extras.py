"""Every requirement with an extra has a pinned line with that extra, in both lock files.

pip 23 takes `coverage[toml]` and `coverage` for two candidates: under --require-hashes the lock
needs the line `coverage[toml]==...`. uv leaves the extras out unless told `--no-strip-extras`.
Asks the metadata of what is installed, so it runs after the locks were installed. Exit code 1 and
a sentence for each that is missing.
"""

import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned(lock: Path) -> dict[str, set[str]]:
    """The distributions that a lock file pins, by canonical name, each with its extras."""
    lines = (line.removesuffix("\\").strip() for line in lock.read_text().splitlines())
    extras: dict[str, set[str]] = {}
    for line in lines:
        if "==" in line and not line.startswith(("#", "--")):
            requirement = Requirement(line)
            extras.setdefault(canonicalize_name(requirement.name), set()).update(requirement.extras)
    return extras


def asked(name: str, extras: set[str]) -> list[Requirement]:
    """What an installed distribution requires with an extra, given its own extras."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # pinned for another platform
        return []
    requirements = [Requirement(line) for line in lines]
    return [
        requirement
        for requirement in requirements
        if requirement.extras
        and (
            requirement.marker is None
            or any(requirement.marker.evaluate({"extra": extra}) for extra in {"", *extras})
        )
    ]


def missing(lock: Path) -> list[str]:
    """Sentences, one for each requirement whose extra the lock does not pin."""
    pins = pinned(lock)
    return [
        f"{lock}: {name} requires {requirement.name}[{','.join(sorted(requirement.extras))}], "
        f"pinned without it; write the lock again with: make lock"
        for name, extras in [("floodgauge", set()), *pins.items()]
        for requirement in asked(name, extras)
        if not requirement.extras <= pins.get(canonicalize_name(requirement.name), set())
    ]


if __name__ == "__main__":
    faults = [fault for lock in LOCKS for fault in missing(Path(lock))]
    sys.exit("\n".join(faults) or None)
