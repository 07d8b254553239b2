"""Ballots, electors, sealed envelopes, roll and papers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "ballot",
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("bench", sa.String(length=20), nullable=False),
        sa.Column("practice", sa.String(length=60), nullable=False),
        sa.Column("rules_effective", sa.Date(), nullable=True),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("rule", JSON, nullable=False),
        sa.Column("rule_digest", sa.String(length=64), nullable=False),
        sa.Column("secrecy", sa.String(length=10), nullable=False),
        sa.Column("press", sa.String(length=10), nullable=False),
        sa.Column("display", sa.String(length=10), nullable=False),
        sa.Column("guard", JSON, nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("electorate", sa.String(length=12), nullable=False),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("meeting_id", BIG, nullable=True),
        sa.Column("before_id", BIG, nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key_mode", sa.String(length=10), nullable=False),
        sa.Column("shares_needed", sa.Integer(), nullable=False),
        sa.Column("share_digests", JSON, nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("trial", sa.LargeBinary(), nullable=True),
        sa.Column("paper_bytes", sa.Integer(), nullable=False),
        sa.Column("hand_counts", JSON, nullable=False),
        sa.Column("result", JSON, nullable=True),
        sa.Column("published", JSON, nullable=True),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_ballot_district_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_ballot_meeting_id")),
        sa.ForeignKeyConstraint(["before_id"], ["ballot.id"], name=op.f("fk_ballot_before_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    op.create_index("ix_ballot_newest", "ballot", ["district_id", "id"], unique=False)
    op.create_index("ix_ballot_meeting", "ballot", ["district_id", "meeting_id"], unique=False)
    op.create_table(
        "ballot_subject",
        sa.Column("ballot_id", BIG, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("matter_id", BIG, nullable=True),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("project_id", BIG, nullable=True),
        sa.Column("id", BIG, nullable=False),
        sa.Column("district_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_ballot_subject_district_id")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_subject_ballot_id")),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name=op.f("fk_ballot_subject_matter_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_subject_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_ballot_subject_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_subject")),
    )
    op.create_index("ix_ballot_subject_code", "ballot_subject", ["district_id", "ballot_id", "code"], unique=True)
    op.create_index("ix_ballot_subject_matter", "ballot_subject", ["district_id", "matter_id"], unique=False)
    for table in ("elector", "roll"):
        op.create_table(
            table,
            sa.Column("district_id", BIG, nullable=False),
            sa.Column("ballot_id", BIG, nullable=False),
            sa.Column("person_id", BIG, nullable=False),
            sa.Column("way", sa.String(length=10), nullable=False),
            sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f(f"fk_{table}_district_id")),
            sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f(f"fk_{table}_ballot_id")),
            sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id")),
            sa.PrimaryKeyConstraint("district_id", "ballot_id", "person_id", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=table == "elector",
        )
    op.create_table(
        "envelope",
        sa.Column("district_id", BIG, nullable=False, autoincrement=False),
        sa.Column("ballot_id", BIG, nullable=False, autoincrement=False),
        sa.Column("person_id", BIG, nullable=False, autoincrement=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("submission", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("district_id", "ballot_id", "person_id", name=op.f("pk_envelope")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paper",
        sa.Column("district_id", BIG, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ballot_id", BIG, nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["district_id"], ["district.id"], name=op.f("fk_paper_district_id")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_paper_ballot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_paper_person_id")),
        sa.PrimaryKeyConstraint("district_id", "id", name=op.f("pk_paper")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_paper_ballot", "paper", ["district_id", "ballot_id"], unique=False)


def downgrade() -> None:
    for table in ("paper", "envelope", "roll", "elector", "ballot_subject", "ballot"):
        op.drop_table(table)
