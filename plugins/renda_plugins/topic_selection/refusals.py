"""What the rule refuses, in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Records, RendaError, Turn, declare

from . import scoring

declare(
    {
        "topic_selection.second_plan": "{year} 年度的选题已经开始(事项 {number})。请在那里继续。",
        "topic_selection.no_topics": "还没有人提出议题,不能开始评分。",
        "topic_selection.second_entry": "{year} 年度已经登记过(事项 {number})。",
        "topic_selection.year": "{year} 年度不在累计起算日 {since} 以后、今年以前,不能登记。",
        "topic_selection.same_topic": "议题“{topic}”与已提出的议题 {number} 名称、单位都相同。请补充理由后并入,不要重复提出。",
        "topic_selection.not_scoring": "还没有开始评分。请等工作人员“开始评分”。",
        "topic_selection.whose": "请写明评分表是哪位组成人员的。",
        "topic_selection.not_member": "{name}不是代表,不能评分。",
        "topic_selection.marked": "{name}已经评过这个议题。每人评一次。",
        "topic_selection.marks": "应当逐项打分,每项一次:{wanted}。现在给出的是:{given}。",
        "topic_selection.points": "“{criterion}”应在 0 至 {most} 分之间,现为 {given}。",
        "topic_selection.too_few": "议题至少要有 {least} 人评分才能审定,现有 {given} 人。",
        "topic_selection.low": "平均 {mean} 分,低于入选线 {wanted} 分。主任会议仍要列入的,须写明列入理由。",
        "topic_selection.topics_most": "年度计划最多 {most} 个议题,已经列入 {given} 个。",
        "topic_selection.organ_most": "同一单位一年最多 {most} 个议题,{organ}已有 {given} 个。请与已列入的议题合并。",
        "topic_selection.meeting": "审议日期 {meeting} 不晚于今天 {day}。请改为以后的日期。",
        "topic_selection.merge_into": "只能并入同一年度计划里还在办理的另一个议题。",
        "topic_selection.leader_twice": "{name}已是组长,不必再列为成员。",
        "topic_selection.own_organ": "{name}在{organ}任职,不能参加对本单位的调研。",
        "topic_selection.held_on": "调研日期 {held} 应在成立调研组({since})以后、今天({day})以前。",
        "topic_selection.research": "调研还不够实:至少 {activities} 次、{ways} 种方式,现有 {held} 次、{used} 种。",
        "topic_selection.reviewed_on": "审议日期 {given} 晚于今天 {day},还没有审议。",
        "topic_selection.nothing_asked": "审议意见至少要有一条。",
    }
)


def second_plan(code: str, year: int, records: Records) -> None:
    """Refuse a second plan for a year."""
    for plan in records.matters(code, "plan"):
        if plan.payload.get("year") == year:
            raise RendaError("topic_selection.second_plan", year=year, number=plan.id)


def no_topics(plan: Matter) -> None:
    """Refuse to begin marking where nothing was proposed."""
    if not plan.children("topic"):
        raise RendaError("topic_selection.no_topics")


def second_entry(code: str, year: int, since: date, turn: Turn) -> None:
    """Refuse a year entered twice, before the law or in the future."""
    if not since.year <= year <= turn.day.year:
        raise RendaError("topic_selection.year", year=year, since=since)
    for past in turn.records.matters(code, "past"):
        if past.payload.get("year") == year:
            raise RendaError("topic_selection.second_entry", year=year, number=past.id)


def same_topic(topic: Matter, proposal: Mapping[str, Any]) -> None:
    """Refuse what was already proposed for the same organ."""
    for other in () if topic.parent is None else topic.parent.children("topic"):
        held = other.payload
        same = (held.get("topic"), held.get("organ")) == (proposal["topic"], proposal["organ"])
        if same and other.id != topic.id and other.state not in {"withdrawn", "merged"}:
            raise RendaError("topic_selection.same_topic", topic=proposal["topic"], number=other.id)


def scorer(sheet: Matter, entries: Mapping[str, Any], turn: Turn) -> int:
    """Whose sheet it is; refuse before marking has begun, somebody without a mandate, a second sheet."""
    topic = sheet.parent
    assert topic is not None
    if topic.parent is None or topic.parent.state == "collecting":
        raise RendaError("topic_selection.not_scoring")
    own = turn.actor.person
    entered = entries.get("member") if "clerk" in turn.actor.roles else None
    number: int | None = entered if entered is not None else (None if own is None else own.id)
    if number is None:
        raise RendaError("topic_selection.whose")
    name = turn.records.party("person", number).name
    if not turn.records.holds("deputy", number, turn.day):
        raise RendaError("topic_selection.not_member", name=name)
    if any(each.payload.get("member") == number for each in topic.children("mark") if each.id != sheet.id):
        raise RendaError("topic_selection.marked", name=name)
    return number


def marks(given: Sequence[Mapping[str, Any]], criteria: Sequence[Mapping[str, Any]]) -> None:
    """Refuse a sheet with a line too many or too few, or more points than a line gives."""
    labels = {each["code"]: each["label"] for each in criteria}
    named = [line["criterion"] for line in given]
    if sorted(named) != sorted(labels):
        said = "、".join(labels[code] for code in named) or "—"
        raise RendaError("topic_selection.marks", wanted="、".join(labels.values()), given=said)
    points = {line["criterion"]: line["points"] for line in given}
    for each in criteria:
        if not 0 <= points[each["code"]] <= each["most"]:
            label, value = each["label"], points[each["code"]]
            raise RendaError("topic_selection.points", criterion=label, most=each["most"], given=value)


def selection(topic: Matter, chosen: Mapping[str, Any], day: date, params: Any) -> None:
    """Refuse what too few marked, what is below the line without reasons, too many topics, a day gone by."""
    given = len(topic.children("mark"))
    if given < params.scorers_least:
        raise RendaError("topic_selection.too_few", least=params.scorers_least, given=given)
    mean = scoring.mean_of(topic)
    if mean.value < params.pass_mark and not chosen.get("chosen_for"):
        shown = scoring.one_digit(mean).value
        raise RendaError("topic_selection.low", mean=shown, wanted=params.pass_mark)
    taken = scoring.taken(topic.parent)
    if len(taken) >= params.topics_most:
        raise RendaError("topic_selection.topics_most", most=params.topics_most, given=len(taken))
    organ = topic.party("assignee")
    same = [each for each in taken if each.party("assignee") == organ]
    if organ is not None and len(same) >= params.organ_most:
        raise RendaError("topic_selection.organ_most", most=params.organ_most, organ=organ.name, given=len(same))
    if chosen["meeting_on"] <= day:
        raise RendaError("topic_selection.meeting", meeting=chosen["meeting_on"], day=day)


def merge(topic: Matter, into: int) -> None:
    """Refuse to merge into itself, another year's topic, or one that is over."""
    others = () if topic.parent is None else topic.parent.children("topic")
    over = {"declined", "merged", "withdrawn", "dropped", "evaluated"}
    if not any(each.id == into != topic.id and each.state not in over for each in others):
        raise RendaError("topic_selection.merge_into")


