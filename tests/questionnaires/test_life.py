"""A questionnaire is asked for, opened, answered and counted, and nothing is left of who answered."""

from datetime import date

from sqlalchemy import func, select, text

from backing.asking import LAST, Town, refusal
from renda.explain import replay
from renda.explain.stored import to_json
from renda.model import EventRow, MatterRow, QuestionnaireAnswerRow, QuestionnaireCodeRow
from renda.services import chain
from renda.services.questionnaires import finding, opening, telling


def filled(town: Town, number: int) -> None:
    """Seven answers: four from 甲镇, two from 乙镇, one of which is not satisfied, and one that says nothing of it."""
    for place in range(4):
        town.answer(number, f"a{place}", whole="满意", street="甲镇")
    town.answer(number, "b1", whole="一般", street="乙镇", wish={"option": "交通", "text": "路灯"})
    town.answer(number, "b2", whole="不满意", street="乙镇", wish={"option": "交通", "text": " 路灯 "})
    town.answer(number, "c1", whole="一般")


def test_answers_are_sealed_until_they_are_counted_and_gone_afterwards(town: Town) -> None:
    number = town.ask()
    filled(town, number)
    with town.world.reading() as desk:
        kept = desk.session.scalars(select(QuestionnaireAnswerRow)).all()
        assert {len(each.sealed) for each in kept} == {town.row(number).answer_bytes + 81}
        assert not any("路灯".encode() in each.sealed for each in kept)
        assert finding.answered(desk, finding.find(desk, number)) == 7
        assert telling.told(finding.find(desk, number)) == ()
    assert (town.keys.folder / opening.key_name(town.row(number))).exists()
    town.world.go_to(date(2020, 4, 1))
    row = town.count(number)
    assert not (town.keys.folder / opening.key_name(row)).exists()
    whole, street, wish = telling.told(row)
    assert whole.score is not None
    assert (whole.counts, str(whole.score.value)) == ({"满意": 4, "一般": 2, "不满意": 1}, "74.4")
    assert replay(to_json(whole.score)).value == whole.score.value
    assert [(label, str(each.value)) for label, each in street.shares.items()] == [
        ("甲镇", "66.7"), ("乙镇", "33.3"), ("丙镇", "0.0"),
    ]  # fmt: skip
    assert [(option, str(each.value)) for option, each in whole.groups] == [("甲镇", "100.0"), ("其他", "40.3")]
    assert wish.ideas == [{"option": "交通", "text": "路灯", "pieces": 2}]
    with town.world.reading() as desk:
        assert desk.session.scalar(select(func.count()).select_from(QuestionnaireAnswerRow)) == 0
        matter = desk.session.scalars(select(MatterRow)).one()
        assert (matter.state, matter.payload["answered"]) == ("heard", 7)
        assert matter.payload["figures"]["whole"] == {"满意": 4, "一般": 2, "不满意": 1}
        assert matter.payload["ideas"][0]["pieces"] == 2
        entered = desk.session.scalars(select(EventRow).order_by(EventRow.number)).all()
        assert [each.action for each in entered] == [
            "ask", "questionnaire_prepare", "questionnaire_open", "questionnaire_count", "hear",
        ]  # fmt: skip
        assert "路灯" not in str([each.entries for each in entered if each.action.startswith("questionnaire")])
        assert chain.first_broken(desk) is None


def test_nobody_reads_or_counts_before_the_last_day_is_over(town: Town) -> None:
    number = town.ask()
    filled(town, number)
    town.world.go_to(LAST)
    found = refusal(lambda: town.count(number))
    assert str(found) == (
        "问卷“意见征求”到 2020-03-31 才截止,截止以后才能统计。在此之前谁也看不到答案。 [questionnaire.still_open]"
    )
    with town.world.writing() as desk:
        opening.end_early(desk, town.clerk, number)
    late = refusal(lambda: town.answer(number, "late", whole="满意"))
    assert str(late) == "问卷“意见征求”已于 2020-03-30 截止,这份答卷没有计入。 [questionnaire.over]"
    assert town.count(number).result == {**(town.row(number).result or {}), "answered": 7}
    assert refusal(lambda: town.count(number)).code == "questionnaire.not_now"


def test_a_form_sent_twice_is_one_answer(town: Town) -> None:
    number = town.ask()
    assert [town.answer(number, "same", whole="满意"), town.answer(number, "same", whole="不满意")] == [True, False]
    with town.world.reading() as desk:
        assert finding.answered(desk, finding.find(desk, number)) == 1


def test_a_code_is_good_for_one_answer_and_only_its_digest_is_kept(town: Town) -> None:
    number = town.ask(admission="codes")
    with town.world.writing() as desk:
        codes = opening.give_codes(desk, town.clerk, number, 2)
    assert all(len(code) == 14 and code.count("-") == 2 for code in codes)
    assert town.answer(number, "one", codes[0].lower().replace("-", " "), whole="满意")
    used = refusal(lambda: town.answer(number, "two", codes[0], whole="满意"))
    assert str(used) == "作答码不对,或者已经用过。请核对;一个码只能用一次。 [questionnaire.code]"
    assert refusal(lambda: town.answer(number, "three", whole="满意")).code == "questionnaire.code"
    assert refusal(lambda: town.answer(number, "four", codes[1])).code == "questionnaire.incomplete"
    with town.world.reading() as desk:
        left = desk.session.scalars(select(QuestionnaireCodeRow.digest)).all()
        assert left == [opening.digest_of(finding.find(desk, number), codes[1])]
        told = desk.session.scalars(select(EventRow.entries).where(EventRow.action == "questionnaire_codes")).one()
        assert told["count"] == 2
        assert codes[0] not in str(told)


