"""Entries of the security log by what they are about: a matter's page shows its views."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index("ix_security_entry_subject", "security_entry", ["district_id", "subject", "number"])


def downgrade() -> None:
    op.drop_index("ix_security_entry_subject", "security_entry")
