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
from renda.services.ballots.wording import in_order, mark_of, outcome_of
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
            title=gettext("关于“{question}”表决结果的通报", question=row.question),
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
    subjects: Sequence[Mapping[str, Any]] = (row.published or {})["subjects"]
    cells = [dict(in_order(row.bench, row.rule, each.get("cells", {}))) for each in subjects]
    marks = list(dict.fromkeys(mark for each in cells for mark in each))
    columns = [gettext("对象"), *(mark_of(row.bench, row.rule, mark) for mark in marks), gettext("结果")]
    rows = [
        [
            line["label"],
            *(str(each.get(mark, 0)) if each else "—" for mark in marks),
            outcome_of(row.bench, line["outcome"]),
        ]
        for line, each in zip(subjects, cells, strict=True)
    ]
    return Attachment(gettext("{question}结果", question=row.question), columns=columns, rows=rows)


def paragraphs(desk: Desk, row: BallotRow) -> Sequence[str]:
    """The result in sentences."""
    published: Mapping[str, Any] = row.published or {}
    people = published["turnout"]
    sitting = None if row.meeting_id is None else desk.session.get(MeetingRow, row.meeting_id)
    where = "" if sitting is None else gettext("{day},{title}就此进行表决。", day=sitting.day, title=sitting.title)
    counted = gettext(
        "全体{members}人,出席{present}人;发出表决票{issued}张,收回{returned}张。",
        **{name: people[name] for name in ("members", "present", "issued", "returned")},
    )
    return [f"{where}{counted}", *(_line(row, line) for line in published["subjects"])]


def _line(row: BallotRow, line: Mapping[str, Any]) -> str:
    outcome = outcome_of(row.bench, line["outcome"])
    if "cells" not in line:
        return gettext("{label}:{outcome}。", label=line["label"], outcome=outcome)
    cells = "、".join(
        gettext("{mark}{n}票", mark=mark_of(row.bench, row.rule, mark), n=papers)
        for mark, papers in in_order(row.bench, row.rule, line["cells"])
        if papers or not mark.startswith(" ")
    )
    return gettext("{label}:{cells};{outcome}。", label=line["label"], cells=cells, outcome=outcome)
