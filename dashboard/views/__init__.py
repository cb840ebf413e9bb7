"""The pages, one a file: each exposes PAGE and render(). A new file here is a new page.

The folder is not called `pages`: Streamlit would run the files of such a folder on its own, without
app.py, whenever a page's address is the first thing that a new server is asked for.
"""

import importlib
import pkgutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Page:
    """How a page stands in the menu. key: names its wording (`page-<key>`) and its address."""

    key: str
    order: int
    section: str
    icon: str


def discover() -> list[tuple[Page, Path]]:
    """All pages in the order of the menu, with the file that Streamlit runs."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        found.append((loaded.PAGE, Path(str(loaded.__file__))))
    return sorted(found, key=lambda entry: entry[0].order)


def file_of(key: str) -> Path:
    """The file of the page at this address."""
    return next(path for page, path in discover() if page.key == key)
