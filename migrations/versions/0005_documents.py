"""Documents as they are sent: recipients and when they got them."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass
