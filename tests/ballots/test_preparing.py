"""What stands in the way of preparing and opening a ballot, each in these words."""

from typing import Any

import pytest

from backing.balloting import SCALE, Hall, refusal
from renda.services import ballots
from renda.services.ballots import Subject


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"bench": "poll"}, "没有“poll”这种表决。可用的有:measurement、motion、selection、election、questionnaire。 [ballot.no_bench]"),
        ({"subjects": ()}, "“表决甲”的规则没有表决对象。请至少列出一项。 [ballot.no_subject]"),
        ({"secrecy": "open"}, "表决的“secrecy”不能写“open”。可用的有:secret、named。 [ballot.choice]"),
        ({"press": "any"}, "表决的“press”不能写“any”。可用的有:first、last。 [ballot.choice]"),
        ({"members": 0}, "全体组成人员应不少于1人,现为 0。请核对名册。 [ballot.members]"),
        ({"k": 0}, "公布保护的人数下限 k 应为不小于1的整数,现为“0”。 [ballot.guard_k]"),
        ({"meeting": 9}, "没有第 9 号会议。请先登记会议。 [ballot.meeting]"),
        ({"before": 99}, "没有第 99 号表决。 [ballot.unknown]"),
        ({"subjects": [Subject("甲", person=999)]}, "没有编号为 999 的人员。 [party.unknown]"),
        ({"subjects": [Subject("甲", project=999)]}, "没有编号为 999 的项目。 [party.unknown]"),
        ({"rule": {"base": "nobody"}}, ("“表决甲”的规则的“base”不能写“nobody”。"
         "可用的有:all_members、present、issued、returned、valid。请选用其一。 [voting.not_offered]")),
    ],
)  # fmt: skip
def test_a_wrong_question_is_refused_in_these_words(hall: Hall, given: dict[str, Any], said: str) -> None:
    assert refusal(lambda: hall.prepare(**given)) == said


def test_a_rule_with_decimals_is_kept_exactly_and_read_again(hall: Hall) -> None:
    rule = {**SCALE, "decimals": 2, "fail": {"grades": ("不满意",), "consequences": ["再次报告"]}}
    number = hall.ready("measurement", ["局长甲"], rule)
    hall.mark(number, 0, "不满意")
    line = hall.close(number).lines[0]
    assert (line.outcome, line.figures["failed"], line.figures["consequences"]) == ("不满意", True, ["再次报告"])


def test_a_ballot_is_not_opened_to_the_wrong_people(hall: Hall) -> None:
    def opened(number: int, present: list[int] | None) -> str:
        def deed() -> None:
            with hall.world.writing() as desk:
                ballots.open_ballot(desk, hall.clerk, number, keys=hall.keys, present=present)

        return refusal(deed)

    number = hall.prepare(members=2)
    assert opened(number, None) == "“表决甲”没有人签到,不能开始。请先签到。 [ballot.nobody]"
    assert opened(number, hall.people(3)) == "签到 3 人,多于全体组成人员 2 人。请核对签到。 [ballot.too_many]"
    assert opened(number, hall.people(1) * 2) == "签到名单上有重复的人员。请核对后再开始。 [ballot.twice_signed]"
    assert opened(number, [999]) == "没有编号为 999 的人员。 [party.unknown]"
    hall.open(number, 2)
    assert opened(number, hall.people(2)) == "现在不能“开始表决”:“表决甲”处于“表决中”。 [ballot.not_now]"
    with hall.world.reading() as desk:
        assert refusal(lambda: ballots.open_ballot(desk, hall.members[0], number, keys=hall.keys)).endswith(
            "[ballot.not_yours]"
        )


def test_the_key_of_an_opening_that_failed_does_not_stop_the_next(hall: Hall) -> None:
    number = hall.prepare()
    hall.keys.keep(f"{hall.row(number).district_id}-{number}", bytes(32))
    hall.open(number)
    hall.mark(number, 0, "yes")
    assert hall.close(number).turnout["returned"] == 1


def test_a_paper_too_long_for_its_envelope_is_refused(hall: Hall) -> None:
    number = hall.ready("election", ["甲"], {"seats": 1})
    with hall.world.writing() as desk:
        ballots.find(desk, number).paper_bytes = 16
    assert refusal(lambda: hall.sealed(number, {"marks": {"1": "no"}, "written": ["乙" * 20]})) == (
        "票面内容过长,最多 16 字节。请缩短另选的姓名。 [ballot.paper_long]"
    )


def test_a_ballot_of_another_district_is_unknown(hall: Hall) -> None:
    number = hall.ready()
    with hall.world.store.reading(hall.row(number).district_id + 1) as session:
        desk: Any = type("Desk", (), {"session": session})()
        assert refusal(lambda: ballots.find(desk, number)).endswith("[ballot.unknown]")
        assert refusal(lambda: ballots.cast(desk, hall.members[0], number, b"")).endswith("[ballot.unknown]")
