"""Names of apps, told apart where two are called alike."""

from collections import Counter
from collections.abc import Iterable

from collector.store.apps import App
from collector.text.plain_text import plain


def app_names(apps: Iterable[App]) -> dict[str, str]:
    """Key -> name; with the key beside it where two apps have the same name."""
    listed = list(apps)
    counts = Counter(app.name for app in listed)
    return {
        app.key: plain(app.name, 80) + (f" ({app.key})" if counts[app.name] > 1 else "")
        for app in listed
    }
