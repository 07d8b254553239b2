"""A project's figures belong to matters, which come through the one door; the table beside them goes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EXACT = sa.Numeric().with_variant(sa.String(64), "sqlite")


def upgrade() -> None:
    op.drop_table("progress")
    op.create_index("ix_project_year", "project", ["district_id", "year"])


def downgrade() -> None:
    op.drop_index("ix_project_year", "project")
    op.create_table(
        "progress",
        sa.Column("project_id", BIG, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned", EXACT, nullable=False),
        sa.Column("actual", EXACT, nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_progress_district_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_progress_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    op.create_index("ix_progress_project_day", "progress", ["district_id", "project_id", "day"], unique=True)
