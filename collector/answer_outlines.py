"""Outlines of answers that did not parse: enough to mend a source, nothing that anyone wrote."""

import hashlib
import json
import re
from pathlib import Path

LARGEST = 200_000
_TITLE = re.compile(r"<title[^>]*>([^<]{0,200})", re.IGNORECASE)
_TEXT = re.compile(r">[^<]*<")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def outline(body: str | bytes) -> str:
    """The shape of an answer: JSON with types for values, or a page's title and its tags."""
    text = body.decode("utf-8", errors="replace") if isinstance(body, bytes) else body
    text = text[:LARGEST]
    for start in (text, text.removeprefix(")]}'").lstrip()):
        try:
            return json.dumps(_shape(json.loads(start), 0), indent=1, ensure_ascii=False)
        except (ValueError, RecursionError):
            continue
    title = _TITLE.search(text)
    tags = _QUOTED.sub('"."', _TEXT.sub(">.<", text))
    head = f"title: {title[1].strip()}\n" if title else ""
    kept = " ".join(re.findall(r"<[^>]{1,200}>", tags))[:20_000]
    return f"{head}length: {len(text)}\n{kept or 'no markup, not JSON'}\n"


def keep_sample(folder: Path, source: str, body: str | bytes) -> Path:
    """Write the outline, readable by this user only; the same shape is kept once."""
    shape = outline(body)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256(shape.encode("utf-8", "replace")).hexdigest()[:12]
    path = folder / f"{source}-{digest}.txt"
    path.touch(mode=0o600)
    path.write_text(shape, encoding="utf-8", errors="replace")
    return path


def _shape(value: object, depth: int) -> object:
    if depth > 12:
        return "..."
    if isinstance(value, dict):
        return {str(k)[:60]: _shape(v, depth + 1) for k, v in list(value.items())[:60]}
    if isinstance(value, list):
        return [_shape(v, depth + 1) for v in value[:6]] + (["..."] if len(value) > 6 else [])
    if isinstance(value, str):
        return f"text of {len(value)}"
    return "null" if value is None else type(value).__name__
