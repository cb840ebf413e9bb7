"""One chart or one table of a span as a file of its own."""

import json

import pandas as pd
import vl_convert

from collector.errors import ContractError
from collector.text.formula_guard import guarded
from dashboard.trends import moved_table, releases_table, tables
from dashboard.trends.report import PICTURE_SCALE, WIDTH, Page, titled

ENDINGS = (".svg", ".png", ".csv")
TABLES = ("moved", "releases", "happened")


def chart_file(page: Page, title: str, ending: str) -> bytes:
    """A chart by its title as one of ENDINGS. Raises ContractError where the span has none."""
    one = next((each for each in page.panels() if each.title == title), None)
    if one is None:
        raise ContractError(f"chart: no {title!r} in this span")
    if ending == ".csv":
        return tables.as_csv(page.seen.now.of(one.panel))
    spec = json.dumps({**titled(one), "width": WIDTH, "background": "white"})
    if ending == ".svg":
        return str(vl_convert.vegalite_to_svg(spec)).encode()
    return bytes(vl_convert.vegalite_to_png(spec, scale=PICTURE_SCALE))


def table_file(page: Page, name: str) -> bytes:
    """One of TABLES as CSV, in the words of the page."""
    words = page.words
    if name == "moved":
        frame = pd.DataFrame(
            [
                (moved_table.title(one, words), *row)
                for one in page.seen.moved
                for row in moved_table.rows(one, words)
            ],
            columns=[words("trends-moved"), *moved_table.columns(words)],
        )
    elif name == "releases":
        shown = releases_table.rows(page.releases, words)
        frame = pd.DataFrame(shown, columns=releases_table.columns(words))
    else:
        frame = pd.DataFrame(
            [(words.time(one.at), words(f"track-{one.lane}"), one.text) for one in page.happenings],
            columns=[words(f"column-{column}") for column in ("when", "kind", "what")],
        )
    cells = frame.map(lambda value: guarded(str(value)))
    return str(cells.to_csv(index=False, lineterminator="\n")).encode()
