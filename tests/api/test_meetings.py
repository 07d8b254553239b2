"""Sittings through the API: who sees what, the three ways of signing in, and what is refused."""

from typing import Any

from backing.programs import come
from backing.world import FIRST, Towns
from renda.matter import SYSTEM
from renda.services import meetings
from renda.services.meetings import Item


def convened(towns: Towns) -> int:
    with towns.jia.world.writing() as desk:
        return meetings.convene(desk, SYSTEM, "congress", number=3, day=FIRST, agenda=[Item("听取报告")])


def test_a_sitting_is_listed_and_read_with_its_counts(towns: Towns) -> None:
    number = convened(towns)
    said = come(towns, "clerk").said("/meetings")
    (listed,) = said["items"]
    assert (listed["id"], listed["title"], listed["state"]) == (number, "甲区第一届人民代表大会第三次会议", "convened")
    assert (listed["presence"]["members"], listed["presence"]["needed"], listed["presence"]["sum"]) == (
        2,
        2,
        "3×0 < 2×2",
    )
    whole = come(towns, "auditor").said(f"/meetings/{number}")
    assert [each["name"] for each in whole["attendance"]] == ["代表甲一", "代表甲二"]
    own = come(towns, "deputy").said(f"/meetings/{number}")
    assert [(each["name"], each["label"]) for each in own["attendance"]] == [("代表甲一", "未到")]
    assert come(towns, "bureau").said(f"/meetings/{number}")["attendance"] == []


def test_the_office_a_code_and_a_slip_sign_in(towns: Towns) -> None:
    number = convened(towns)
    clerk, deputy = come(towns, "clerk"), come(towns, "deputy")
    first, second = (towns.jia.parties[each].id for each in ("deputy", "second"))
    path = f"/meetings/{number}/sign-in"
    with towns.jia.world.writing() as desk:
        code = meetings.hall_code(desk, number)
        slip = meetings.give_slip(desk, SYSTEM, number, second)
    assert said(deputy.post(path, {"code": code}))["new"] is True
    assert said(clerk.post(path, {"person": first}))["new"] is False
    done = said(clerk.post(path, {"slip": slip}))
    assert (done["new"], done["presence"]["present"], done["presence"]["enough"]) == (True, 2, True)
    refused = {
        (answer.status_code, (answer.json or {})["code"])
        for answer in (
            deputy.post(path, {"person": first}),
            deputy.post(path, {"slip": slip}),
            deputy.post(path, {"code": "1-a"}),
            clerk.post(path, {"person": first, "code": code}),
            clerk.post(path, {}),
            clerk.post(path, {"person": "1"}),
            clerk.post(path, {"seat": "1"}),
            clerk.post("/meetings/99/sign-in", {"person": first}),
            come(towns, "clerk", "read").post(path, {"person": first}),
        )
    }
    assert refused == {
        (403, "meeting.not_yours"),
        (403, "meeting.code_wrong"),
        (400, "api.sign_in"),
        (400, "api.body"),
        (404, "meeting.unknown"),
        (403, "api.scope"),
    }


def test_a_sitting_of_another_district_is_not_there(towns: Towns) -> None:
    number = convened(towns)
    program = come(towns, "clerk", slug="yi")
    assert program.said("/meetings")["items"] == []
    assert program.get(f"/meetings/{number}").status_code == 404


def said(answer: Any) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json
