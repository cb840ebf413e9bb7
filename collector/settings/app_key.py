"""What may be an app's key: one rule for the configuration, imports and the command line."""

import re

APP_KEY = re.compile(r"\w[\w.\-]{0,99}")


def checked_app_key(key: str) -> str:
    """The key, if it can name an app. Raises ValueError that says what can."""
    if not APP_KEY.fullmatch(key):
        raise ValueError(
            f"{key!r} cannot name an app; use up to 100 letters, digits, '.', '-' and '_', "
            "a letter or digit first"
        )
    return key
