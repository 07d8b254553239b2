"""Sessions that the server can end; failures of a sign-in that lock nobody out."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _sign_in() -> list[sa.Column]:
    return [
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network", sa.String(64), nullable=False),
        sa.Column("device", sa.String(40), nullable=False),
        sa.Column("id", BIG, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "account_session",
        *_sign_in(),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_session_account_id")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_account_session_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
    )
    op.create_index("ix_account_session_digest", "account_session", ["district_id", "digest"], unique=True)
    op.create_index("ix_account_session_account", "account_session", ["district_id", "account_id"])
    op.create_table(
        "host_session",
        *_sign_in(),
        sa.ForeignKeyConstraint(["account_id"], ["host_account.id"], name=op.f("fk_host_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_session")),
    )
    op.create_index("ix_host_session_digest", "host_session", ["digest"], unique=True)
    for table in ("account", "host_account"):
        op.drop_column(table, "locked_until")
        op.add_column(table, sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_column("account", "sessions_from")


def downgrade() -> None:
    op.add_column("account", sa.Column("sessions_from", sa.Integer(), nullable=False, server_default="0"))
    for table in ("account", "host_account"):
        op.drop_column(table, "failed_at")
        op.add_column(table, sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    op.drop_table("host_session")
    op.drop_table("account_session")