def group(entries: Mapping[str, Any], turn: Turn) -> None:
    """Refuse a leader who is also a member."""
    if entries["leader"] in entries["members"]:
        name = turn.records.party("person", entries["leader"]).name
        raise RendaError("topic_selection.leader_twice", name=name)


def conflicts(topic: Matter, numbers: Sequence[int], turn: Turn) -> None:
    """Refuse those who hold a post in the organ that is looked into."""
    organ = topic.party("assignee")
    for number in numbers:
        if organ is not None and organ in [where for _, where in turn.records.posts(number, turn.day)]:
            name = turn.records.party("person", number).name
            raise RendaError("topic_selection.own_organ", name=name, organ=organ.name)


def held(activity: Matter, day: date, today: date) -> None:
    """Refuse an activity before the group was formed or after today."""
    since = None if activity.parent is None else activity.parent.done_on("form_group")
    assert since is not None, "a topic is looked into after its group was formed"
    if not since <= day <= today:
        raise RendaError("topic_selection.held_on", held=day, since=since, day=today)


def research(topic: Matter, params: Any) -> None:
    """Refuse a report on too few activities or in too few ways."""
    done = topic.children("activity")
    used = {each.payload["way"] for each in done}
    if len(done) < params.activities_least or len(used) < params.ways_least:
        raise RendaError(
            "topic_selection.research",
            activities=params.activities_least,
            ways=params.ways_least,
            held=len(done),
            used=len(used),
        )


def reviewed(given: date, day: date) -> None:
    """Refuse a sitting that has not been."""
    if given > day:
        raise RendaError("topic_selection.reviewed_on", given=given, day=day)


def asked(items: Sequence[str]) -> None:
    """Refuse an opinion that asks for nothing."""
    if not any(item.strip() for item in items):
        raise RendaError("topic_selection.nothing_asked")
