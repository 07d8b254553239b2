"""What deliberations tell: facts about deputies and streets, the numbers of a time and since the beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from renda import Explained, Fact, Matter, Party, Records, Sheet, cite_matter, counted, leaf, total

from .states import STATES

SINCE = date(1954, 9, 15)


def facts(code: str, until: date, records: Records) -> Iterator[Fact]:
    """Attended, led, solved (deputies); a project passed (the street); late (the owner)."""
    for session in records.matters(code, "session", states=("held", "closed")):
        held = session.done_on("hold")
        for deputy in session.parties.get("participant", ()):
            yield from _one("deliberation.attended", deputy, held, f"参加{session.title}", session)
        for topic in session.children("topic"):
            yield from _of_topic(topic, session, held)
            yield from _late(topic, until)


def told(found: Iterator[Fact], subject: Party | None, since: date, until: date) -> list[Fact]:
    """Those of the facts that lie in the time and are about the subject."""
    return [
        fact for fact in found if since <= fact.day <= until and (subject is None or fact.subject.key == subject.key)
    ]


def _of_topic(topic: Matter, session: Matter, held: date | None) -> Iterator[Fact]:
    title = topic.payload["title"]
    if topic.state != "declined":
        yield from _one("deliberation.led", topic.party("leader"), held, f"在{session.title}上领衔提出“{title}”", topic)
    if topic.state == "solved":
        day = topic.done_on("confirm") or topic.done_on("settle")
        yield from _one("deliberation.solved", topic.party("follower"), day, f"跟踪解决“{title}”", topic)
    if topic.state == "passed":
        day, votes = topic.done_on("vote"), leaf("赞成票", topic.payload["yes"], cite_matter(topic.id, topic.title))
        yield from _one("deliberation.project", session.party("street"), day, title, topic, number=votes)


def _late(topic: Matter, until: date) -> Iterator[Fact]:
    last, reported = topic.payload.get("due"), topic.done_on("report")
    if last is not None and last < until and topic.state == "assigned" and (reported is None or reported > last):
        yield from _one(
            "deliberation.late",
            topic.party("assignee"),
            last + timedelta(days=1),
            f"“{topic.payload['title']}”到期没有报告办理情况",
            topic,
        )


def _one(
    code: str, about: Party | None, day: date | None, text: str, matter: Matter, *, number: Explained | None = None
) -> Iterator[Fact]:
    if about is not None and day is not None:
        yield Fact(code, about, day, text, number, matter.id)


@dataclass
class Tally:
    """What one host did in one form: sessions held and topics settled here, and what was entered as a sum."""

    sessions: list[Matter] = field(default_factory=list)
    topics: list[Matter] = field(default_factory=list)
    before: list[Matter] = field(default_factory=list)


Tallies = dict[tuple[str, str], Tally]


def tallies(code: str, since: date, until: date, records: Records) -> Tallies:
    """By form and host, what was held and settled in a time; sums only where all of their days lie in it."""
    found: Tallies = {}
    for session in records.matters(code, "session", states=("held", "closed")):
        held = session.done_on("hold")
        if held is not None and since <= held <= until:
            tally = found.setdefault((session.payload["form"], _host(session)), Tally())
            tally.sessions.append(session)
            tally.topics += [topic for topic in session.children("topic") if _settled(topic, until)]
    for summary in records.matters(code, "summary"):
        if since <= summary.payload["since"] and summary.payload["until"] <= until:
            found.setdefault((summary.payload["form"], _host(summary)), Tally()).before.append(summary)
    return found


def sheets(code: str, forms: Sequence[Mapping[str, Any]], since: date, until: date, records: Records) -> list[Sheet]:
    """The time asked for, everything up to its end, and the topics one by one."""
    found = [
        _table("deliberation", "代表议事情况", forms, tallies(code, since, until, records)),
        _table("deliberation_all", "代表议事累计情况", forms, tallies(code, SINCE, until, records)),
    ]
    rows = [
        (
            topic.id,
            topic.payload["title"],
            session.title,
            _name(topic, "leader"),
            _name(topic, "assignee"),
            STATES[topic.state],
        )
        for session in records.matters(code, "session", states=("held", "closed"))
        for topic in session.children("topic")
        if topic.state != "declined" and since <= (session.done_on("hold") or SINCE) <= until
    ]
    columns = ("编号", "议题", "会议", "领衔代表", "承办单位", "状态")
    return [
        *found,
        Sheet(
            "deliberation_topics",
            "代表议事议题",
            columns,
            rows,
            public=True,
            public_reason="sessions are held before the people",
        ),
    ]


def _table(code: str, title: str, forms: Sequence[Mapping[str, Any]], found: Tallies) -> Sheet:
    hosts = list(dict.fromkeys(host for _, host in found))
    rows = [
        (host, *(number for form in forms for number in _numbers(form, found.get((form["code"], host), Tally()))))
        for host in hosts
    ]
    columns = ("联络站或街道", *(name for form in forms for name in _columns(form)))
    figures: list[Explained] = []
    for form in forms:
        some = [tally for (kind, _), tally in found.items() if kind == form["code"]]
        whole = Tally(
            [each for tally in some for each in tally.sessions],
            [each for tally in some for each in tally.topics],
            [each for tally in some for each in tally.before],
        )
        figures += _numbers(form, whole)
    return Sheet(
        code, title, columns, rows, figures, (0, 1), public=True, public_reason="sessions are held before the people"
    )


def _columns(form: Mapping[str, Any]) -> tuple[str, str]:
    return f"{form['label']}场次", "解决问题件数" if form["outcome"] == "handle" else "通过项目件数"


def _numbers(form: Mapping[str, Any], tally: Tally) -> tuple[Explained, Explained]:
    meetings, outcomes = _columns(form)
    return (
        total(meetings, counted("系统内召开", _ids(tally.sessions)), *_sums(tally.before, "meetings")),
        total(outcomes, counted("系统内办结", _ids(tally.topics)), *_sums(tally.before, "outcomes")),
    )


def _sums(before: Sequence[Matter], entry: str) -> list[Explained]:
    return [leaf(each.title, each.payload[entry], cite_matter(each.id, each.title)) for each in before]


def _ids(matters: Sequence[Matter]) -> list[str]:
    return [f"{each.id}号" for each in matters]


def _settled(topic: Matter, until: date) -> bool:
    days = [topic.done_on(name) for name in ("confirm", "settle", "vote")]
    return topic.state in {"solved", "passed"} and max(day for day in days if day is not None) <= until


def _host(matter: Matter) -> str:
    return _name(matter, "host")


def _name(matter: Matter, relation: str) -> str:
    party = matter.party(relation)
    return "" if party is None else party.name
