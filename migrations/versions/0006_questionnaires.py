"""Questions to citizens, and answers that nobody can be told by."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    pass
