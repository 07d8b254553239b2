"""The pages of a ballot without a browser: prepared, voted, counted, released, told truly."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from backing.chamber import CLERK, Chamber, make_chamber
from backing.databases import Database
from backing.world import Visitor, hidden_entries
from renda.i18n import reading_in
from renda.model import EnvelopeRow, EventRow, NoticeRow
from renda.services import ballots, meetings
from renda.services.ballots.wording import mark_of, outcome_of
from renda.web.casting import WHOLE_ANSWER
from renda.web.pages.voting import WHOLE_PAGE


@pytest.fixture
def chamber(sqlite_database: Database, tmp_path: Path) -> Iterator[Chamber]:
    made = make_chamber(sqlite_database.app_url, tmp_path)
    yield made
    made.world.close()


def deal(visitor: Visitor, number: int, deed: str, **entries: Any) -> Any:
    page = f"/jia/ballots/{number}"
    token = hidden_entries(visitor.text("/jia/account"))
    return visitor.client.post(page, data={**token, "deed": deed, **entries})


def post(visitor: Visitor, number: int, said: Any, page: str = "/jia/vote") -> Any:
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.text(page))
    assert token is not None
    headers = {"X-CSRFToken": token[1], "Content-Type": "application/json"}
    return visitor.client.post(f"/jia/ballots/{number}/cast", data=json.dumps(said), headers=headers)


def hall_of(chamber: Chamber) -> str:
    found = re.search(r'id="hall-link" href="([^"]+)"', chamber.as_("clerk").text(sitting(chamber)))
    assert found is not None
    return found[1]


def first_json(answer: Any) -> Any:
    return answer.json


def sitting(chamber: Chamber) -> str:
    return f"/jia/meetings/{chamber.meeting}/ballots"


def test_a_clerk_prepares_a_ballot_and_opens_and_counts_it_on_pages(chamber: Chamber) -> None:
    clerk = chamber.as_("clerk")
    made = clerk.send(
        f"{sitting(chamber)}/new", question="关于批准决算的决议", rule="law-majority", secrecy="secret",
        display="delayed", press="first", key_mode="server",
    )  # fmt: skip
    assert made.status_code == 303
    number = int(made.headers["Location"].rsplit("/", 1)[1])
    assert chamber.row(number).guard == {"k": 1, "action": "coarsen"}
    assert "准备中" in clerk.text(f"/jia/ballots/{number}")
    assert deal(clerk, number, "open").status_code == 303
    for member, mark in enumerate(("yes", "yes", "yes", "no")):
        chamber.mark(number, member, mark)
    page = clerk.text(f"/jia/ballots/{number}")
    assert f'<strong data-voted="{number}">4</strong> / <span data-issued="{number}">5</span>' in page
    assert "通过" not in page
    assert deal(clerk, number, "close").status_code == 303
    page = clerk.text(f"/jia/ballots/{number}")
    assert "尚未宣布，只有会务和主持人能看到" in page
    assert "2×3 &gt; 5,至少需要 3 票。" in page
    assert not list(chamber.keys.folder.iterdir())


@pytest.mark.parametrize(
    ("entries", "status", "said"),
    [
        ({"question": ""}, 422, "没有写表决的题目。请写明。"),
        ({"rule": "none"}, 422, "没有“none”这种计票办法。请从列表中选择。"),
        ({"k": "0.5"}, 422, "公布保护的人数下限应为不小于 1 的整数,现为“0.5”。"),
        ({"rule": "law-removal", "secrecy": "named"}, 422,
         "“撤职案:无记名,全体组成人员过半数通过”依法须无记名投票。请选“无记名”。"),
        ({"subjects": "甲" * 301}, 422, "“甲甲甲甲甲甲甲甲甲甲甲甲”过长:最多 300 个字。请缩短。"),
        ({"subjects": "某事 #999"}, 404, "没有编号为 999 的事项,或者您不能查看它。"),
    ],
)  # fmt: skip
def test_a_ballot_that_cannot_be_is_refused_word_for_word(
    chamber: Chamber, entries: dict[str, str], status: int, said: str
) -> None:
    usual = {"question": "议题", "rule": "law-majority", "secrecy": "secret"}
    answer = chamber.as_("clerk").send(f"{sitting(chamber)}/new", **{**usual, **entries})
    assert (answer.status_code, said in answer.text) == (status, True), answer.text


def test_several_ballots_are_opened_and_closed_together_or_not_at_all(chamber: Chamber) -> None:
    first, second = chamber.prepare("第一项"), chamber.prepare("第二项")
    clerk, page = chamber.as_("clerk"), sitting(chamber)
    assert clerk.send(page, deed="open", ballot=[first, second]).status_code == 303
    assert {chamber.row(each).state for each in (first, second)} == {"open"}
    third = chamber.prepare("第三项")
    refused = clerk.send(page, deed="close", ballot=[first, third])
    assert refused.status_code == 409
    assert "现在不能“计票”:“第三项”处于“准备中”。" in refused.text
    assert chamber.row(first).state == "open"
    assert chamber.keys.read(f"{chamber.row(first).district_id}-{first}") is not None
    none = clerk.send(page, deed="close")
    assert "没有选中任何表决。请先在左边打勾。" in none.text
    for answer in (refused, none):
        assert f'href="{page}">回到刚才的页面</a>' in answer.text
    assert clerk.send(page, deed="close", ballot=[first, second]).status_code == 303
    assert {chamber.row(each).state for each in (first, second)} == {"closed"}


def test_a_delayed_result_is_the_chairs_until_it_is_released(chamber: Chamber) -> None:
    number, hall = chamber.ready(display="delayed"), hall_of(chamber)
    for place in range(4):
        chamber.mark(number, place, "yes" if place else "no")
    chamber.close(number)
    chair, member, anybody = chamber.as_("chair"), chamber.as_("m1"), chamber.towns.visitor()
    assert "2×3 &gt; 5" in chair.text(f"/jia/ballots/{number}")
    for page in (member.text(f"/jia/ballots/{number}"), anybody.text(hall)):
        assert "通过" not in page
        assert "赞成</th>" not in page
    assert "表决已截止，请等候宣布结果。" in anybody.text(hall)
    assert deal(member, number, "publish").status_code == 403
    assert deal(chair, number, "publish").status_code == 303
    for page in (member.text(f"/jia/ballots/{number}"), anybody.text(hall)):
        assert "通过" in page
        assert "赞成</th>" in page
    with chamber.world.reading() as desk:
        labels = [row.label for row in desk.session.scalars(select(EventRow).order_by(EventRow.number))]
    assert labels[-1] == "公布结果"


def test_a_result_is_in_the_hall_though_another_ballot_waits_for_its_count(chamber: Chamber) -> None:
    first, second, hall = chamber.ready(display="delayed"), chamber.ready(display="delayed"), hall_of(chamber)
    clerk, chair, page = chamber.as_("clerk"), chamber.as_("chair"), sitting(chamber)
    for place in range(4):
        chamber.mark(first, place, "yes")
    assert clerk.send(page, deed="stop", ballot=[first, second]).status_code == 303
    chamber.close(first)
    assert deal(chair, first, "publish").status_code == 303
    shown = chamber.towns.visitor().text(hall)
    assert "通过" in shown
    assert "赞成</th>" in shown
    assert "表决已截止，请等候宣布结果。" in shown


def test_a_direct_result_is_shown_with_the_count(chamber: Chamber) -> None:
    number, hall = chamber.ready(display="direct"), hall_of(chamber)
    for member in range(5):
        chamber.mark(number, member, "yes")
    chamber.close(number)
    assert chamber.row(number).state == "published"
    assert "通过" in chamber.towns.visitor().text(hall)


def test_the_guard_holds_back_a_direct_result_that_would_show_single_votes(chamber: Chamber) -> None:
    number = chamber.ready("测评", "measurement", ["局长甲"], display="direct", k=5, action="refuse")
    for member in range(5):
        chamber.mark(number, member, "满意")
    chamber.close(number)
    assert chamber.row(number).state == "closed"
    chair = chamber.as_("chair")
    page = chair.text(f"/jia/ballots/{number}")
    assert "这次表决不公布全部票数。" in page
    assert 'id="do-publish"' not in page
    assert "登记不公布" in page
    assert "可以办理的有:由主任会议登记不公布。" in deal(chair, number, "publish", form="full").text
    coarse = chamber.ready("第二件", display="direct", k=5, action="coarsen")
    for member in range(5):
        chamber.mark(coarse, member, "yes")
    chamber.close(coarse)
    page = chamber.as_("m1").text(f"/jia/ballots/{coarse}")
    assert "通过" in page
    assert "这次表决各项都只公布结论。" in page
    assert "赞成</th>" not in page


def test_a_vote_without_a_script_goes_through_two_pages_of_one_length(chamber: Chamber) -> None:
    number = chamber.ready("测评", "measurement", ["财政局", "住建局"])
    answers = []
    for login, marks in (("m1", ("0001", "0002")), ("m2", ("----", "0003"))):
        member, path = chamber.as_(login), f"/jia/ballots/{number}/cast"
        entries = {"m.1": marks[0], "m.2": marks[1]}
        review = member.send(path, "/jia/vote", **entries)
        assert (review.status_code, len(review.data) % WHOLE_PAGE) == (200, 0)
        assert ("还有 1 项没有选。" in review.text) == ("----" in marks)
        hidden = hidden_entries(review.text)
        assert {name: hidden[name] for name in entries} == entries
        answers.append(member.client.post(path, data={**hidden, "cast": "1"}))
        again = member.client.post(path, data={**hidden, "cast": "1"})
        assert 'data-answer="counted"' in again.text
    assert {len(each.data) for each in answers} == {WHOLE_PAGE}
    assert all('data-answer="counted"' in each.text for each in answers)
    chamber.close(number)
    assert chamber.row(number).result["turnout"]["returned"] == 2


def test_two_clicks_are_one_vote_and_a_second_paper_is_told_apart(chamber: Chamber) -> None:
    number = chamber.ready()
    member = chamber.as_("m1")
    said = {"submission": "a" * 24, "marks": {"1": "0001"}, "names": []}
    assert [post(member, number, said).json["answer"] for _ in range(2)] == ["counted", "counted"]
    other = post(member, number, {**said, "submission": "b" * 24, "marks": {"1": "0002"}})
    assert other.json["answer"] == "already"
    assert other.json["said"] == "您在这次表决中已投过另一张票,以那一张为准;这一张没有收下。"
    assert len(other.data) == len(post(member, number, said).data) == WHOLE_ANSWER
    assert "您的票已收到。" in member.text("/jia/vote")
    with chamber.world.reading() as desk:
        assert len(desk.session.scalars(select(EnvelopeRow)).all()) == 1


def test_where_the_last_press_counts_a_second_paper_takes_the_place_of_the_first(chamber: Chamber) -> None:
    number = chamber.ready(press="last")
    member = chamber.as_("m1")
    for token, mark in (("a" * 24, "0001"), ("b" * 24, "0002")):
        assert (
            post(member, number, {"submission": token, "marks": {"1": mark}, "names": []}).json["answer"] == "counted"
        )
    chamber.close(number)
    assert chamber.row(number).result["subjects"]["1"]["no"] == 1


def test_a_late_vote_and_one_of_somebody_who_is_no_elector_are_told(chamber: Chamber) -> None:
    number = chamber.ready()
    said = {"submission": "a" * 24, "marks": {"1": "0001"}, "names": []}
    stranger = post(chamber.as_("chair"), number, said, "/jia/account")
    assert (stranger.status_code, stranger.json["code"]) == (403, "ballot.not_elector")
    member = chamber.as_("m2")
    with chamber.world.writing() as desk:
        ballots.stop(desk, CLERK, number)
    late = post(member, number, said, "/jia/account")
    assert (late.status_code, late.json["answer"]) == (200, "too_late")
    assert late.json["said"] == "表决已经截止,您的票没有计入。"
    mistakes: list[Any] = [[], {"submission": "x", "envelope": "%%"}, {"submission": "x", "marks": 3}]
    for wrong in mistakes:
        told = post(member, number, wrong, "/jia/account")
        assert (told.status_code, told.json["said"]) == (400, "投票请求的内容无法识别。请刷新页面后重投。")
    assert member.get(f"/jia/ballots/{number}/cast").status_code == 303


def test_whoever_has_a_slip_votes_by_it_on_a_terminal(chamber: Chamber) -> None:
    number = chamber.ready()
    with chamber.world.writing() as desk:
        slip = meetings.give_slip(desk, CLERK, chamber.meeting, chamber.members[2].id)
    terminal = chamber.towns.visitor()
    wrong = terminal.send("/jia/seat", slip="AAAA-BBBB")
    assert wrong.status_code == 403
    assert "凭条“AAAA…”不对或已失效。请核对,或到签到处换一张。" in wrong.text
    assert terminal.send("/jia/seat", slip=slip.lower()).status_code == 303
    assert "委员甲3" in terminal.text("/jia/seat")
    told = post(terminal, number, {"submission": "t" * 24, "marks": {"1": "0001"}, "names": []}, "/jia/seat")
    assert told.json["answer"] == "counted"
    assert terminal.send("/jia/seat", slip="").status_code == 303
    assert "请输入凭条上的字母和数字" in terminal.text("/jia/seat")
    gone = post(terminal, number, {"submission": "t" * 24, "marks": {"1": "0001"}, "names": []}, "/jia/seat")
    assert (gone.status_code, gone.json["code"]) == (401, "vote.signed_out")
    assert terminal.get("/jia/vote").status_code == 303


def test_a_seats_address_makes_a_terminal_of_whoever_sits_there(chamber: Chamber) -> None:
    chamber.ready()
    with chamber.world.writing() as desk:
        meetings.give_seats(desk, CLERK, chamber.meeting, {chamber.members[0].id: "A1"})
        key = meetings.seat_key(desk, CLERK, chamber.meeting, "A1")
    terminal = chamber.towns.visitor()
    assert terminal.get(f"/jia/seat?meeting={chamber.meeting}&seat=A1&key={key}").status_code == 303
    assert "委员甲1" in terminal.text("/jia/seat")
    assert "not-signed-in" not in terminal.text("/jia/seat")
    with chamber.world.writing() as desk:
        meetings.depart(desk, CLERK, chamber.meeting, chamber.members[0].id)
    page = terminal.text("/jia/seat")
    assert "还没有签到，签到以后才能投票。" in page
    assert 'href="/jia/arrive"' in page
    with chamber.world.writing() as desk:
        meetings.sign_in(desk, CLERK, chamber.meeting, chamber.members[0].id)
    assert terminal.get(f"/jia/seat?meeting={chamber.meeting}&seat=A1&key=none").status_code == 403


def test_two_people_count_the_papers_and_see_where_they_differ_and_no_figure(chamber: Chamber) -> None:
    number = chamber.ready()
    clerk, second = chamber.as_("clerk"), chamber.as_("second")
    for member in (0, 1, 2):
        chamber.mark(number, member, "yes")
    for member in (3, 4):
        assert deal(clerk, number, "paper", person=chamber.members[member].id).status_code == 303
    refused = deal(clerk, number, "paper", person=chamber.members[0].id)
    assert "委员甲1已用电子方式投票,不能再发纸质票。" in refused.text
    assert deal(clerk, number, "stop").status_code == 303
    page = f"/jia/ballots/{number}/count"
    wrong = clerk.send(page, f0="2", f1="1")
    assert (
        wrong.status_code,
        "计票单上“关于批准决算的决议”一行合计1张,与收回的2张不符。请重新清点。" in wrong.text,
    ) == (422, True)
    assert clerk.send(page, f0="2", f1="1", f2="1").status_code == 303
    assert second.send(page, f0="2", f1="2", f2="0").status_code == 303
    told = second.text(page)
    assert "关于批准决算的决议·赞成" in told
    assert "关于批准决算的决议·反对" in told
    assert "关于批准决算的决议·弃权" not in told
    assert "计票不一致" in deal(clerk, number, "close").text
    assert second.send(page, f0="2", f1="1", f2="1").status_code == 303
    assert "的计票单一致。" in second.text(page)
    assert deal(clerk, number, "close").status_code == 303
    result = clerk.text(f"/jia/ballots/{number}")
    assert "无记名表决只留合计,不分电子票和纸质票。" in result
    assert "共 4 张。" in result
    assert not re.search(r"(电子票|纸质票)\s*\d", result)
    sheets = clerk.text(f"/jia/ballots/{number}/sheets?copies=3")
    papers = re.findall(r'<article class="paper-sheet">.*?</article>', sheets, re.DOTALL)
    assert (len(papers), len(set(papers))) == (3, 1)


def test_scrutineers_hold_the_key_in_shares_that_are_shown_once(chamber: Chamber) -> None:
    number = chamber.prepare(key_mode="shares")
    chair = chamber.as_("chair")
    assert "还没有生成。请先生成并分发密钥。" in deal(chair, number, "open").text
    shown = deal(chair, number, "shares", total="3", needed="2")
    shares = re.findall(r'<code class="share">([^<]+)</code>', shown.text)
    assert (len(shares), shown.headers["Cache-Control"]) == (3, "no-store")
    assert shares[0] not in chair.text(f"/jia/ballots/{number}")
    assert "需要 2 份密钥,现只输入 1 份" in deal(chair, number, "open", share=shares[:1]).text
    assert deal(chair, number, "open", share=shares[:2]).status_code == 303
    chamber.mark(number, 0, "yes")
    assert deal(chair, number, "close", share=shares[1:]).status_code == 303
    assert chamber.row(number).result["turnout"]["returned"] == 1


def test_polling_costs_one_statement_and_says_no_more_than_counts(chamber: Chamber) -> None:
    number, hall = chamber.ready(), hall_of(chamber)
    anybody = chamber.towns.visitor()
    first = anybody.get(f"{hall}/turnout")
    assert first.json == {
        "state": "open", "present": 5, "ballots": [{"id": number, "state": "open", "voted": 0, "issued": 5}],
    }  # fmt: skip
    again = anybody.get(f"{hall}/turnout", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, "Set-Cookie" in again.headers) == (304, b"", False)
    member = chamber.as_("m1")
    post(member, number, {"submission": "a" * 24, "marks": {"1": "0001"}, "names": []})
    # A count may be half a second old: no vote makes anybody ask the database again.
    chamber.towns.app.extensions["renda_polled"].forget("jia")
    assert first_json(anybody.get(f"{hall}/turnout"))["ballots"][0]["voted"] == 1
    for wrong in (hall[:-1], hall.replace("/jia/", "/yi/"), "/jia/hall/x"):
        assert anybody.get(f"{wrong}/turnout").status_code == 404
    chamber.close(number)
    with chamber.world.writing() as desk:
        meetings.close(desk, CLERK, chamber.meeting)
    chamber.towns.app.extensions["renda_polled"].forget("jia")
    assert anybody.get(f"{hall}/turnout").json == {"state": "closed", "present": 5, "ballots": []}
    assert "会议已闭会。" in anybody.text(hall)


def test_a_released_result_becomes_a_document(chamber: Chamber) -> None:
    number = chamber.ready(display="direct")
    for member in range(5):
        chamber.mark(number, member, "yes" if member else "abstain")
    chamber.close(number)
    clerk = chamber.as_("clerk")
    assert deal(clerk, number, "announce", public="1").status_code == 303
    assert "的结果已经发文,不再重复。" in deal(clerk, number, "announce").text
    with chamber.world.reading() as desk:
        notice = desk.session.scalars(select(NoticeRow)).one()
    assert notice.public
    assert any("赞成4票、反对0票、弃权1票;通过。" in paragraph for paragraph in notice.paragraphs)
    assert "赞成4票" in chamber.towns.visitor().text(f"/jia/notices/{notice.id}")


def test_ballots_are_run_by_the_office_and_seen_by_those_concerned(chamber: Chamber) -> None:
    number = chamber.ready()
    member, auditor = chamber.as_("m1"), chamber.as_("auditor")
    for path in (sitting(chamber), f"{sitting(chamber)}/new", f"/jia/ballots/{number}/count"):
        assert member.get(path).status_code == 403
        assert chamber.towns.visitor().get(path).status_code == 303
    assert "现在可以办理" not in auditor.text(f"/jia/ballots/{number}")
    assert auditor.get("/jia/ballots/99").status_code == 404


def test_the_pages_of_a_ballot_speak_the_readers_language(chamber: Chamber) -> None:
    number = chamber.ready()
    member = chamber.as_("m1")
    member.get("/language/en?back=/jia/")
    page = member.text("/jia/vote")
    assert '<html lang="en">' in page
    assert f'id="ballot-{number}"' in page


def test_a_document_of_a_result_is_chinese_whatever_language_the_clerk_reads(chamber: Chamber) -> None:
    number = chamber.ready(display="direct")
    chamber.close(number)
    clerk = chamber.as_("clerk")
    clerk.get("/language/en?back=/jia/")
    assert deal(clerk, number, "announce", public="1").status_code == 303
    with chamber.world.reading() as desk:
        notice = desk.session.scalars(select(NoticeRow)).one()
    told = [notice.genre, notice.title, *notice.paragraphs]
    assert notice.genre == "表决结果"
    assert not [text for text in told if re.search("[A-Za-z]", text)]


def test_grades_are_said_in_the_readers_language() -> None:
    rule = {"scale": [{"code": "满意", "label": "满意"}]}
    assert (outcome_of("measurement", "满意"), mark_of("measurement", rule, "满意")) == ("满意", "满意")
    with reading_in("en"):
        assert (outcome_of("measurement", "满意"), mark_of("measurement", rule, "满意")) == ("Satisfied", "Satisfied")
        assert outcome_of("measurement", "") == "No grade reached"


def test_a_ballot_runs_on_either_database(database_url: Database, tmp_path: Path) -> None:
    chamber = make_chamber(database_url.app_url, tmp_path)
    number, hall = chamber.ready(secrecy="named"), hall_of(chamber)
    member, clerk = chamber.as_("m1"), chamber.as_("clerk")
    post(member, number, {"submission": "a" * 24, "marks": {"1": "0001"}, "names": []})
    chamber.mark(number, 1, "no")
    assert first_json(member.get(f"{hall}/turnout"))["ballots"] == [
        {"id": number, "state": "open", "voted": 2, "issued": 5}
    ]
    assert deal(clerk, number, "close").status_code == 303
    assert "委员甲1" not in chamber.as_("m2").text(f"/jia/ballots/{number}").partition("<main")[2]
    assert deal(clerk, number, "publish").status_code == 303
    assert deal(clerk, number, "announce").status_code == 303
    page = chamber.as_("m3").text(f"/jia/ballots/{number}")
    assert re.search(r"<dt>委员甲1</dt>\s*<dd>赞成</dd>", page)
    assert re.search(r"<dt>委员甲2</dt>\s*<dd>反对</dd>", page)
    chamber.world.close()


def test_a_secret_ballot_never_lists_who_voted_what(chamber: Chamber) -> None:
    number = chamber.ready(display="direct")
    chamber.mark(number, 0, "yes")
    chamber.close(number)
    assert 'id="by-name"' not in chamber.as_("clerk").text(f"/jia/ballots/{number}")
