"""Documents as they are sent: their issuer, code and attachments; who got them, when and how."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("notice", sa.Column("issuer", sa.String(length=120), nullable=False, server_default=""))
    op.add_column("notice", sa.Column("code", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("notice", sa.Column("attachments", JSON, nullable=False, server_default="[]"))
    op.drop_index("ix_notice_number", "notice")
    op.create_index("ix_notice_number", "notice", ["district_id", "code", "year", "serial"], unique=True)
    op.create_table(
        "sending",
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("event_number", BIG, nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.String(length=120), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_sending_district_id")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_sending_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
    )
    op.create_index("ix_sending_notice", "sending", ["district_id", "notice_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("sending")
    op.drop_index("ix_notice_number", "notice")
    op.create_index("ix_notice_number", "notice", ["district_id", "year", "serial"], unique=True)
    for column in ("attachments", "code", "issuer"):
        op.drop_column("notice", column)
