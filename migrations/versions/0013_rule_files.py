"""Files of the districts as they were correct, the generation of their rules, and values of the whole installation."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("district", sa.Column("rules_generation", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "rule_file",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_rule_file_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_file")),
    )
    op.create_index("ix_rule_file_name", "rule_file", ["district_id", "name", "id"])
    op.create_table(
        "host_value",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host_value")),
    )


def downgrade() -> None:
    op.drop_table("host_value")
    op.drop_table("rule_file")
    op.drop_column("district", "rules_generation")
