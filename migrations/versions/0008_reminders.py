"""Reminders: where somebody is reminded, and of what they were."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_contact_account_id")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_contact_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_account", "contact", ["district_id", "account_id", "channel"], unique=True)
    op.create_table(
        "reminder",
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reminder_account_id")),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_reminder_district_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_reminder_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    columns = ["district_id", "matter_id", "account_id", "channel", "due_on", "stage"]
    op.create_index("ix_reminder_once", "reminder", columns, unique=True)


def downgrade() -> None:
    op.drop_table("reminder")
    op.drop_table("contact")
