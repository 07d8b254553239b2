"""Sittings: their agenda, seats, sign-in and attendance."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def _text(name: str, length: int, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=default)


def _flag(name: str, default: sa.sql.expression.ColumnElement[bool]) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=default)


def upgrade() -> None:
    for column in (
        _text("term", 40),
        sa.Column("number", sa.Integer(), nullable=True),
        _text("part", 80),
        sa.Column("starts_at", MOMENT, nullable=True),
        _text("place", 120),
        _text("state", 12, "convened"),
        sa.Column("members", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("quorum", JSON, nullable=True),
        _text("hall_key", 64),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
    ):
        op.add_column("meeting", column)
    for column in (
        _flag("entitled", sa.true()),
        _text("seat", 20),
        _text("way", 10),
        _flag("late", sa.false()),
        sa.Column("arrived_at", MOMENT, nullable=True),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("slip", sa.String(length=64), nullable=True),
    ):
        op.add_column("attendance", column)
    op.create_index("ix_attendance_slip", "attendance", ["district_id", "slip"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_attendance_slip", "attendance")
    for column in ("entitled", "seat", "way", "late", "arrived_at", "left_at", "slip"):
        op.drop_column("attendance", column)
    for column in ("term", "number", "part", "starts_at", "place", "state", "members", "quorum", "hall_key"):
        op.drop_column("meeting", column)
    for column in ("opened_at", "closed_at"):
        op.drop_column("meeting", column)
