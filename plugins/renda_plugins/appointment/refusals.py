"""What the rule refuses, in its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from renda import Matter, Party, RendaError, Turn, declare, due, latest_before

declare(
    {
        "appointment.not_in_post": "{name}今天没有任{organ}“{post}”,不必提请免职。请核对职务。",
        "appointment.no_posts": "请写明所免职务,至少一项。",
        "appointment.post_twice": "所免职务里“{post}”写了两次。请删去一个。",
        "appointment.removal_open": "免去{name}{organ}“{post}”已经提请(事项 {number}),尚未办结。",
        "appointment.too_late": "任免案最迟应在 {last} 提出({meeting} 会议以前 {span}),今天是 {day}。请改提下次会议。",
        "appointment.open": "{name}任{organ}“{post}”已经提请(事项 {number}),尚未办结。",
        "appointment.holds": "{name}已任{organ}“{post}”,不必再提请任命。",
        "appointment.no_more": "{name}连续 {times} 次提请任{organ}“{post}”未获通过,本届内不再提名同一职务。",
        "appointment.wait": "{name}上次提请未获通过,{last} 以前不得再次提名同一职务,今天是 {day}。",
        "appointment.score": "成绩应在 0 至 {full} 分之间,现为 {score}。",
        "appointment.exam_on": "考试日期 {given} 晚于今天 {day}。考过再登记成绩。",
        "appointment.same_paper": "补考应换试卷,{paper}已经用过。",
        "appointment.no_pass": "{name}本届内没有考试合格的记录,应当参加法律知识考试。",
        "appointment.other_branch": "{name}本届考试合格时属{before},现拟任{now},跨机关任职应当重新考试。",
        "appointment.spoken_on": "发言日期 {given} 晚于今天 {day}。",
        "appointment.before_meeting": "{meeting} 的会议还没有召开,不能提请表决。",
        "appointment.certificate": "任命书编号 {number} 已经用于{name}。",
        "appointment.sworn_on": "宣誓日期 {given} 应在颁发任命书({since})以后、今天({day})以前。",
        "appointment.own_leader": "领誓人不能是宣誓人自己。",
    }
)

UNITS = {"calendar_day": "日", "working_day": "个工作日", "month": "个月"}
OVER = ("failed", "sworn", "unqualified", "barred", "withdrawn")
RUNNING = ("filed", "held", "voting")


def motion(said: Mapping[str, Any], params: Any, turn: Turn) -> None:
    """Refuse what is handed in too close to the sitting."""
    last = latest_before(said["meeting_on"], params.motion_before, turn.calendar).date
    if last is not None and turn.day > last:
        span = f"{params.motion_before.amount} {UNITS[str(params.motion_before.unit.value)]}"
        raise RendaError("appointment.too_late", last=last, meeting=said["meeting_on"], span=span, day=turn.day)


def again(matter: Matter, said: Mapping[str, Any], params: Any, turn: Turn) -> None:
    """Refuse a second nomination beside an open one, a post already held, and what the committee refused before."""
    person, organ = turn.records.party("person", said["candidate"]), turn.records.party("organ", said["organ"])
    told = {"name": person.name, "organ": organ.name, "post": said["post"]}
    if held_of(person.id, organ.id, [said["post"]], turn):
        raise RendaError("appointment.holds", **told)
    before = _same_post(matter, person, said, params, turn)
    running = next((each for each in before if each.state not in OVER), None)
    if running is not None:
        raise RendaError("appointment.open", number=running.id, **told)
    voted = [each for each in before if each.done_on("vote") is not None]
    last = voted[-params.failures_most :]
    if len(last) == params.failures_most and all(each.state == "failed" for each in last):
        raise RendaError("appointment.no_more", times=params.failures_most, **told)
    wait = getattr(params, "wait", None)
    if wait is not None and voted and voted[-1].state == "failed":
        failed_on = voted[-1].done_on("vote")
        assert failed_on is not None, "it was voted on"
        until = due(failed_on, wait, turn.calendar).date
        if until is not None and turn.day <= until:
            raise RendaError("appointment.wait", name=person.name, last=until, day=turn.day)


def _same_post(matter: Matter, person: Party, said: Mapping[str, Any], params: Any, turn: Turn) -> list[Matter]:
    nominations = turn.records.matters(
        matter.practice, "appointment", since=params.term_since, party=person, relation="subject"
    )
    return [
        each
        for each in nominations
        if each.id != matter.id and (each.payload["organ"], each.payload["post"]) == (said["organ"], said["post"])
    ]


def exam(matter: Matter, given: Mapping[str, Any], params: Any, turn: Turn) -> None:
    """Refuse a score that cannot be, a day to come, and a resit on the same paper where there is another."""
    if not 0 <= given["score"] <= params.full:
        raise RendaError("appointment.score", full=params.full, score=given["score"])
    if given["exam_on"] > turn.day:
        raise RendaError("appointment.exam_on", given=given["exam_on"], day=turn.day)
    used = [each["paper"] for each in matter.payload.get("exams", ())]
    if given["paper"] in used and len(params.papers) > len(used):
        label = next(each["label"] for each in params.papers if each["code"] == given["paper"])
        raise RendaError("appointment.same_paper", paper=label)


def exemption(matter: Matter, params: Any, turn: Turn) -> None:
    """Refuse where nobody passed in this term, or passed in another branch of state."""
    person = matter.party("subject")
    assert person is not None, "a nomination names somebody"
    nominations = turn.records.matters(
        matter.practice, "appointment", since=params.term_since, party=person, relation="subject"
    )
    passed = [
        each
        for each in nominations
        if each.id != matter.id and any(exam["score"] >= params.pass_mark for exam in each.payload.get("exams", ()))
    ]
    if not passed:
        raise RendaError("appointment.no_pass", name=person.name)
    branches = {each["code"]: each["label"] for each in params.branches}
    before, now = passed[-1].payload["branch"], matter.payload["branch"]
    if before != now:
        raise RendaError("appointment.other_branch", name=person.name, before=branches[before], now=branches[now])


def spoken(given: date, day: date) -> None:
    """Refuse a statement that has not been made."""
    if given > day:
        raise RendaError("appointment.spoken_on", given=given, day=day)


def meeting(matter: Matter, day: date) -> None:
    """Refuse to put to the vote before the day of the sitting."""
    if day < matter.payload["meeting_on"]:
        raise RendaError("appointment.before_meeting", meeting=matter.payload["meeting_on"])


def certificate(matter: Matter, number: str, turn: Turn) -> None:
    """Refuse a number that another letter bears."""
    for other in turn.records.matters(matter.practice, "appointment"):
        if other.id != matter.id and other.payload.get("certificate") == number:
            person = other.party("subject")
            raise RendaError("appointment.certificate", number=number, name="" if person is None else person.name)


def oath(matter: Matter, given: Mapping[str, Any], day: date) -> None:
    """Refuse an oath before the letter or after today, and one led by the person who swears."""
    since = matter.payload["certified_on"]
    if not since <= given["sworn_on"] <= day:
        raise RendaError("appointment.sworn_on", given=given["sworn_on"], since=since, day=day)
    if given.get("leader") == matter.payload["candidate"]:
        raise RendaError("appointment.own_leader")


def held_of(person: int, organ: int, posts: Sequence[str], turn: Turn) -> list[str]:
    """Those of the posts of the organ the person holds today."""
    held = {post for post, where in turn.records.posts(person, turn.day) if where.id == organ}
    return [post for post in posts if post in held]


def removable(matter: Matter, said: Mapping[str, Any], turn: Turn) -> None:
    """Refuse no post, the same twice, one the person does not hold, and one whose removal is under way."""
    posts = list(said["posts"])
    if not posts:
        raise RendaError("appointment.no_posts")
    for post in posts:
        if posts.count(post) > 1:
            raise RendaError("appointment.post_twice", post=post)
    person, organ = turn.records.party("person", said["official"]), turn.records.party("organ", said["organ"])
    _all_held(person, organ, posts, turn)
    others = turn.records.matters(matter.practice, "removal", party=person, relation="subject")
    for other in others:
        again = [post for post in posts if post in other.payload["posts"]]
        if other.id != matter.id and other.state in RUNNING and other.payload["organ"] == organ.id and again:
            raise RendaError(
                "appointment.removal_open", name=person.name, organ=organ.name, post=again[0], number=other.id
            )


def still_held(matter: Matter, turn: Turn) -> None:
    """Refuse to put a removal to the vote when the office has ended the post in the meantime."""
    person, organ = matter.party("subject"), matter.party("assignee")
    assert person is not None
    assert organ is not None
    _all_held(person, organ, matter.payload["posts"], turn)


def _all_held(person: Party, organ: Party, posts: Sequence[str], turn: Turn) -> None:
    held = held_of(person.id, organ.id, posts, turn)
    for post in posts:
        if post not in held:
            raise RendaError("appointment.not_in_post", name=person.name, organ=organ.name, post=post)
