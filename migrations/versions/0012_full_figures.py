"""Ballots that practices asked for, and that are not announced yet, are announced in full like those asked for today.

Their guard was the program's own and no page could change it; one unanimous line kept all of them back.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OLD, NEW = {"k": 5, "action": "refuse"}, {"k": 1, "action": "coarsen"}
WAITING = ("prepared", "open", "stopped", "closed")

ballot = sa.table("ballot", sa.column("id"), sa.column("state"), sa.column("guard", JSON))


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        # The owner sees no row otherwise; renda.migrate.guard makes it again.
        connection.execute(sa.text("ALTER TABLE ballot NO FORCE ROW LEVEL SECURITY"))
    waiting = connection.execute(sa.select(ballot.c.id, ballot.c.guard).where(ballot.c.state.in_(WAITING))).all()
    for row in waiting:
        if row.guard == OLD:
            connection.execute(sa.update(ballot).where(ballot.c.id == row.id).values(guard=NEW))


def downgrade() -> None:
    """Which ballots had the old guard is not kept."""
