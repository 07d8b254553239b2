"""A ballot with delayed display: matters hear of it when it is released or withheld, in that transaction."""

from typing import Any

import pytest

from backing.balloting import SCALE, Hall, refusal
from renda.model import BallotRow, EventRow
from renda.services import ballots, chain
from renda.services.ballots import Subject

PAPERS: dict[str, Any] = {"selection": {"chosen": ["1"]}, "election": {"marks": {"1": "yes"}}}


def counted(hall: Hall, levels: str, *matters: int, **options: Any) -> int:
    """A counted measurement of these matters; ``levels`` is what each member marks on every line."""
    subjects = [Subject(f"议题{each}", matter=each) for each in matters]
    number = hall.ready("measurement", subjects, SCALE, **{"k": 5, "action": "refuse", "display": "delayed", **options})
    for member, level in enumerate(levels):
        hall.mark(number, member, *[{"y": "满意", "n": "不满意"}[level]] * len(matters))
    hall.close(number)
    return number


def publish(hall: Hall, number: int, form: str = "") -> Any:
    with hall.world.writing() as desk:
        return ballots.publish(desk, hall.clerk, number, form)


def withhold(hall: Hall, number: int, actor: Any = None, reason: str = "主任会议决定") -> None:
    with hall.world.writing() as desk:
        ballots.withhold(desk, actor or hall.chair, number, reason)


def test_matters_hear_of_a_delayed_ballot_at_its_release_and_of_a_direct_one_at_its_count(hall: Hall) -> None:
    late, soon = hall.put("甲案"), hall.put("乙案")
    number = counted(hall, "yyyyyn", late)
    assert hall.world.matter(late).state == "put"
    publish(hall, number)
    matter = hall.world.matter(late)
    assert (matter.state, matter.payload["outcome"], matter.payload["figures"]["counts"]["满意"]) == ("good", "满意", 5)
    counted(hall, "yyyyyn", soon, display="direct")
    assert hall.world.matter(soon).state == "good"
    with hall.world.reading() as desk:
        query = desk.session.query(EventRow.action).order_by(EventRow.number)
        told = [action for (action,) in query if action in {"ballot_close", "ballot_publish", "settle"}]
        assert told == ["ballot_close", "ballot_publish", "settle", "ballot_close", "settle", "ballot_publish"]
        assert chain.first_broken(desk) is None


def test_of_a_result_that_is_withheld_matters_hear_the_outcome_alone(hall: Hall) -> None:
    matter = hall.put("甲案")
    number = counted(hall, "yyyyyy", matter)
    assert refusal(lambda: publish(hall, number, "full")).endswith("[ballot.disclosure]")
    assert (hall.row(number).state, hall.world.matter(matter).state) == ("closed", "put")
    withhold(hall, number)
    assert (hall.row(number).state, hall.row(number).published) == ("withheld", None)
    told = hall.world.matter(matter)
    assert (told.state, told.payload["outcome"]) == ("good", "满意")
    assert told.payload["figures"] == {"outcome": "满意", "grade": "满意", "failed": False, "consequences": []}
    assert refusal(lambda: publish(hall, number)) == "现在不能“公布”:“表决甲”处于“不公布”。 [ballot.not_now]"
    with hall.world.reading() as desk:
        entry = desk.session.query(EventRow).filter(EventRow.action == "ballot_withhold").one()
        assert (entry.actor, entry.entries["reason"]) == ("主任会议", "主任会议决定")


def test_where_the_guard_finds_one_line_matters_hear_the_outcome_of_all(hall: Hall) -> None:
    first, second = hall.put("甲案"), hall.put("乙案")
    subjects = [Subject("议题1", matter=first), Subject("议题2", matter=second)]
    number = hall.ready("motion", subjects, k=5, action="coarsen", display="delayed")
    for member in range(6):
        hall.mark(number, member, "yes", "no" if member else "yes")
    hall.close(number)
    assert publish(hall, number)["coarsened"] is True
    assert hall.world.matter(first).payload["figures"] == {"outcome": "carried"}
    assert hall.world.matter(second).payload["figures"] == {"outcome": "not_carried"}
    mixed = hall.put("丙案")
    withhold(hall, counted(hall, "yyyyyn", mixed))
    assert hall.world.matter(mixed).payload["figures"]["counts"]["满意"] == 5


