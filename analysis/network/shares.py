"""Shares as arrays: who shared what, in which message, when."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shares:
    """One row a share; equal-length int64 arrays.

    account, thing, message: codes from 0; at: microseconds since 1970 UTC, in any order.
    is_thing: the message is the thing that is shared (a post that "shares" itself).
    kind: where things are of several kinds, the code of each row's; participation is counted in
    each by itself.
    """

    account: Ints
    thing: Ints
    message: Ints
    at: Ints
    is_thing: Flags
    kind: Ints | None = None

    def __len__(self) -> int:
        return int(self.at.size)

    def __getitem__(self, chosen: Any) -> "Shares":
        return Shares(
            self.account[chosen],
            self.thing[chosen],
            self.message[chosen],
            self.at[chosen],
            self.is_thing[chosen],
            None if self.kind is None else self.kind[chosen],
        )

    def by_kind(self, codes: Ints) -> Ints:
        """Codes that differ between kinds."""
        return codes if self.kind is None else codes * (int(self.kind.max()) + 1) + self.kind


def plain_shares(account: Ints, thing: Ints, at_us: Ints) -> Shares:
    """Shares whose messages are all different and are none of the things."""
    return Shares(
        account, thing, np.arange(at_us.size), at_us, np.zeros(at_us.size, dtype=np.bool_)
    )
