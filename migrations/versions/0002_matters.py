"""Matters, their record, scores and documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
EXACT = sa.Numeric().with_variant(sa.String(64), "sqlite")


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("number", BIG, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("matter_id", BIG, nullable=True),
        sa.Column("practice", sa.String(length=60), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("came_from", sa.String(length=60), nullable=True),
        sa.Column("went_to", sa.String(length=60), nullable=False),
        sa.Column("entries", JSON, nullable=False),
        sa.Column("rules_effective", sa.Date(), nullable=True),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_event_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_matter", "event", ["district_id", "matter_id", "number"], unique=False)
    op.create_index("ix_event_number", "event", ["district_id", "number"], unique=True)
    op.create_index("ix_event_submission", "event", ["district_id", "submission"], unique=True)
    op.create_table(
        "matter",
        sa.Column("practice", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("done", JSON, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("parent_id", BIG, nullable=True),
        sa.Column("rules_effective", sa.Date(), nullable=False),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("waits_for", sa.String(length=60), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_matter_district_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["matter.id"], name=op.f("fk_matter_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter")),
    )
    op.create_index("ix_matter_begun", "matter", ["district_id", "practice", "opened_on"], unique=False)
    op.create_index("ix_matter_kind", "matter", ["district_id", "practice", "kind", "state", "id"], unique=False)
    op.create_index("ix_matter_newest", "matter", ["district_id", "id"], unique=False)
    op.create_index("ix_matter_parent", "matter", ["district_id", "parent_id", "kind"], unique=False)
    op.create_index(
        "ix_matter_rules", "matter", ["district_id", "practice", "rules_effective", "rules_digest"], unique=False
    )
    op.create_index("ix_matter_waits", "matter", ["district_id", "waits_for", "due_on", "id"], unique=False)
    op.create_table(
        "matter_party",
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_matter_party_district_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_matter_party_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matter_party")),
    )
    op.create_index("ix_matter_party_matter", "matter_party", ["district_id", "matter_id"], unique=False)
    op.create_index("ix_matter_party_party", "matter_party", ["district_id", "party", "relation"], unique=False)
    op.create_table(
        "notice",
        sa.Column("matter_id", BIG, nullable=True),
        sa.Column("event_number", BIG, nullable=True),
        sa.Column("genre", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("paragraphs", JSON, nullable=False),
        sa.Column("recipients", JSON, nullable=False),
        sa.Column("copies", JSON, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_notice_district_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_notice_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_matter", "notice", ["district_id", "matter_id"], unique=False)
    op.create_index("ix_notice_number", "notice", ["district_id", "year", "serial"], unique=True)
    op.create_table(
        "score",
        sa.Column("matter_id", BIG, nullable=False),
        sa.Column("practice", sa.String(length=60), nullable=False),
        sa.Column("value", EXACT, nullable=True),
        sa.Column("shown", sa.String(length=60), nullable=False),
        sa.Column("explained", JSON, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event_number", BIG, nullable=True),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_score_district_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_score_matter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
    )
    op.create_index("ix_score_matter", "score", ["district_id", "matter_id", "id"], unique=False)


def downgrade() -> None:
    for table in ("score", "notice", "matter_party", "matter", "event"):
        op.drop_table(table)