def test_only_the_chair_withholds_with_a_reason_what_is_counted_and_not_out(hall: Hall) -> None:
    number = counted(hall, "yyyyyy", hall.put("甲案"))
    assert refusal(lambda: withhold(hall, number, hall.clerk)) == (
        "不公布“表决甲”的结果,由主任会议决定,只能由主任会议的账号登记。 [ballot.withhold_chair]"
    )
    assert refusal(lambda: withhold(hall, number, reason=" ")) == (
        "请写明不公布“表决甲”结果的理由,最多 200 个字。 [ballot.withhold_reason]"
    )
    assert refusal(lambda: withhold(hall, number, hall.members[0])).endswith("[ballot.not_yours]")
    withhold(hall, number)
    assert refusal(lambda: withhold(hall, number)) == "现在不能“登记不公布”:“表决甲”处于“不公布”。 [ballot.not_now]"
    again = hall.ready("motion", [Subject("议题")])
    assert refusal(lambda: withhold(hall, again)) == "现在不能“登记不公布”:“表决甲”处于“表决中”。 [ballot.not_now]"


@pytest.mark.parametrize(
    ("bench", "rule", "called"),
    [("motion", {}, "表决"), ("selection", {"seats": 1}, "票决"), ("election", {"seats": 1}, "选举")],
)
def test_a_decision_cannot_be_withheld_and_can_always_be_announced(
    hall: Hall, bench: str, rule: dict[str, Any], called: str
) -> None:
    number = hall.ready(bench, ["甲", "乙"], rule)
    hall.mark(number, 0, "yes", "no") if bench == "motion" else hall.cast(number, 0, PAPERS[bench])
    hall.close(number)
    assert refusal(lambda: withhold(hall, number)) == (
        f"“表决甲”是{called}:决议、任免、撤职、票决、选举形成决定,结果由主持人当场宣布,不能登记不公布。"
        "请点“宣布结果”。只有测评可以不公布。 [ballot.withhold_decision]"
    )
    assert hall.row(number).state == "closed"
    publish(hall, number)
    assert hall.row(number).state == "published"


def appraised(hall: Hall, matter: int, **options: Any) -> int:
    """A unanimous measurement that is to be shown at once."""
    given = {"k": 5, "display": "direct", **options}
    number = hall.ready("measurement", [Subject("局长甲", matter=matter)], SCALE, **given)
    for member in range(6):
        hall.mark(number, member, "满意")
    hall.close(number)
    return number


def test_a_direct_ballot_the_guard_refuses_has_told_nobody_anything(hall: Hall) -> None:
    matter = hall.put("甲案")
    number = appraised(hall, matter, action="refuse")
    assert (hall.row(number).state, hall.row(number).display) == ("closed", "delayed")
    assert hall.world.matter(matter).state == "put"
    withhold(hall, number)
    assert hall.world.matter(matter).payload["figures"]["outcome"] == "满意"
    assert "counts" not in str(hall.world.matter(matter).payload["figures"])
    with hall.world.reading() as desk:
        assert desk.session.query(EventRow).filter(EventRow.action == "settle").count() == 1


def test_a_direct_ballot_is_shown_and_told_in_the_form_its_rule_leaves(hall: Hall) -> None:
    matter = hall.put("甲案")
    number = appraised(hall, matter)
    assert (hall.row(number).state, hall.row(number).published["coarsened"]) == ("published", True)
    assert set(hall.world.matter(matter).payload["figures"]) <= set(ballots.telling.DECIDED)


def test_the_chair_chooses_at_the_count_whether_a_result_shows_at_once(hall: Hall) -> None:
    for prepared, chosen, state in (("direct", "delayed", "closed"), ("delayed", "direct", "published")):
        number = hall.ready("motion", [Subject("议题")], display=prepared)
        hall.mark(number, 0, "yes")
        said = refusal(lambda number=number: hall.close(number, display="later"))  # type: ignore[misc]
        assert said == "表决的“display”不能写“later”。可用的有:delayed、direct。 [ballot.choice]"
        hall.close(number, display=chosen)
        assert (hall.row(number).state, hall.row(number).display) == (state, chosen)


@pytest.mark.parametrize("deed", [publish, withhold])
def test_a_plugin_that_leads_nowhere_stops_the_release_and_nothing_of_it_is_kept(hall: Hall, deed: Any) -> None:
    number = counted(hall, "yyyyyn", hall.put("无路"))
    assert refusal(lambda: deed(hall, number)).endswith("[ballot.no_way]")
    with hall.world.reading() as desk:
        row = desk.session.query(BallotRow).one()
        assert (row.state, row.published) == ("closed", None)
        assert desk.session.query(EventRow).filter(EventRow.action == "ballot_publish").count() == 0
