"""Questions to citizens, and answers that nobody can be told by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "questionnaire",
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("practice", sa.String(length=60), nullable=False),
        sa.Column("rules_effective", sa.Date(), nullable=False),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("questions", JSON, nullable=False),
        sa.Column("admission", sa.String(length=10), nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.Column("closing", sa.String(length=60), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("codes_given", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("answer_bytes", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("result", JSON, nullable=True),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_questionnaire_district_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_questionnaire_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire")),
    )
    op.create_index("ix_questionnaire_matter", "questionnaire", ["district_id", "matter_id"], unique=False)
    op.create_index("ix_questionnaire_state", "questionnaire", ["district_id", "state", "until_on"], unique=False)
    for table, key, more in (
        ("questionnaire_answer", "token", [sa.Column("sealed", sa.LargeBinary(), nullable=False)]),
        ("questionnaire_code", "digest", []),
    ):
        op.create_table(
            table,
            sa.Column("district_id", BIG, autoincrement=False, nullable=False),
            sa.Column("questionnaire_id", BIG, autoincrement=False, nullable=False),
            sa.Column(key, sa.LargeBinary(), nullable=False),
            *more,
            sa.PrimaryKeyConstraint("district_id", "questionnaire_id", key, name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )


def downgrade() -> None:
    for table in ("questionnaire_code", "questionnaire_answer", "questionnaire"):
        op.drop_table(table)
