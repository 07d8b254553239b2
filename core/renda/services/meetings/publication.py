"""Publishing a sitting to the world: a decision of its own, beside announcing results in the hall."""

from __future__ import annotations

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.services import archives, chain
from renda.services.desk import Desk
from renda.services.meetings.finding import check_office, check_state, find, note

declare({"meeting.published": "“{title}”已经向社会公布。"}, status=409)


def publish(desk: Desk, actor: Actor, number: int) -> None:
    """From now on everybody may have the archive of the sitting; it cannot be taken back from who has it.

    Raises ``meeting.not_yours``, ``meeting.not_now`` before it is closed, ``archive.not_settled`` while a ballot waits
    to be published, ``archive.empty`` where there was none, ``meeting.published``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number)
    check_state(row, "向社会公布", "closed")
    if row.published_at is not None:
        raise RendaError("meeting.published", title=row.title)
    archives.check_settled(desk, row)
    row.published_at = desk.now
    note(desk, head, actor, row, "publish", "向社会公布", {})
    desk.session.flush()
