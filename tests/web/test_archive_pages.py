"""The signed archive as a download: for the district's own once all is settled, for everybody once it is published."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.chamber import CLERK, Chamber, make_chamber
from backing.databases import Database
from backing.world import PASSWORD, hidden_entries
from renda.model import EventRow, NoticeRow
from renda.sealing import signer_in
from renda.services import accounts, ballots, meetings, security_log

VERIFY = Path(__file__).resolve().parents[2] / "tools/verify_archive.py"


@pytest.fixture
def chamber(sqlite_database: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(sqlite_database.app_url, tmp_path)
    made.towns.app.extensions["renda_signer"] = signer_in(tmp_path / "signing.key")
    yield made
    made.world.close()


def voted(chamber: Chamber, question: str, **options: Any) -> int:
    number = chamber.ready(question, **options)
    marks = ("满意", "不满意") if options.get("bench") == "measurement" else ("yes", "no")
    for place in range(5):
        chamber.mark(number, place, marks[not place])
    chamber.close(number)
    return number


def adjourned(chamber: Chamber) -> None:
    with chamber.world.writing() as desk:
        meetings.close(desk, CLERK, chamber.meeting)


def withheld(chamber: Chamber, number: int, reason: str = "只报告结论") -> Any:
    chair = chamber.as_("chair")
    token = hidden_entries(chair.text("/jia/account"))
    return chair.client.post(f"/jia/ballots/{number}", data={**token, "deed": "withhold", "reason": reason})


def test_a_member_downloads_the_archive_once_every_ballot_is_settled(chamber: Chamber, tmp_path: Path) -> None:
    file = f"/jia/meetings/{chamber.meeting}/archive"
    first, second = voted(chamber, "第一项", display="direct"), voted(chamber, "第二项", bench="measurement")
    adjourned(chamber)
    member = chamber.as_("m1")
    early = member.client.get(file)
    assert early.status_code == 409
    assert "第二十六次会议”还没有闭会,或者还有表决没有公布,存档还不能提供。" in early.text
    assert "archive-link" not in member.text(f"/jia/meetings/{chamber.meeting}")
    assert withheld(chamber, second).status_code == 303
    key = signer_in(tmp_path / "signing.key").public.hex()
    for page in (f"/jia/meetings/{chamber.meeting}", f"/jia/ballots/{first}"):
        text = member.text(page)
        assert f'href="{file}"' in text
        assert key in text
    answer = member.client.get(file)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with chamber.world.reading() as desk:
        last = security_log.newest(desk.session, 1)[0]
    assert last.kind == "export"
    assert last.subject.endswith(".jsonl")
    kept = tmp_path / "archive.jsonl"
    kept.write_bytes(answer.data)
    ended = subprocess.run(
        [sys.executable, "-I", str(VERIFY), str(kept), key], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert '"kind":"withheld"' in answer.text


def published(chamber: Chamber, login: str = "clerk") -> Any:
    office = chamber.as_(login)
    token = hidden_entries(office.text("/jia/account"))
    return office.client.post(f"/jia/meetings/{chamber.meeting}/publish", data=token)


def test_announced_in_the_hall_is_not_published_to_the_world(chamber: Chamber) -> None:
    file = f"/jia/meetings/{chamber.meeting}/archive"
    voted(chamber, "第一项", display="direct")
    adjourned(chamber)
    anybody = chamber.towns.visitor()
    unpublished, none = anybody.client.get(file), anybody.client.get("/jia/meetings/99/archive")
    assert (unpublished.status_code, none.status_code) == (303, 303)
    assert "/sign-in" in unpublished.headers["Location"]
    assert published(chamber, "m1").status_code == 403
    assert anybody.client.get(file).status_code == 303
    assert "没有向社会公布" in chamber.as_("m1").text(f"/jia/meetings/{chamber.meeting}")
    assert "publish" in chamber.as_("chair").text(f"/jia/meetings/{chamber.meeting}")
    assert published(chamber).status_code == 303
    assert anybody.client.get(file).status_code == 200
    with chamber.world.reading() as desk:
        entry = desk.session.scalars(select(EventRow).where(EventRow.action == "meeting_publish")).one()
    assert (entry.actor, entry.label) == ("工作人员丙", "向社会公布")
    assert "已经向社会公布" in published(chamber).text


def test_a_sitting_is_not_published_while_a_ballot_waits(chamber: Chamber) -> None:
    voted(chamber, "第一项")
    assert published(chamber).status_code == 409
    adjourned(chamber)
    assert "还有表决没有公布" in published(chamber).text
    assert chamber.towns.visitor().client.get(f"/jia/meetings/{chamber.meeting}/archive").status_code == 303


def test_a_department_gets_no_archive_of_a_sitting_that_is_not_published(chamber: Chamber) -> None:
    voted(chamber, "第一项", display="direct")
    adjourned(chamber)
    with chamber.world.writing() as desk:
        accounts.add(desk, "bureau", "某局", ("department",), kept_password=accounts.hashed(PASSWORD))
    bureau = chamber.as_("bureau")
    assert bureau.client.get(f"/jia/meetings/{chamber.meeting}/archive").status_code == 403
    assert "archive-link" not in bureau.text(f"/jia/meetings/{chamber.meeting}")


def test_a_published_notice_of_a_result_links_the_archive_for_whoever_reads_it(chamber: Chamber) -> None:
    number = voted(chamber, "第一项", display="direct")
    with chamber.world.writing() as desk:
        ballots.announce(desk, CLERK, number, public=True)
        notice = desk.session.scalars(select(NoticeRow.id)).one()
    anybody = chamber.towns.visitor()
    assert "archive-link" not in anybody.text(f"/jia/notices/{notice}")
    adjourned(chamber)
    assert "archive-link" not in anybody.text(f"/jia/notices/{notice}")
    published(chamber)
    assert f'href="/jia/meetings/{chamber.meeting}/archive"' in anybody.text(f"/jia/notices/{notice}")


def test_the_chair_withholds_on_the_page_and_members_are_told_so(chamber: Chamber) -> None:
    number = voted(chamber, "第一项", bench="measurement")
    clerk, member = chamber.as_("clerk"), chamber.as_("m1")
    assert "登记不公布" not in clerk.text(f"/jia/ballots/{number}")
    assert "登记不公布" in chamber.as_("chair").text(f"/jia/ballots/{number}")
    assert "请写明不公布“第一项”结果的理由" in withheld(chamber, number, " ").text
    assert chamber.row(number).state == "closed"
    assert withheld(chamber, number).status_code == 303
    page = member.text(f"/jia/ballots/{number}")
    assert "已计票;结果经主任会议决定不公布。" in page
    assert "满意</th>" not in page
    assert "不公布，只有会务和主持人能看到" in clerk.text(f"/jia/ballots/{number}")


def test_nobody_is_offered_to_withhold_a_decision(chamber: Chamber) -> None:
    number = voted(chamber, "第一项")
    assert "登记不公布" not in chamber.as_("chair").text(f"/jia/ballots/{number}")
    refused = withheld(chamber, number)
    assert (
        refused.status_code,
        "[ballot.withhold_decision]" in refused.text or "ballot.withhold_decision" in refused.text,
    ) == (409, True)


def test_without_a_key_there_is_no_archive_and_no_link(chamber: Chamber) -> None:
    del chamber.towns.app.extensions["renda_signer"]
    voted(chamber, "第一项", display="direct")
    adjourned(chamber)
    member = chamber.as_("m1")
    assert member.client.get(f"/jia/meetings/{chamber.meeting}/archive").status_code == 503
    assert "archive-link" not in member.text(f"/jia/meetings/{chamber.meeting}")
    assert member.client.get("/jia/meetings/99/archive").status_code == 404


def test_a_department_reads_no_question_of_a_ballot_on_the_page_of_the_sitting(chamber: Chamber) -> None:
    voted(chamber, "2020 年度述职测评")
    with chamber.world.writing() as desk:
        accounts.add(desk, "bureau", "某局", ("department",), kept_password=accounts.hashed(PASSWORD))
    page = f"/jia/meetings/{chamber.meeting}"
    assert "2020 年度述职测评" in chamber.as_("m1").text(page)
    assert "2020 年度述职测评" not in chamber.as_("bureau").text(page)
