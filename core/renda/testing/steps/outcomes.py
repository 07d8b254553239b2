"""Steps about what has become of a matter: state, entries, whom it waits for, deadlines, documents, record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pytest_bdd import then
from sqlalchemy import select

from renda.i18n import gettext
from renda.matter import Matter
from renda.model import EventRow, MatterRow, NoticeRow
from renda.rulebook import InForce
from renda.services import chain, permissions, upkeep
from renda.services.reading import find, rules_of, view
from renda.testing.factories import World
from renda.testing.references import aim_at, inner_matters, matter_called, somebody
from renda.testing.sentences import Sentence
from renda.testing.wording import rows_of, said_of, same_figure


def _seen(world: World, said: str) -> tuple[InForce, Matter, MatterRow]:
    with world.reading() as desk:
        row = find(desk, matter_called(world, said))
        return rules_of(desk, row), view(desk, row), row


@then(Sentence('{m:matter}处于"{state}"', "事项的状态(页面上的名称)", '那么 "路灯"处于"待答复"'))
def stands_in(world: World, m: str, state: str) -> None:
    """The state of a matter."""
    rules, matter, _ = _seen(world, m)
    label = gettext(rules.practice.kind(matter.kind).states[matter.state])
    assert state in {label, matter.state}, f"{m}处于“{label}”。"


@then(Sentence('{m:matter}的"{entry}"是"{said}"', "事项的一个条目", '那么 "路灯"的"答复类别"是"A"'))
def entry_is(world: World, m: str, entry: str, said: str) -> None:
    """One entry of a matter's payload."""
    _check_entry(world, m, entry, said)


@then(Sentence("{m:matter}的内容是", "事项的多个条目,写成表格", '那么 "路灯"的内容是:'))
def entries_are(world: World, m: str, datatable: Sequence[Sequence[str]]) -> None:
    """Several entries of a matter's payload."""
    for entry, said in rows_of(datatable):
        _check_entry(world, m, entry, said)


def _check_entry(world: World, m: str, entry: str, said: str) -> None:
    rules, matter, _ = _seen(world, m)
    known = rules.practice.kind(matter.kind).payload().fields
    labels = {gettext(str(field.metadata.get("label", name))): name for name, field in known.items()}
    name = entry if entry in known else labels.get(entry, "")
    assert name, f"{m}没有条目“{entry}”。有:{'、'.join(labels)}。"
    ways = said_of(world, rules.practice, known[name], matter.payload.get(name))
    assert said in ways or any(same_figure(said, way) for way in ways), f"“{entry}”是“{'”或“'.join(sorted(ways))}”。"


@then(Sentence('{m:matter}等待"{name}"', "事项在等谁办理:角色、人名或机构名", '那么 "路灯"等待"住建局"'))
def waits_for(world: World, m: str, name: str) -> None:
    """Whom a matter waits for."""
    assert _waited_for(world, m) == name, f"{m}等待“{_waited_for(world, m)}”。"


@then(Sentence("{m:matter}不再等待任何人", "事项不等谁了", '那么 "路灯"不再等待任何人'))
def waits_for_nobody(world: World, m: str) -> None:
    """Nobody is waited for."""
    assert _waited_for(world, m) == "", f"{m}等待“{_waited_for(world, m)}”。"


def _waited_for(world: World, m: str) -> str:
    _, matter, row = _seen(world, m)
    noun, _, key = (row.waits_for or "").partition(":")
    if noun == "role":
        return str(world.rulebook.district.roles[key])
    parties = (
        party for around in (matter, matter.parent) if around for each in around.parties.values() for party in each
    )
    return next((party.name for party in parties if party.key == row.waits_for), "")


@then(
    Sentence(
        '{m:matter}须在{day:day}前"{label}"',
        "事项的一个期限:名称(或动作的名称)和最后一天",
        '那么 "路灯"须在2020-06-02前"答复"',
    )
)
def due_by(world: World, m: str, day: date, label: str) -> None:
    """A deadline of a matter and its last day."""
    found = _deadlines(world, m)
    assert label in found, f"{m}没有“{label}”的期限。有:{'、'.join(found) or '—'}。"
    assert found[label] == day, f"“{label}”的最后一天是{found[label]}。"


@then(Sentence("{m:matter}没有期限", "事项没有未到的期限", '那么 "路灯"没有期限'))
def nothing_due(world: World, m: str) -> None:
    """No deadline stands."""
    assert not _deadlines(world, m), f"{m}的期限有:{_deadlines(world, m)}。"


def _deadlines(world: World, m: str) -> dict[str, date | None]:
    rules, _, row = _seen(world, m)
    with world.reading() as desk:
        said = upkeep.deadlines(desk, rules, view(desk, find(desk, row.id)))
    found = {}
    for each in said:
        found[gettext(each.label)] = each.due.date
        action = rules.practice.action(each.action) if each.action else None
        if action is not None:
            found.setdefault(gettext(action.label), each.due.date)
    return found


