"""The security log of each district and of the host."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def _entry() -> list[sa.Column]:
    return [
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    ]


def _head() -> list[sa.Column]:
    return [sa.Column("number", BIG, nullable=False), sa.Column("digest", sa.String(64), nullable=False)]


def upgrade() -> None:
    op.create_table(
        "security_entry",
        sa.Column("number", BIG, nullable=False),
        *_entry(),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_security_entry_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_entry")),
    )
    op.create_index("ix_security_entry_number", "security_entry", ["district_id", "number"], unique=True)
    op.create_table(
        "security_head",
        sa.Column("district_id", BIG, nullable=False),
        *_head(),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_security_head_district_id")),
        sa.PrimaryKeyConstraint("district_id", name=op.f("pk_security_head")),
    )
    op.create_table(
        "host_security_entry",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        *_entry(),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_host_security_entry")),
    )
    op.create_table(
        "host_security_head",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        *_head(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_security_head")),
    )


def downgrade() -> None:
    for table in ("host_security_head", "host_security_entry", "security_head", "security_entry"):
        op.drop_table(table)
