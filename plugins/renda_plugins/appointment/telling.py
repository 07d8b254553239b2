"""What is told of nominations: the year's table, facts, a person's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from renda import Actor, Entry, Fact, Matter, Party, Records, Section, Sheet, counted, percent, ratio

from .forms import WAYS
from .life import STATES
from .removals import STATES as REMOVAL

INSIDERS = frozenset({"clerk", "member", "chair", "auditor", "system"})
COLUMNS = ("姓名", "单位", "拟任职务", "考试成绩", "赞成", "通过所需票数", "任命日期", "任命书编号", "宣誓日期", "状态")
PUBLIC = ("passed", "certified", "sworn")
REMOVED = ("姓名", "单位", "所免职务", "方式", "赞成", "通过所需票数", "免职日期", "状态")
OUTCOMES = {"removed": "removed", "kept": "kept"} | dict.fromkeys(PUBLIC, "passed") | {"failed": "failed"}


def may_see(matter: Matter, viewer: Actor) -> bool:
    """A nomination with its scores is for insiders, the candidate and the organ; who was appointed is announced."""
    own = (matter.party("subject"), matter.party("assignee"))
    return bool(viewer.roles & INSIDERS) or any(party is not None and viewer.stands_for(party) for party in own)


def sheet(code: str, since: date, until: date, pass_mark: Any, records: Records) -> Sheet:
    """The nominations of a time with two rates: exams passed of all who sat, appointed of all voted on."""
    found = records.matters(code, "appointment", since=since, until=until)
    sat = [each for each in found if each.payload.get("exams")]
    passed = [each for each in sat if each.payload["exams"][-1]["score"] >= pass_mark]
    voted = [each for each in found if each.state in {*PUBLIC, "failed"}]
    carried = [each for each in voted if each.state in PUBLIC]
    figures = [
        percent(ratio("占比", _count("合格", passed), _count("应考", sat)), 1, label="考试合格率"),
        percent(ratio("占比", _count("通过", carried), _count("付表决", voted)), 1, label="表决通过率"),
    ]
    return Sheet("nominations", "任前审查和任命", COLUMNS, [_row(each) for each in found], figures)


def _count(label: str, matters: list[Matter]) -> Any:
    return counted(label, [str(each.id) for each in matters])


def _row(matter: Matter) -> tuple[Any, ...]:
    person, organ, held = matter.party("subject"), matter.party("assignee"), matter.payload
    scores = "、".join(str(exam["score"]) for exam in held.get("exams", ()))
    names = ("" if person is None else person.name, "" if organ is None else organ.name, held["post"])
    later = (held.get(name) for name in ("yes", "needed", "appointed_on", "certificate", "sworn_on"))
    return (*names, scores, *later, STATES[matter.state])


def removals(code: str, since: date, until: date, records: Records) -> Sheet | None:
    """The removals of a time; None where there were none."""
    found = records.matters(code, "removal", since=since, until=until)
    ended = _count("免职、辞职", [each for each in found if each.state == "removed"])
    return Sheet("removals", "免职和辞职", REMOVED, [_removal(each) for each in found], [ended]) if found else None


def _removal(matter: Matter) -> tuple[Any, ...]:
    person, organ, held = matter.party("subject"), matter.party("assignee"), matter.payload
    names = ("" if person is None else person.name, "" if organ is None else organ.name, "、".join(held["posts"]))
    figures = (held.get(name) for name in ("yes", "needed", "removed_on"))
    return (*names, WAYS[held["way"]], *figures, REMOVAL[matter.state])


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``appointment.passed`` and ``.failed``, ``.removed`` and ``.kept``, about the person on the day of the vote."""
    told = []
    for matter in records.matters(code, party=subject, relation=None if subject is None else "subject"):
        person, day = matter.party("subject"), matter.done_on("vote") or matter.done_on("vote_removal")
        how = OUTCOMES.get(matter.state)
        if person is not None and day is not None and how is not None and since <= day <= until:
            told.append(Fact(f"appointment.{how}", person, day, _said(matter), None, matter.id))
    return told


def _said(matter: Matter) -> str:
    return f"{matter.title}:{(REMOVAL if matter.kind == 'removal' else STATES)[matter.state]}"


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """A person's or an organ's nominations."""
    relation = "assignee" if subject.noun == "organ" else "subject"
    found = records.matters(code, party=subject, relation=relation)
    entries = [Entry(each.opened_on, _said(each), each.id) for each in found]
    return Section(title, entries) if entries else None