@then(
    Sentence('{m:matter}有{n:int}项"{kind}"[处于"{state}"]', "事项之内某一类事项的件数", '那么 "路灯"有2项"承办任务"')
)
def inner_number(world: World, m: str, n: int, kind: str, state: str = "") -> None:
    """How many matters of a kind lie inside, all or those in a state."""
    rules, matter, _ = _seen(world, m)
    with world.reading() as desk:
        inner = inner_matters(desk, matter.id, kind)
    labels = [gettext(rules.practice.kind(each.kind).states[each.state]) for each in inner]
    found = labels.count(state) if state else len(labels)
    assert found == n, f"有 {found} 项:{'、'.join(labels) or '—'}。"


@then(Sentence("{who:who}看不到{m:matter}", "某人不能查看事项", '那么 代表"代表乙"看不到"路灯"'))
def may_not_see(world: World, who: str, m: str) -> None:
    """A matter somebody may not see."""
    assert not _sees(world, who, m), "看得到。"


@then(Sentence("{who:who}看得到{m:matter}", "某人可以查看事项", '那么 公众看得到"路灯"'))
def may_see(world: World, who: str, m: str) -> None:
    """A matter somebody may see."""
    assert _sees(world, who, m), "看不到。"


def _sees(world: World, who: str, m: str) -> bool:
    number, actor = matter_called(world, m), somebody(world, who)
    with world.reading() as desk:
        row = find(desk, number)
        return permissions.may_see(rules_of(desk, row), view(desk, row), actor)


@then(
    Sentence(
        '{who:who}可以"{action}"{m:matter}',
        "事项的状态和某人的身份都允许这个动作",
        '那么 代表"代表甲"可以"评价答复""路灯"',
    )
)
def may_do(world: World, who: str, action: str, m: str) -> None:
    """An action somebody may take now."""
    assert _may(world, who, action, m), "不可以。"


@then(
    Sentence(
        '{who:who}不能"{action}"{m:matter}',
        "事项的状态或某人的身份不允许这个动作",
        '那么 代表"代表乙"不能"评价答复""路灯"',
    )
)
def may_not_do(world: World, who: str, action: str, m: str) -> None:
    """An action somebody may not take now."""
    assert not _may(world, who, action, m), "可以。"


def _may(world: World, who: str, action: str, m: str) -> bool:
    rules, matter, _ = _seen(world, m)
    found = aim_at(world, action, matter.id).action
    assert found is not None, f"没有“{action}”这个动作。"
    return rules.practice.kind(matter.kind).allows(found, matter.state) and permissions.may_act(
        found, somebody(world, who), matter
    )


@then(Sentence('发出"{genre}"{n:int}份', "至今发出的某种公文的份数", '那么 发出"交办单"2份'))
def papers_issued(world: World, genre: str, n: int) -> None:
    """How many documents of a kind were issued."""
    found = [row.title for row in _papers(world) if row.genre == genre]
    assert len(found) == n, f"发出 {len(found)} 份:{'、'.join(found) or '—'}。"


@then(Sentence('"{genre}"主送"{name}"', "最近一份这种公文的主送单位里有它", '那么 "函"主送"区政府"'))
def sent_to(world: World, genre: str, name: str) -> None:
    """A main recipient of the last document of a kind."""
    assert name in _last_paper(world, genre).recipients, (
        f"主送:{'、'.join(_last_paper(world, genre).recipients) or '—'}。"
    )


@then(Sentence('"{genre}"抄送"{name}"', "最近一份这种公文的抄送单位里有它", '那么 "函"抄送"组织部"'))
def copied_to(world: World, genre: str, name: str) -> None:
    """Somebody who gets a copy of the last document of a kind."""
    assert name in _last_paper(world, genre).copies, f"抄送:{'、'.join(_last_paper(world, genre).copies) or '—'}。"


@then(Sentence('"{genre}"写有"{words}"', "最近一份这种公文的标题或正文里有这些字", '那么 "报告"写有"99.4%"'))
def paper_says(world: World, genre: str, words: str) -> None:
    """Words of the last document of a kind."""
    paper = _last_paper(world, genre)
    text = "\n".join([paper.title, *paper.paragraphs])
    assert words in text, f"写的是:{text}"


def _papers(world: World) -> Sequence[NoticeRow]:
    with world.reading() as desk:
        return desk.session.scalars(select(NoticeRow).order_by(NoticeRow.year, NoticeRow.serial)).all()


def _last_paper(world: World, genre: str) -> NoticeRow:
    found = [row for row in _papers(world) if row.genre == genre]
    assert found, f"没有发出“{genre}”。"
    return found[-1]


@then(
    Sentence(
        '{m:matter}的办理记录依次是"{labels}"',
        "对事项做过的动作,按先后,用顿号分开",
        '那么 "路灯"的办理记录依次是"提出建议、审查受理"',
    )
)
def record_is(world: World, m: str, labels: str) -> None:
    """What was done to a matter, in order."""
    number = matter_called(world, m)
    with world.reading() as desk:
        query = select(EventRow.label).where(EventRow.matter_id == number).order_by(EventRow.number)
        found = "、".join(gettext(label) for label in desk.session.scalars(query))
    assert found == labels, f"依次是“{found}”。"


@then(Sentence("办理记录完整无改动", "区县的全部记录首尾相接,没有改动、缺漏", "那么 办理记录完整无改动"))
def record_is_whole(world: World) -> None:
    """The chain of the record holds."""
    with world.reading() as desk:
        broken = chain.first_broken(desk)
    assert broken is None, f"第 {broken} 条记录被改动过。"
