"""How long work says how far it is; whoever started it decides how to show that."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]  # what is being done, done so far, of how many
PartDone = Callable[[int, int], None]  # the same of one thing that the caller has named
