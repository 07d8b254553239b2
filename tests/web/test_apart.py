"""Districts apart: every address of the application, asked for with what belongs to another district."""

import re
from typing import Any

import pytest
from werkzeug.routing import Rule

from backing.world import Town, Towns, hidden_entries
from renda import Question as WishQuestion
from renda import Questionnaire
from renda.matter import Actor
from renda.model import MatterRow
from renda.services import ballots, chain, meetings
from renda.services.ballots import Question, Subject
from renda.services.questionnaires.asking import prepare_questionnaires

NAMES = {"acting": "withdraw", "opening": "propose", "meeting_deed": "agenda", "minutes_file": "minutes.docx",
         "questionnaire_deed": "count"}  # fmt: skip
KNOWN = {"entry", "form", "what", "slug", "number", "name", "practice", "code", "token"}
TABLES = {"people": "person", "organs": "organ", "notices": "notice", "projects": "project"}
FOR_AUDITORS = {"district.security_entries"}
CLERK = Actor(901, "工作人员丙", frozenset({"clerk"}))


def full(town: Town, *, secret: str) -> dict[str, set[int]]:
    """A district with everything in it; the numbers of what it holds, by the first word of its address."""
    for at in range(4):
        town.world.person(f"{secret}{at}")
        town.world.organ(f"{secret}{at}局")
        town.world.project(f"{secret}{at}工程")
    numbers = [town.propose(f"{secret}{at}") for at in range(3)]
    for number in numbers:
        town.assign(number)
    with town.world.writing() as desk:
        sitting = meetings.convene(desk, CLERK, "committee", day=desk.day, number=1)
        asked = Question(f"{secret}表决", "motion", {}, [Subject(secret)], 3, meeting=sitting)
        ballot = ballots.prepare(desk, CLERK, asked)
        row = desk.session.get_one(MatterRow, numbers[0])
        wish = Questionnaire(
            f"{secret}问卷", (WishQuestion("whole", "您希望做什么", "idea"),), until=desk.day, closing="x"
        )
        (questionnaire,) = prepare_questionnaires(desk, chain.lock(desk), CLERK, row, [wish])
    shares = {child.id for number in numbers for child in town.world.matter(number).children()}
    with town.world.reading() as desk:
        own = desk.session.district_id
        kept = {
            name: set(
                desk.session.connection().exec_driver_sql(f"select id from {table} where district_id = {own}").scalars()
            )
            for name, table in TABLES.items()
        }
    held = {"meetings": {sitting}, "ballots": {ballot}, "questionnaires": {questionnaire}}
    return {"matters": {*numbers, *shares}, **held, **kept}


def strangers(towns: Towns) -> dict[str, set[int]]:
    """What 乙区 has and 甲区 has not."""
    own, other = full(towns.jia, secret="甲密"), full(towns.yi, secret="乙密")
    return {name: numbers - own[name] for name, numbers in other.items()}


def rules(towns: Towns) -> list[Rule]:
    return [rule for rule in towns.app.url_map.iter_rules() if rule.endpoint.startswith("district.")]


@pytest.mark.parametrize("login", ["clerk", "auditor", "deputy"])
def test_no_address_answers_with_what_is_another_districts(towns: Towns, login: str) -> None:
    theirs, visitor, walked = strangers(towns), towns.as_(login), set()
    token = hidden_entries(visitor.text("/jia/account"))
    for rule in rules(towns):
        assert rule.arguments <= KNOWN, f"tell this test what to put into {rule}"
        page = rule.endpoint.removeprefix("district.")
        if "number" not in rule.arguments:
            continue
        place = rule.rule.split("/")[2]
        for number in sorted(theirs[place]):
            values: dict[str, Any] = {
                "slug": "jia",
                "number": number,
                "name": NAMES.get(page, ""),
                "entry": "transcript",
            }
            with towns.app.test_request_context():
                path = towns.app.url_map.bind("localhost").build(
                    rule.endpoint, {key: value for key, value in values.items() if key in rule.arguments}
                )
            if "GET" in (rule.methods or ()):
                assert visitor.get(path).status_code == 404, path
            walked.add(place)
            if "POST" in (rule.methods or ()):
                assert visitor.client.post(path, data=token).status_code == 404, path
    assert walked == {"matters", "meetings", "ballots", "questionnaires", *TABLES}


def test_a_form_cannot_point_into_another_district(towns: Towns) -> None:
    theirs, deputy, clerk = strangers(towns), towns.as_("deputy"), towns.as_("clerk")
    me = towns.jia.parties["deputy"].id
    form = "/jia/practices/suggestions/open/propose"
    person = max(theirs["people"])
    answer = deputy.send(form, title="x", text="y", proposer=f"#{me}", seconders=[f"#{person}"])
    assert answer.status_code == 422
    assert f"本区县没有编号为 {person} 的记录。" in answer.text
    matter = min(theirs["matters"])
    answer = deputy.send(form, title="x", text="y", proposer=f"#{me}", related=str(matter))
    assert f"本区县没有编号为 {matter} 的记录。" in answer.text
    share = "/jia/practices/suggestions/open/share"
    assert clerk.get(f"{share}?parent={matter}").status_code == 404
    token = hidden_entries(clerk.text("/jia/account"))
    assert clerk.client.post(share, data={**token, "parent": matter, "title": "x"}).status_code == 404


def test_no_page_of_one_district_names_anything_of_another(towns: Towns) -> None:
    full(towns.jia, secret="甲密")
    full(towns.yi, secret="乙密")
    clerk, auditor = towns.as_("clerk"), towns.as_("auditor")
    found = set()
    for rule in rules(towns):
        if rule.arguments == {"slug"} and "GET" in (rule.methods or ()) and rule.endpoint != "district.sign_in":
            visitor = auditor if rule.endpoint in FOR_AUDITORS else clerk
            page = visitor.text(rule.rule.replace("<slug>", "jia"))
            assert "乙密" not in page
            found |= set(re.findall("甲密.", page))
    for of in ("deputy", "official", "organ"):
        page = clerk.text(f"/jia/people/?of={of}")
        assert "乙密" not in page
    assert len(found) >= 3


def test_a_token_of_one_districts_form_opens_nothing_in_another(towns: Towns) -> None:
    clerk = towns.as_("clerk", "yi")
    assert clerk.sign_in("jia", "auditor").status_code == 303
    entries = hidden_entries(clerk.text("/yi/account"))
    assert clerk.client.post("/jia/sign-out", data=entries).status_code == 400


def test_a_district_nobody_knows_and_one_whose_files_are_broken_leave_the_others_working(towns: Towns) -> None:
    visitor = towns.visitor()
    assert "没有“mo”这个区县。" in visitor.text("/mo/", 404)
    assert visitor.get("/..%2Fjia/").status_code == 404
    broken = visitor.text("/bing/", 503)
    assert "web.district_closed" in broken
    assert "toml" not in broken
    assert visitor.get("/jia/").status_code == 200
    assert "丙区" in visitor.text("/")
