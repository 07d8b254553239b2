"""What each transaction leaves in the rows of a district, as a chain of its own.

A district that is there already begins with the digest ``incomplete``: its rows of before stand in no entry, and a
check says so and does not call them forged.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "row_change",
        sa.Column("number", BIG, nullable=False),
        sa.Column("event_number", BIG, nullable=True),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_row_change_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_change")),
    )
    op.create_index("ix_row_change_number", "row_change", ["district_id", "number"], unique=True)
    op.create_table(
        "row_change_head",
        sa.Column("district_id", BIG, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_row_change_head_district_id")),
        sa.PrimaryKeyConstraint("district_id", name=op.f("pk_row_change_head")),
    )
    op.execute("INSERT INTO row_change_head (district_id, number, digest) SELECT id, 0, 'incomplete' FROM district")


def downgrade() -> None:
    op.drop_table("row_change_head")
    op.drop_table("row_change")
