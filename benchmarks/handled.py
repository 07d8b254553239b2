"""One suggestion handled to its end under Pingshan's real rules, and the people it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from renda.matter import Actor, Party
from renda.model import AccountRow, MandateRow, MatterRow, OrganRow, PersonRow
from renda.services.accounts import hashed
from renda.services.desk import Desk, Installation
from renda.services.matters import act

PASSWORD = "Bench-2020!"
PRACTICE = "segmented_scoring"


@dataclass(frozen=True)
class People:
    """Who acts: a clerk, a deputy, a department."""

    clerk: Actor
    deputy: Actor
    department: Actor


def people(desk: Desk) -> People:
    """A clerk, a deputy and a department with accounts ``clerk``, ``deputy`` and ``department``."""
    person, organ = PersonRow(code="d1", name="代表甲一"), OrganRow(code="o1", name="承办单位一")
    desk.session.add_all([person, organ])
    desk.session.flush()
    desk.session.add(MandateRow(person_id=person.id, since=date(2018, 1, 1)))
    password = hashed(PASSWORD)
    accounts = [
        AccountRow(login="clerk", name="工作人员", password=password, roles=["clerk"]),
        AccountRow(login="deputy", name=person.name, password=password, roles=["deputy"], person_id=person.id),
        AccountRow(login="department", name=organ.name, password=password, roles=["department"], organ_id=organ.id),
    ]
    desk.session.add_all(accounts)
    desk.session.flush()
    clerk, deputy, department = accounts
    return People(
        Actor(clerk.id, clerk.name, frozenset({"clerk"})),
        Actor(deputy.id, deputy.name, frozenset({"deputy"}), person=Party("person", person.id, person.name)),
        Actor(department.id, department.name, frozenset({"department"}), organ=Party("organ", organ.id, organ.name)),
    )


def draft(people: People) -> dict[str, Any]:
    """What the deputy proposes."""
    assert people.deputy.person is not None
    return {
        "title": "关于改善社区照明的建议",
        "facts": "部分路段夜间照明不足。",
        "wanted": "请增设路灯。",
        "category": "城市建设",
        "session": "intersession",
        "proposer": people.deputy.person.id,
    }


def handled(installation: Installation, slug: str) -> tuple[People, int]:
    """The people and the number of a suggestion that was proposed, answered, rated, carried out, rated and closed."""
    with installation.writing(slug) as desk:
        those = people(desk)
        number = act(desk, those.deputy, "submit", draft(those), practice=PRACTICE).matter_id
        act(desk, those.clerk, "accept", {}, matter=number)
        assert those.department.organ is not None
        act(desk, those.clerk, "assign", {"mode": "lead", "leads": [those.department.organ.id]}, matter=number)
        inner = desk.session.query(MatterRow.id).filter(MatterRow.parent_id == number).scalar()
        act(desk, those.department, "签收", {}, matter=inner)
        act(desk, those.department, "见面沟通", {"contact_way": "visit", "contact_note": "已面商。"}, matter=inner)
        reply = {"result_class": "A", "reply_text": "已增设。", "signed_by": "主任丁一"}
        act(desk, those.department, "答复代表", reply, matter=inner)
        act(desk, those.deputy, "评价答复", {"answer_grade": "A"}, matter=number)
        act(desk, those.department, "报告落实", {"progress": "路灯已亮。"}, matter=inner)
        act(desk, those.deputy, "评价落实", {"implementation_grade": "B+"}, matter=number)
    return those, number
