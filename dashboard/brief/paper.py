"""Which paper a brief is set for: letter where the reader's zone lies in a country that uses it."""

from functools import cache
from importlib import resources
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
# Unicode CLDR, supplemental data: measurementData/paperSize "US-Letter".
LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)


def paper_of(zone: ZoneInfo) -> Paper:
    """The paper of the country that a zone lies in; A4 of zones without a country, like UTC."""
    return "letter" if _countries().get(zone.key) in LETTER else "a4"


@cache
def _countries() -> dict[str, str]:
    """IANA zone -> ISO 3166 country."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and line[0] != "#"]
    return {row[2]: row[0] for row in rows}
