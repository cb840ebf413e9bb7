"""Texts that a spreadsheet would run as a formula, kept from it by a quote in front, and back."""

# Spreadsheets in East Asian languages take the wide signs as well.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guarded(text: str) -> str:
    """The text as a CSV holds it; one that has such quotes already gets one more, and so does an
    empty one, which a CSV cannot tell from a missing one."""
    return "'" + text if _would_run(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and _would_run(text) else text


def _would_run(text: str) -> bool:
    bare = text.lstrip("'")
    return not bare or bare.startswith(FORMULA)
