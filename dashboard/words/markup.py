"""HTML of our own templates; whatever comes from data is escaped by Jinja and made plain first."""

import base64
from functools import cache
from typing import Any

import jinja2

from collector.text.plain_text import plain

FOLDER = "templates"


@cache
def _environment() -> jinja2.Environment:
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("dashboard", FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["plain"] = plain
    return found


def render(template: str, **values: Any) -> str:
    """The template as HTML. Raises jinja2.UndefinedError where a value is missing."""
    return _environment().get_template(template).render(**values)


def picture(template: str, **values: Any) -> str:
    """An SVG template as a data address: st.html lets pictures through, but no inline SVG."""
    svg = render(template, **values)
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