def test_of_too_few_answers_only_their_number_is_told(town: Town) -> None:
    number = town.ask(fewest=8)
    filled(town, number)
    town.world.go_to(date(2020, 4, 1))
    assert town.count(number).result == {
        "answered": 7, "counts": {}, "ideas": {}, "groups": {}, "withheld": True,
    }  # fmt: skip
    with town.world.reading() as desk:
        matter = desk.session.scalars(select(MatterRow)).one()
        assert (matter.payload["answered"], matter.payload["figures"]) == (7, {})


def test_a_spoilt_answer_stops_nothing(town: Town) -> None:
    number = town.ask(fewest=1)
    filled(town, number)
    with town.world.writing() as desk:
        first = desk.session.scalars(select(QuestionnaireAnswerRow)).first()
        assert first is not None
        first.sealed = bytes(len(first.sealed))
    town.world.go_to(date(2020, 4, 1))
    assert (town.count(number).result or {})["answered"] == 6
    with town.world.reading() as desk:
        counted = desk.session.scalars(select(EventRow).where(EventRow.action == "questionnaire_count")).one()
        assert counted.entries["spoilt"] == 1


def test_a_lost_key_is_told_and_nothing_is_destroyed(town: Town) -> None:
    number = town.ask()
    filled(town, number)
    town.world.go_to(date(2020, 4, 1))
    town.keys.destroy(opening.key_name(town.row(number)))
    found = refusal(lambda: town.count(number))
    assert str(found) == (
        "服务器上没有问卷“意见征求”的密钥文件,答卷打不开。请系统管理员放回:它被移到的地方,"
        "或用 --questionnaire-keys 做的备份(questionnaire-keys/);都没有,就读不出答卷了。 [questionnaire.key_gone]"
    )
    with town.world.reading() as desk:
        assert finding.answered(desk, finding.find(desk, number)) == 7


def test_another_district_neither_finds_nor_answers_it(town: Town) -> None:
    number = town.ask()
    with town.world.store.hosting() as session:
        session.execute(text("insert into district (slug, name) values ('yi', '乙区')"))
    town.world.slug = "yi"
    found = refusal(lambda: town.answer(number, "other", whole="满意"))
    assert str(found) == f"没有第 {number} 号问卷,或者还没有开放。 [questionnaire.unknown]"
    with town.world.reading() as desk:
        assert finding.listed(desk, town.clerk) == []
        assert desk.session.scalars(select(QuestionnaireAnswerRow)).all() == []


def test_only_the_office_organises_questionnaires(local_town: Town) -> None:
    number = local_town.ask(opened=False)
    member = local_town.world.actor("member")
    with local_town.world.writing() as desk:
        deeds = (
            lambda: opening.open_questionnaire(desk, member, number, keys=local_town.keys),
            lambda: opening.give_codes(desk, member, number, 1),
            lambda: opening.end_early(desk, member, number),
        )
        for deed in deeds:
            assert str(refusal(deed)) == "问卷由工作人员组织,您没有这个身份。 [questionnaire.office]"
        assert not finding.may_see(finding.find(desk, number), member)


def test_what_is_not_its_time_is_refused_in_words(local_town: Town) -> None:
    town = local_town
    number = town.ask(opened=False)
    with town.world.writing() as desk:
        clerk = town.clerk
        assert str(refusal(lambda: opening.give_codes(desk, clerk, number, 1))) == (
            "问卷“意见征求”是公开作答的,不用作答码。 [questionnaire.no_codes]"
        )
        assert str(refusal(lambda: opening.end_early(desk, clerk, number))) == (
            "现在不能“提前截止”:问卷“意见征求”处于“待开放”。 [questionnaire.not_now]"
        )
    assert str(refusal(lambda: town.answer(number, "x", whole="满意"))) == (
        "问卷“意见征求”还没有开放。 [questionnaire.not_open]"
    )
    town.world.go_to(date(2020, 4, 1))
    with town.world.writing() as desk:
        late = refusal(lambda: opening.open_questionnaire(desk, town.clerk, number, keys=town.keys))
    assert str(late) == "问卷“意见征求”的截止日期 2020-03-31 已过,不能开放。请由事项重新提出。 [questionnaire.past]"
    town.world.go_to(date(2020, 3, 3))
    codes = town.ask(admission="codes")
    with town.world.writing() as desk:
        many = refusal(lambda: opening.give_codes(desk, town.clerk, codes, 5001))
    assert str(many) == "一次可以生成 1 至 5000 个作答码,现为“5001”。 [questionnaire.how_many]"
