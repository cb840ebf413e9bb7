"""What imports are samples of, and ratings as files have them"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("items", sa.Column("rating_given", sa.Text()))
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "import_samples",
        sa.Column("id", number, sa.Identity(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger()),
        sa.Column("cut_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_import_samples"),
    )
    op.create_index("ix_import_samples_app", "import_samples", ["app"])
