"""How many examples a test tries where each of them takes a second."""

import os


def examples(few: int, many: int) -> int:
    """`make test` tries a few, other ones every time; `make thorough` many."""
    return many if os.environ.get("THOROUGH") else few
