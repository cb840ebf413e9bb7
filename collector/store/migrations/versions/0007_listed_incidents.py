"""What lists show of an incident, beside its whole document"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

DETAILS = ("evidence", "phrases", "summary")


def upgrade() -> None:
    op.add_column("incidents", sa.Column("listed", sa.Text(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, document FROM incidents")).all()
    fill = sa.text("UPDATE incidents SET listed = :listed WHERE id = :id")
    for row in rows:
        whole = json.loads(row.document)
        listed = {name: value for name, value in whole.items() if name not in DETAILS}
        connection.execute(fill, {"id": row.id, "listed": json.dumps(listed)})
