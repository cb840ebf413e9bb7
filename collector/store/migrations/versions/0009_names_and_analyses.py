"""Ids that stay with their swings, and how each app's last analysis ended"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    names = op.create_table(
        "incident_names",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("swing", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("app", "swing", name="pk_incident_names"),
    )
    op.create_table(
        "analyses",
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("worked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("app", name="pk_analyses"),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT document FROM incidents")).scalars().all()
    given = {(n["app"], n["swing"]): n for text in rows for n in _names(json.loads(text))}
    if given:
        op.bulk_insert(names, list(given.values()))


def _names(document: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The ids of an incident and of those merged into it, each with its minute and stars counted.

    Of a merge of both directions nothing tells any more which id was whose.
    """
    counts = document.get("counts") or document.get("direction")
    if counts in (None, "mixed"):
        return
    part = " part 1" if document.get("split_from") else ""
    for name in (document["id"], *document.get("joined", ())):
        minute = name.rsplit("-", 1)[-1]
        yield {"app": document["app"], "swing": f"{minute} {counts}{part}", "id": name}
        part = ""
