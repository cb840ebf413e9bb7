"""The page of a span as a file: HTML, PDF, PNG, or its numbers as CSV; and the same as JSON."""

import base64
import json
import struct
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import vl_convert

from analysis.incidents.stored import listed_incidents
from analysis.trends.bins import BinLength, Span
from analysis.trends.load import By
from analysis.trends.moved import Moved
from analysis.trends.moved_reasons import moved_by_reason
from analysis.trends.releases import ReleaseTrend, releases
from collector.store import Store
from collector.store.apps import App
from collector.text.plain_text import plain
from collector.times import to_iso
from dashboard.brief.drawable import replaced, texts_in, undrawable
from dashboard.brief.typeset import typeset
from dashboard.drawing.charts import Spec, Style
from dashboard.incident.around import around
from dashboard.trends import moved_table, releases_table, sentences, tables
from dashboard.trends.compared import Against, Compared, compared
from dashboard.trends.happened import Happening, happened
from dashboard.trends.panel_charts import Shown, charts_of
from dashboard.words.catalogue import Wording
from dashboard.words.markup import render

INK = "#33404c"
WIDTH = 560
PICTURE_SCALE = 2
OWN = ("$schema", "config", "datasets", "padding")
TOLD = ("title", "unit", "sentence", "alt")
ENDINGS = (".html", ".pdf", ".csv", ".png")


@dataclass(frozen=True, slots=True)
class Page:
    """One app over a span, ready to be written. made: when."""

    app: App
    seen: Compared
    happenings: list[Happening]
    releases: list[ReleaseTrend]
    words: Wording
    made: datetime

    def panels(self) -> list[Shown]:
        """The panels for paper."""
        style = Style(ink=INK, locale=self.words.chart_locale())
        return charts_of(self.seen, self.happenings, self.words, style)


def page_of(
    store: Store,
    app: str,
    span: Span,
    length: BinLength,
    *,
    by: By | None,
    against: Against,
    lang: str,
    zone: ZoneInfo,
    now: datetime,
) -> Page:
    """One app over a span, read whole."""
    words = Wording(lang, zone)
    seen = compared(store, app, span, length, now=now, zone=zone, against=against, by=by)
    incidents = listed_incidents(store, app)
    surroundings = around(store, app, span.since, span.until)
    known = next(one for one in store.apps.all() if one.key == app)
    marks = happened(surroundings, incidents, span, words)
    if seen.before is not None and by is None:
        reasons = moved_by_reason(store, app, seen.before.span, span)
        seen = replace(seen, moved=(*seen.moved, *([reasons] if reasons else [])))
    return Page(known, seen, marks, releases(store, app, span.until), words, now)


def written(page: Page, ending: str) -> bytes:
    """The file of one of ENDINGS."""
    if ending == ".csv":
        return tables.as_csv(page.seen.now.frame)
    makers = {".html": as_html, ".pdf": as_pdf, ".png": as_png}
    return makers[ending](page)


def as_html(page: Page) -> bytes:
    """One file that needs no other."""
    return render("trends.html", words=page.words, r=contents(page)).encode()


def as_pdf(page: Page) -> bytes:
    """The same as a PDF for reading aloud, too."""
    shown = contents(page)
    told = {**shown, "panels": [{k: p[k] for k in TOLD} for p in shown["panels"]]}
    values = replaced(told, undrawable(texts_in(told)), page.words)
    drawn = zip(values["panels"], page.panels(), strict=True)
    pictures = [panel | {"svg": framed(as_picture(one.chart))} for panel, one in drawn]
    values |= {"lang": page.words.lang, "panels": pictures}
    return typeset("trends.typ", values, page.made)


def as_png(page: Page) -> bytes:
    """All panels below each other."""
    specs = [titled(one) for one in page.panels()]
    config = specs[0].get("config", {}) if specs else {}
    parts = [{k: v for k, v in one.items() if k not in OWN} for one in specs]
    datasets = {name: rows for one in specs for name, rows in one["datasets"].items()}
    title = f"{plain(page.app.name, 80)}: {sentences.lead(page.seen, page.words)}"
    spec = {
        "$schema": specs[0]["$schema"] if specs else "",
        "title": {"text": title, "anchor": "start", "limit": WIDTH + 160},
        "vconcat": [{**one, "width": WIDTH} for one in parts],
        "datasets": datasets,
        "config": config,
        "padding": {"left": 8, "right": 110, "top": 8, "bottom": 8},
        "background": "white",
    }
    return bytes(vl_convert.vegalite_to_png(json.dumps(spec), scale=PICTURE_SCALE))


