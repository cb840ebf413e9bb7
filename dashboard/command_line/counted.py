"""Numbers with their nouns, for terminals."""


def counted(number: int, noun: str) -> str:
    """1 item, 2 items. noun: in the singular, with an s in the plural."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"
