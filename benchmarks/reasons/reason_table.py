"""The table of reasons for docs/reasons.md."""

import re
from collections.abc import Mapping
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reasons.md"
HEAD = (
    "| reason | reviews | precision | recall | unseen half: reviews | precision | recall "
    "| second reader: precision | recall |"
)
Rows = Mapping[str, tuple[int, float, float]]


def page(rows: Mapping[str, Rows], speed: float) -> str:
    """The table: precision and recall, all apps and those that nobody looked at."""
    lines = [
        HEAD,
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for code, (n, precision, recall) in rows["all"].items():
        half, second = rows["half"][code], rows["second"][code]
        lines.append(
            f"| {code} | {n} | {precision:.2f} | {recall:.2f} | {half[0]} | {half[1]:.2f} "
            f"| {half[2]:.2f} | {second[1]:.2f} | {second[2]:.2f} |"
        )
    return "\n".join([*lines, "", f"Read: {speed:,.0f} distinct texts a second of one core."])


def put(text: str) -> None:
    """Puts it between the marks of the page."""
    told = PAGE.read_text("utf-8")
    told = re.sub(
        r"<!-- reasons -->.*<!-- /reasons -->",
        lambda _: f"<!-- reasons -->\n\n{text}\n\n<!-- /reasons -->",
        told,
        flags=re.DOTALL,
    )
    PAGE.write_text(told, "utf-8")
