"""The pages of sittings: convening, the roster, the code at the door, a phone, a terminal, a slip, the minutes."""

import html
import re
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select

from backing.world import Towns, Visitor, hidden_entries
from renda.matter import SYSTEM
from renda.model import AttendanceRow
from renda.services import meetings

TITLE = "甲区第一届人民代表大会第三次会议"


def convened(towns: Towns) -> int:
    """A sitting of the congress, to which the two deputies belong."""
    clerk = towns.as_("clerk")
    answer = clerk.send(
        "/jia/meetings/convene", body="congress", number="3", day="2020-03-02", place="会议厅", agenda="听取报告\n表决 "
    )
    assert answer.status_code == 303, answer.text
    return int(answer.location.rpartition("/")[2])


def deed(visitor: Visitor, number: int, name: str, **entries: str) -> str:
    """A deed of the office, and what the page says then."""
    token = hidden_entries(visitor.text("/jia/account"))
    answer = visitor.client.post(f"/jia/meetings/{number}/{name}", data={**token, **entries}, follow_redirects=True)
    return answer.text


def states(towns: Towns) -> dict[str, str]:
    with towns.jia.world.reading() as desk:
        return {str(each.person_id): each.state for each in desk.session.scalars(select(AttendanceRow))}


def local(address: str) -> str:
    """The path and query of an address as a phone would open it."""
    parts = urlsplit(html.unescape(address))
    return f"{parts.path}?{parts.query}"


def test_the_office_convenes_signs_in_and_opens_a_sitting(towns: Towns) -> None:
    number = convened(towns)
    clerk = towns.as_("clerk")
    page = clerk.text(f"/jia/meetings/{number}")
    assert TITLE in page
    assert "听取报告" in page
    assert "不足法定人数，还差 2 人" in page
    assert TITLE in clerk.text("/jia/meetings/")
    first, second = (towns.jia.parties[each].id for each in ("deputy", "second"))
    assert "已办理“签到”：代表甲一" in deed(clerk, number, "sign-in", row=str(first))
    refused = deed(clerk, number, "open")
    assert "全体 2 人,在场 1 人,不足法定人数 2 人(地方组织法第十四条)。请继续签到。" in refused
    assert "应为必填" not in refused
    assert "已办理“请假”：代表甲二" in deed(clerk, number, "leave", person=f"#{second}", reason="出差")
    assert "已办理“签到”：代表甲二" in deed(clerk, number, "sign-in", row=str(second))
    assert f"已办理“开会”：{TITLE}" in deed(clerk, number, "open")
    assert "不在会场" not in deed(clerk, number, "depart", person=f"#{second}")
    assert states(towns) == {str(first): "present", str(second): "left"}
    filtered = clerk.text(f"/jia/meetings/{number}?show=left")
    assert (f'id="p{second}"' in filtered, f'id="p{first}"' in filtered) == (True, False)
    sheet = clerk.text(f"/jia/meetings/{number}/sheet")
    assert "应到 2 人,出席 2 人(迟到 0 人,中途离会 1 人),请假 0 人,缺席 0 人,未到 0 人;列席 0 人。" in sheet


def test_what_is_wrong_in_a_form_is_said_and_what_was_typed_is_kept(local_towns: Towns) -> None:
    clerk = local_towns.as_("clerk")
    answer = clerk.send("/jia/meetings/convene", body="committee", number="第三", place="厅")
    assert answer.status_code == 422
    assert "有 2 处需要改正" in answer.text
    assert 'value="厅"' in answer.text
    number = convened(local_towns)
    person = local_towns.jia.parties["deputy"].id
    assert "有 1 处需要改正" in deed(clerk, number, "leave", person=f"#{person}")
    twice = clerk.send("/jia/meetings/convene", body="congress", number="3", day="2020-03-02")
    assert (twice.status_code, "已经登记过,不能再登记一次" in twice.text) == (409, True)


def test_a_sitting_is_convened_for_an_hour(local_towns: Towns) -> None:
    clerk = local_towns.as_("clerk")
    asked = {"body": "congress", "number": "4", "day": "2020-03-02"}
    wrong = clerk.send("/jia/meetings/convene", **asked, starts="九点")
    assert (wrong.status_code, "开始时间应写成 09:00 的样子,现为“九点”。" in wrong.text) == (422, True)
    answer = clerk.send("/jia/meetings/convene", **asked, starts="9：30")
    assert "2020-03-02 09:30</time>" in clerk.text(answer.location)
    assert "时间:2020年3月2日 09:30" in clerk.text(f"{answer.location}/minutes")


def test_who_is_not_the_office_sees_counts_and_the_own_line_and_changes_nothing(local_towns: Towns) -> None:
    number = convened(local_towns)
    deputy, auditor, bureau = (local_towns.as_(login) for login in ("deputy", "auditor", "bureau"))
    page = deputy.text(f"/jia/meetings/{number}")
    assert "您还没有签到。" in page
    assert "代表甲二" not in page
    assert "代表甲二" in auditor.text(f"/jia/meetings/{number}")
    assert "签到屏幕" not in auditor.text(f"/jia/meetings/{number}")
    for visitor in (deputy, bureau):
        for path in ("minutes", "sheet", "terminals", "sign-in", "seats", "slip"):
            assert visitor.get(f"/jia/meetings/{number}/{path}").status_code == 403, path
    before = states(local_towns)
    refused = deed(deputy, number, "sign-in", row=str(local_towns.jia.parties["deputy"].id))
    assert "会议由工作人员、主任会议组织,您没有这个身份。" in refused
    assert states(local_towns) == before
    visitor = local_towns.visitor()
    for path in (f"/jia/meetings/{number}", "/jia/meetings/", f"/jia/meetings/{number}/here"):
        assert visitor.get(path).status_code == 303, path


