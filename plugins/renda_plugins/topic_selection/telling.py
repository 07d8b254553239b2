"""What is told of topics: tables, facts, the page of an organ or a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from renda import (
    Entry,
    Explained,
    Fact,
    Matter,
    Party,
    Records,
    Section,
    Sheet,
    cite_matter,
    counted,
    leaf,
    mean,
    percent,
    ratio,
    total,
)

from . import scoring
from .items import STATES as ITEM_STATES
from .topics import HEARD
from .topics import STATES as TOPIC_STATES

REPORTS = "监督法施行以来听取和审议专项工作报告"
REPORT_COLUMNS = ("年度", "登记", "平台办理", "合计")
TOPIC_COLUMNS = ("议题", "单位", "提出理由", "平均分", "状态", "审议日期", "评估", "等次")
ITEM_COLUMNS = ("议题", "单位", "意见", "期限", "办理结果", "状态")


def sheets(code: str, since: date, until: date, law_since: date, records: Records) -> list[Sheet]:
    """All reports since the law up to ``until``; the topics and items of the plans begun in the time."""
    found = [_reports(code, law_since, until, records)]
    for plan in records.matters(code, "plan", since=since, until=until):
        year, topics = plan.payload["year"], plan.children("topic")
        scores = [_score(topic) for topic in topics if topic.state == "evaluated"]
        figures = [scoring.one_digit(mean("平均", *scores), "年度监督评估平均分")] if scores else []
        rows = [_topic_row(topic, plan) for topic in topics]
        found.append(
            Sheet(
                f"topics_{year}",
                f"{year} 年度监督议题",
                TOPIC_COLUMNS,
                rows,
                figures,
                public=True,
                public_reason="the committee publishes its yearly plan of supervision",
            )
        )
        items = [(topic, item) for topic in topics for item in topic.children("item")]
        closed = [str(item.id) for _, item in items if item.state == "closed"]
        share = ratio("占比", counted("已销号", closed), counted("审议意见", [str(item.id) for _, item in items]))
        lines = [_item_row(topic, item) for topic, item in items]
        rates = [percent(share, 1, label="销号率")]
        found.append(
            Sheet(
                f"items_{year}",
                f"{year} 年度审议意见跟踪督办",
                ITEM_COLUMNS,
                lines,
                rates if items else [],
                public=True,
                public_reason="the committee publishes its yearly plan of supervision",
            )
        )
    return found


def _reports(code: str, law_since: date, until: date, records: Records) -> Sheet:
    entered = {
        past.payload["year"]: leaf("登记", past.payload["reports"], [cite_matter(past.id, past.title)])
        for past in records.matters(code, "past", until=until)
    }
    heard: Counter[int] = Counter()
    for topic in records.matters(code, "topic", until=until):
        if topic.state in HEARD and law_since <= topic.payload["reviewed_on"] <= until:
            heard[topic.payload["reviewed_on"].year] += 1
    rows: list[tuple[Any, ...]] = []
    sums: list[Explained] = []
    for year in sorted({*entered, *heard}):
        own = leaf("平台办理", heard[year])
        both = total(f"{year} 年", entered.get(year, leaf("登记", 0)), own)
        sums.append(both)
        rows.append((year, entered.get(year), own, both))
    return Sheet(
        "reports",
        REPORTS,
        REPORT_COLUMNS,
        rows,
        [total(REPORTS, *sums)],
        chart=(0, 3),
        public=True,
        public_reason="numbers of reports heard since the law",
    )


def _score(topic: Matter) -> Explained:
    return scoring.evaluation(topic)


def _topic_row(topic: Matter, plan: Matter) -> tuple[Any, ...]:
    held, organ = topic.payload, topic.party("assignee")
    marked = scoring.one_digit(scoring.mean_of(topic)) if topic.children("mark") else None
    result = _score(topic) if topic.state == "evaluated" else None
    grade = None if result is None else scoring.grade(result, plan.payload["bands"])
    names = (held["topic"], "" if organ is None else organ.name, held["reason"])
    return (*names, marked, TOPIC_STATES[topic.state], held.get("meeting_on"), result, grade)


def _item_row(topic: Matter, item: Matter) -> tuple[Any, ...]:
    organ, held = topic.party("assignee"), item.payload
    names = (topic.payload["topic"], "" if organ is None else organ.name, held["text"])
    return (*names, topic.payload["items_due"], held.get("result", ""), ITEM_STATES[item.state])


def facts(code: str, subject: Party | None, since: date, until: date, records: Records) -> list[Fact]:
    """``opinion.late``: an item without a report on the day after the last, about the organ."""
    told = []
    for item in records.matters(code, "item"):
        organ, topic = item.party("assignee"), item.parent
        if organ is None or topic is None or item.state == "carried" or (subject is not None and organ != subject):
            continue
        last, came = topic.payload["items_due"], item.payload.get("reported_on")
        if came is None or came > last:
            text = f"“{topic.payload['topic']}”审议意见第 {item.payload['number']} 条没有按期办理并报告"
            told.append(Fact("opinion.late", organ, last + timedelta(1), text, None, item.id))
    return [fact for fact in told if since <= fact.day <= until]


def section(code: str, title: str, subject: Party, records: Records) -> Section | None:
    """An organ's topics, or those a person proposed."""
    relation = "assignee" if subject.noun == "organ" else "proposer"
    topics: Sequence[Matter] = records.matters(code, "topic", party=subject, relation=relation)
    entries = [
        Entry(topic.opened_on, f"{topic.payload['topic']}:{TOPIC_STATES[topic.state]}", topic.id) for topic in topics
    ]
    return Section(title, entries) if entries else None
