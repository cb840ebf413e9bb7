"""Files beside the repository, which are no part of it: tests of them skip without, and say so."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def needed(name: str) -> Path:
    """A file or folder of ../shared; skips the test without it, fails it in CI."""
    path = SHARED / name
    if not path.exists():
        message = f"needs ../shared/{name}"
        if os.environ.get("CI") == "true":
            pytest.fail(message + ", and CI=true forbids skipping")
        pytest.skip(message)
    return path