def framed(png: bytes) -> str:
    """A PNG within an SVG, which is text."""
    width, height = struct.unpack(">II", png[16:24])
    inside = f'<image width="{width}" height="{height}" href="{_address("image/png", png)}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{inside}</svg>'
    )


def _address(kind: str, made: bytes) -> str:
    return f"data:{kind};base64," + base64.b64encode(made).decode()


def as_picture(chart: Spec) -> bytes:
    """A chart as PNG: in a PDF its letters need no font."""
    spec = {**inlined(chart), "width": WIDTH, "background": "white"}
    return bytes(vl_convert.vegalite_to_png(json.dumps(spec), scale=PICTURE_SCALE))


def titled(one: Shown) -> dict[str, Any]:
    """A chart that says itself what it shows."""
    title = {"text": one.title, "subtitle": one.unit, "anchor": "start", "fontSize": 14}
    return {**inlined(one.chart), "title": title | {"subtitleFontSize": 11}}


def inlined(chart: Spec) -> dict[str, Any]:
    """A chart whose frames are plain rows."""
    frames = chart["datasets"]
    rows = {name: json.loads(_as_rows(frame)) for name, frame in frames.items()}
    return {**chart, "datasets": rows}


def _as_rows(frame: pd.DataFrame) -> str:
    return str(frame.to_json(orient="records", date_format="iso"))


def as_svg(chart: Spec) -> str:
    """A chart as a picture that scales."""
    spec = {**inlined(chart), "width": WIDTH, "background": "white"}
    return str(vl_convert.vegalite_to_svg(json.dumps(spec)))


def contents(page: Page) -> dict[str, Any]:
    """What HTML and PDF show, as plain texts."""
    words, seen = page.words, page.seen
    span = {"from": words.day(seen.now.span.since), "to": words.day(seen.now.span.until)}
    shown = words("trends-span", **span)
    before = sentences.against(seen, words)
    return {
        "title": f"{words('page-trends')}: {plain(page.app.name, 120)}",
        "simulated": words("simulated-banner") if page.app.simulated else "",
        "shown": words("trends-shown", span=shown, before=before)
        if before
        else words("trends-shown-alone", span=shown),
        "zone": words("zone-note", zone=words.zone.key),
        "lead": sentences.lead(seen, words),
        "panels": [_panel(one) for one in page.panels()],
        "moved_title": words("trends-moved"),
        "moved": [_moved(one, words) for one in seen.moved],
        "releases_title": words("trends-releases"),
        "releases_note": words("trends-releases-note"),
        "releases": [list(row) for row in releases_table.rows(page.releases, words)],
        "releases_columns": releases_table.columns(words),
        "happened_title": words("trends-happened"),
        "happened": [
            [words.time(one.at), words(f"track-{one.lane}"), one.text] for one in page.happenings
        ],
        "happened_none": words("trends-happened-none"),
        "happened_columns": [words(f"column-{c}") for c in ("when", "kind", "what")],
        "made": words(
            "trends-made",
            made=words.time(page.made),
            until=words.time(seen.now.seen.until),
        ),
    }


def _panel(one: Shown) -> dict[str, str]:
    svg = as_svg(one.chart)
    return {
        "title": one.title,
        "unit": one.unit,
        "sentence": one.sentence,
        "alt": one.alt,
        "address": _address("image/svg+xml", svg.encode()),
    }


def _moved(one: Moved, words: Wording) -> dict[str, Any]:
    return {
        "title": moved_table.title(one, words),
        "columns": moved_table.columns(words),
        "rows": [list(row) for row in moved_table.rows(one, words)],
        "note": moved_table.note(one, words),
    }


def as_json(page: Page) -> dict[str, Any]:
    """What scripts get: the spans, the sentences, every point, and the parts of the change."""
    seen = page.seen
    now, before = seen.now, seen.before
    return {
        "app": page.app.key,
        "since": to_iso(now.span.since),
        "until": to_iso(now.span.until),
        "bin": now.length,
        "by": now.by,
        "against": None if before is None else _span_of(before.span),
        "summary": sentences.lead(seen, page.words) if now.by is None else None,
        "sampled": now.every,
        "points": _points(now.frame),
        "totals": _points(now.totals),
        "totals_before": [] if before is None else _points(before.totals),
        "moved": [moved_table.document(one) for one in seen.moved],
        "releases": [releases_table.document(one) for one in page.releases],
    }


def _span_of(span: Any) -> dict[str, str]:
    return {"since": to_iso(span.since), "until": to_iso(span.until)}


def _points(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: Any = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [
        {**row, "at": to_iso(row["at"]), "items": None if (n := row["items"]) is None else int(n)}
        for row in rows
    ]
