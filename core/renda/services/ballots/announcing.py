"""The notice of a result: a document with a number, from what was published and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from renda.answers import Attachment, Paper
from renda.errors import RendaError, declare
from renda.i18n import SOURCE_LOCALE, gettext, reading_in
from renda.matter import Actor
from renda.model import BallotRow, EventRow, MatterRow, MeetingRow, NoticeRow
from renda.services import chain
from renda.services.ballots.result_text import result_text, title_of
from renda.services.benches.finding import check_office, check_state, find_to_change
from renda.services.benches.preparing import note
from renda.services.desk import Desk
from renda.services.upkeep import issue

declare({"ballot.announced": "“{question}”的结果已经发文,不再重复。"}, status=409)

GENRE = "表决结果"


def announce(desk: Desk, actor: Actor, number: int, *, public: bool) -> int:
    """Issue the notice of a published ballot; answers with the notice's number in the district.

    ``public``: for everybody, also who has not signed in. Raises ``ballot.not_now`` before the result was
    published, ``ballot.announced`` the second time.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find_to_change(desk, number)
    check_state(row, "发布结果文书", "published")
    if notice_of(desk, row) is not None:
        raise RendaError("ballot.announced", question=row.question)
    entered = note(desk, head, actor, row, "announce", "发布结果文书", row.state, {"public": public})
    event = desk.session.scalars(select(EventRow).where(EventRow.number == entered)).one()
    # Whatever language the clerk reads pages in, a document is issued in Chinese.
    with reading_in(SOURCE_LOCALE):
        said = Paper(
            genre=gettext(GENRE),
            title=gettext("关于“{question}”表决结果的通报", question=title_of(row)),
            paragraphs=tuple(paragraphs(desk, row)),
            public=public,
            attachments=(figures(row),),
        )
    # Never added to the session: it only says that the notice belongs to no matter.
    issue(desk, MatterRow(district_id=row.district_id), event, (said,))
    return desk.session.scalars(select(NoticeRow.id).where(NoticeRow.event_number == entered)).one()


def notice_of(desk: Desk, row: BallotRow) -> int | None:
    """The number of the notice of a ballot's result, None while there is none."""
    entered = select(EventRow.number).where(
        EventRow.action == "ballot_announce", EventRow.entries["ballot"].as_integer() == row.id
    )
    event = desk.session.scalar(entered.limit(1))
    return None if event is None else desk.session.scalar(select(NoticeRow.id).where(NoticeRow.event_number == event))


def sitting_of_notice(desk: Desk, notice: NoticeRow) -> int | None:
    """The sitting whose ballot a notice announces; None for any other document."""
    query = select(EventRow.entries).where(EventRow.number == notice.event_number, EventRow.action == "ballot_announce")
    entries = desk.session.scalar(query)
    row = None if entries is None else desk.session.get(BallotRow, int(entries["ballot"]))
    return None if row is None else row.meeting_id


def figures(row: BallotRow) -> Attachment:
    """The published figures as a table: a line for each subject, a column for each mark."""
    text = result_text(row, row.published)
    columns, rows = text.table()
    return Attachment(
        gettext("{question}结果", question=text.title), columns=list(columns), rows=[list(each) for each in rows]
    )


def paragraphs(desk: Desk, row: BallotRow) -> Sequence[str]:
    """The result in sentences: who was there, what was needed, each line."""
    published: Mapping[str, Any] = row.published or {}
    people, text = published["turnout"], result_text(row, published)
    sitting = None if row.meeting_id is None else desk.session.get(MeetingRow, row.meeting_id)
    where = "" if sitting is None else gettext("{day},{title}就此进行表决。", day=sitting.day, title=sitting.title)
    counted = gettext(
        "全体{members}人,出席{present}人;发出表决票{issued}张,收回{returned}张。",
        **{name: people[name] for name in ("members", "present", "issued", "returned")},
    )
    needed = [gettext("{requirement}。", requirement=text.requirement)] if text.requirement else []
    return [f"{where}{counted}", *needed, *(line.sentence for line in text.lines)]
