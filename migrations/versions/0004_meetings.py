"""Sittings: their agenda, seats, sign-in and attendance."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    pass
