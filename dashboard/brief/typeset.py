"""A page through Typst as an accessible PDF (PDF/UA-1). Texts go in as data, never as markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any

import typst

from dashboard.brief.drawable import fonts


def typeset(template: str, values: Mapping[str, Any], made_at: datetime) -> bytes:
    """The PDF of a template of ours, which reads the values as its input `page`.

    Raises typst.TypstError where it refuses a character.
    """
    made = typst.compile(
        resources.files("dashboard").joinpath("templates", template).read_bytes(),
        format="pdf",
        sys_inputs={"page": json.dumps(values)},
        pdf_standards="ua-1",
        font_paths=fonts(),
        timestamp=int(made_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave several files where one was asked for")
    return made