def test_a_member_scans_the_code_at_the_door_and_presses_one_button(towns: Towns) -> None:
    number = convened(towns)
    clerk, deputy, screen = towns.as_("clerk"), towns.as_("deputy"), towns.visitor()
    door = re.search(r'href="(/jia/hall/[^"]+/sign-in)"', clerk.text(f"/jia/meetings/{number}"))
    assert door is not None
    shown = screen.text(door[1])
    assert '<svg role="img" aria-label="签到二维码"' in shown
    polled = re.search(r'hx-get="([^"]+)"', shown)
    assert polled is not None
    part = html.unescape(polled[1])
    assert screen.get(part).status_code == 204
    with towns.jia.world.reading() as desk:
        code = meetings.hall_code(desk, number)
    here = f"/jia/meetings/{number}/here?code={code}"
    assert deputy.text(here).count('<button class="btn btn-primary big"') == 1
    answer = deputy.client.post(
        f"/jia/meetings/{number}/here", data={**hidden_entries(deputy.text(here)), "code": code}, follow_redirects=True
    )
    assert "您已签到，请就座。" in answer.text
    assert "在场</span>" not in screen.text(part)
    assert "<strong>1</strong>" in screen.text(part)
    towns.jia.world.now += timedelta(minutes=5)
    second = towns.as_("second")
    old = second.client.post(f"/jia/meetings/{number}/here", data={**hidden_entries(second.text(here)), "code": code})
    assert (old.status_code, "签到码已过期。请重新扫描会场屏幕上的二维码。" in old.text) == (403, True)


def test_a_slip_and_a_seat_sign_in_without_an_account(towns: Towns) -> None:
    number = convened(towns)
    clerk = towns.as_("clerk")
    first, second = (towns.jia.parties[each].id for each in ("deputy", "second"))
    shown = deed(clerk, number, "slip", row=str(first))
    slip = re.search(r'class="slip-code">([0-9A-Z-]{19})<', shown)
    assert slip is not None
    borrowed = towns.visitor()
    assert borrowed.send("/jia/arrive", slip="AAAA").status_code == 403
    assert borrowed.send("/jia/arrive", slip=slip[1].lower()).status_code == 303
    assert TITLE in borrowed.text("/jia/arrive")
    token = {"csrf_token": hidden_entries(borrowed.text("/jia/arrive"))["csrf_token"]}
    assert "您已签到，请就座。" in borrowed.client.post("/jia/arrive", data=token, follow_redirects=True).text
    assert "座席已排好。" in deed(clerk, number, "seats", **{f"seat-{second}": "1排2座"})
    listed = clerk.text(f"/jia/meetings/{number}/terminals")
    address = re.search(r'class="note address">([^<]+)<', listed)
    assert address is not None
    terminal = towns.visitor()
    assert terminal.get(local(address[1])).status_code == 303
    token = {"csrf_token": hidden_entries(terminal.text("/jia/arrive"))["csrf_token"]}
    terminal.client.post("/jia/arrive", data=token)
    assert states(towns) == {str(first): "present", str(second): "present"}
    assert terminal.get("/jia/matters").status_code == 303


def test_counts_are_sent_again_only_where_they_changed(local_towns: Towns) -> None:
    number = convened(local_towns)
    clerk = local_towns.as_("clerk")
    polled = re.search(r'hx-get="([^"]+live[^"]+)"', clerk.text(f"/jia/meetings/{number}"))
    assert polled is not None
    assert clerk.get(html.unescape(polled[1])).status_code == 204
    deed(clerk, number, "sign-in", row=str(local_towns.jia.parties["deputy"].id))
    assert "<strong>1</strong>" in clerk.text(html.unescape(polled[1]))


def test_the_minutes_are_read_and_downloaded(local_towns: Towns) -> None:
    number = convened(local_towns)
    clerk = local_towns.as_("clerk")
    with local_towns.jia.world.writing() as desk:
        for each in ("deputy", "second"):
            meetings.sign_in(desk, SYSTEM, number, local_towns.jia.parties[each].id)
        meetings.open_sitting(desk, SYSTEM, number)
    assert "这是到目前为止的记录" in clerk.text(f"/jia/meetings/{number}/minutes")
    assert "已闭会" in deed(clerk, number, "close")
    page = clerk.text(f"/jia/meetings/{number}/minutes")
    assert "这是到目前为止的记录" not in page
    file = clerk.get(f"/jia/meetings/{number}/minutes/txt")
    assert file.headers["Content-Disposition"].endswith(".txt")
    word = clerk.get(f"/jia/meetings/{number}/minutes/docx")
    assert word.data.startswith(b"PK")
    for said in ("甲区第一届人民代表大会第三次会议记录", "(一)听取报告", "应到 2 人,出席 2 人", "没有表决。"):
        assert said in file.text
        assert said in page
    assert clerk.get(f"/jia/meetings/{number}/minutes/exe").status_code == 404
