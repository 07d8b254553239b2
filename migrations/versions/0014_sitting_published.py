"""Sittings: when one was published to the world, which is another decision than announcing its results in the hall."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("meeting", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
