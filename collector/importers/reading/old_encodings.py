"""Files from before UTF-8: which encoding they seem to have, said and never assumed, since a wrong
one changes texts without a word."""

import re
from pathlib import Path

from collector.errors import ImportFileError

LOOKED_AT = 1_000_000
GUESSED_FROM = 60_000
LIKELY = (
    "cp1252", "cp1250", "cp1251", "cp1254", "cp1253", "cp1255", "cp1256", "cp874", "cp1258",
    "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5", "koi8_r",
)  # fmt: skip
WIDER = {"shift_jis": "cp932", "euc_kr": "cp949", "big5": "cp950"}
"""What Windows writes instead, and what has all of the narrower one."""
_TURKISH = re.compile("[şğıİŞĞ]")
_STRAY = re.compile("[\udc80-\udcff]")
# Signs that no word has between its letters: what another page of Latin letters would show.
_GLUED = re.compile(r"(?<=[^\W\d_])[¹²³°±¼½¾¿¡¶§£¥¢¦¨¯·¸÷×†‡‰]+(?=[^\W\d_])")
_WORD_BESIDE = re.compile('[^\n,;\t"]*[\udc80-\udcff][^\n,;\t"]*')


def refuse_old_encoding(path: Path) -> None:
    """Raises ImportFileError with the likely --encoding where a text file's letters beyond ASCII
    are for the most part no UTF-8."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    if head.isascii():
        return
    text = head.decode("utf-8", "surrogateescape")
    strays = len(_STRAY.findall(text))
    if strays <= sum(char > "\x7f" for char in text) - strays:
        return  # UTF-8 with broken cells, of which each row tells
    said = f"{path}: is no UTF-8"
    encoding = _likely(head)
    if encoding is None:
        raise ImportFileError(f"{said}; name its --encoding, such as cp1252. Nothing was imported")
    match = _WORD_BESIDE.search(text, text.find("\n")) or _WORD_BESIDE.search(text)
    example = match[0].encode("utf-8", "surrogateescape")[:80] if match else b""
    raise ImportFileError(
        f"{said}; as {encoding} it reads {example.decode(encoding, 'ignore').strip()[:40]!r}. "
        f"Nothing was imported. To read it add --encoding {encoding}"
    )


def _likely(head: bytes) -> str | None:
    """The encoding that charset-normalizer finds, with Western letters before Central European ones
    where both make words."""
    from charset_normalizer import from_bytes

    sample = _with_letters(head)
    best = from_bytes(sample, cp_isolation=list(LIKELY)).best()
    if best is None:
        return None
    if best.encoding in ("cp1250", "cp1252", "cp1253", "cp1254", "cp1257"):
        if _TURKISH.search(sample.decode("cp1254", "replace")):
            return "cp1254"  # these letters are Iceland's in Western pages
        pages = ("cp1252", "cp1250")
        return min(pages, key=lambda page: len(_GLUED.findall(sample.decode(page, "replace"))))
    return WIDER.get(best.encoding, str(best.encoding))


def _with_letters(head: bytes) -> bytes:
    """The lines that are not plain ASCII."""
    lines = [line for line in head.split(b"\n")[:-1] if not line.isascii()] or [head]
    return b"\n".join(lines)[:GUESSED_FROM]
