"""A small line with its band as a picture, with gaps where nothing is known. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.words.markup import picture

WIDTH, HEIGHT, EDGE = 118.0, 40.0, 3.0
Values = Sequence[float | None]
Height = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of weeks in a row. band: corners of a polygon, empty where no interval is known."""

    line: str
    band: str
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class SparkLine:
    """The geometry. middle: where the middle of the scale lies."""

    width: float
    height: float
    middle: float
    pieces: tuple[Piece, ...]


def spark_line(value: Values, low: Values, high: Values, scale: tuple[float, float]) -> SparkLine:
    """The geometry of means and their intervals on a scale."""

    def y(number: float) -> float:
        share = (number - scale[0]) / (scale[1] - scale[0])
        return round(EDGE + (1 - min(max(share, 0.0), 1.0)) * (HEIGHT - 2 * EDGE), 2)

    known = [(n, one is not None) for n, one in enumerate(value)]
    pieces = []
    for is_known, run in groupby(known, key=lambda each: each[1]):
        if is_known:
            places = [n for n, _ in run]
            pieces.append(_piece(places, value, low, high, y))
    return SparkLine(WIDTH, HEIGHT, y(sum(scale) / 2), tuple(pieces))


def _piece(places: list[int], value: Values, low: Values, high: Values, y: Height) -> Piece:
    def points(of: Values, order: list[int]) -> list[tuple[float, float]]:
        held = [(n, of[n]) for n in order]
        step = (WIDTH - 2 * EDGE) / max(len(value) - 1, 1)
        return [(round(EDGE + n * step, 2), y(one)) for n, one in held if one is not None]

    middle = points(value, places)
    corners = [*points(high, places), *points(low, places[::-1])]
    band = corners if len(corners) == 2 * len(places) and len(places) > 1 else []
    return Piece(_joined(middle), _joined(band), (middle[-1],))


def _joined(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def address(value: Values, low: Values, high: Values, scale: tuple[float, float]) -> str:
    """The same as the address of a picture."""
    return picture("spark_line.svg", spark=spark_line(value, low, high, scale))
