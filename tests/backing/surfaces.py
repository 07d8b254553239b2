"""What each surface says of a ballot's result, taken from the surface itself: table cells, outcomes, sentences."""

import html
import json
import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from backing.chamber import CLERK, Chamber
from backing.programs import Program
from renda.model import NoticeRow
from renda.services import accounts, ballots, tokens
from renda.web.polling import hall_token

Lines = dict[str, tuple[tuple[str, ...], str]]
"""For each line its figures in order and its outcome."""


@dataclass
class Said:
    """What one surface says: its lines, and all of its text, where sentences are looked for."""

    lines: Lines | None
    text: str
    columns: list[str] = field(default_factory=list)


def plain(markup: str) -> str:
    """The words of a piece of a page, single spaces between."""
    return " ".join(
        html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<ul>.*?</ul>", " ", markup, flags=re.DOTALL))).split()
    )


def cells(row: str) -> list[str]:
    """The cells of a row of a table."""
    return [plain(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]


def page(chamber: Chamber, number: int) -> Said:
    """The ballot's page as a member sees it; figures as bars."""
    text = chamber.as_("m1").text(f"/jia/ballots/{number}")
    lines: Lines = {}
    columns: list[str] = []
    for part in re.findall(r'<section class="outcome">(.*?)</section>', text, re.DOTALL):
        head = re.search(r"<h3>(.*?) <span[^>]*>(.*?)</span>", part, re.DOTALL)
        assert head is not None
        bars = [cells(row) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", part, re.DOTALL)]
        columns = columns or [bar[0] for bar in bars]
        lines[plain(head[1])] = tuple(bar[-1] for bar in bars), plain(head[2])
    return Said(lines, plain(text), columns)


def hall(chamber: Chamber, number: int) -> Said:
    """The screen in the hall."""
    with chamber.towns.app.app_context():
        token = hall_token("jia", chamber.meeting)
    text = chamber.towns.visitor().text(f"/jia/hall/{token}")
    found = re.search(rf'id="hall-{number}".*?</section>', text, re.DOTALL)
    assert found is not None, text
    part = found[0]
    lines: Lines = {}
    columns: list[str] = []
    table = re.search(r'<table class="hall-table">.*?</table>', part, re.DOTALL)
    if table is not None:
        head, *rows = [cells(row) for row in re.findall(r"<tr>.*?</tr>", table[0], re.DOTALL)]
        rate = "满意率" in head
        columns = head[1 : -2 if rate else -1]
        lines = {row[0]: (tuple(row[1 : -2 if rate else -1]), row[-1]) for row in rows}
    elif 'class="hall-bars"' in part:
        bars = [cells(row) for row in re.findall(r"<tr><th.*?</tr>", part, re.DOTALL)]
        caption = re.search(r"<caption[^>]*>(.*?)</caption>", part)
        outcome = re.search(r'class="hall-outcome[^"]*">(.*?)(?:<span|</p>)', part, re.DOTALL)
        assert caption is not None
        assert outcome is not None
        columns = [bar[0] for bar in bars]
        lines = {plain(caption[1]): (tuple(bar[1 + 1] for bar in bars), plain(outcome[1]))}
    return Said(lines, plain(part), columns)


def interface(chamber: Chamber, number: int) -> Said:
    """The API as a member's program reads it."""
    with chamber.world.writing() as desk:
        token, _ = tokens.issue(desk, accounts.find(desk, "m1"), "测试", ("read",))
    said: Any = Program(chamber.towns.app.test_client(), token, "jia").said(f"/ballots/{number}")
    return words(said["words"])


def words(said: Any) -> Said:
    """A result in words as JSON has it."""
    lines = {line["label"]: (tuple(line["figures"]), line["outcome"]) for line in said["lines"]}
    return Said(lines, json.dumps(said, ensure_ascii=False), said["columns"])


def notice(chamber: Chamber, number: int) -> Said:
    """The notice of the result."""
    with chamber.world.writing() as desk:
        made = ballots.announce(desk, CLERK, number, public=False)
        row = desk.session.scalars(select(NoticeRow).where(NoticeRow.id == made)).one()
        table, text = row.attachments[0], "\n".join([row.title, *row.paragraphs])
    lines, columns = tabled(table["columns"], table["rows"])
    return Said(lines, text, columns)


def tabled(head: Any, rows: Any) -> tuple[Lines, list[str]]:
    """A table of a document: lines and columns."""
    rate = "满意率" in head
    end = -2 if rate else -1
    return {row[0]: (tuple(row[1:end]), row[-1]) for row in rows}, list(head[1:end])


def minutes(chamber: Chamber, title: str) -> Said:
    """The part of the minutes about a ballot, from the text file."""
    text = chamber.as_("clerk").text(f"/jia/meetings/{chamber.meeting}/minutes/txt")
    part = next(
        each for each in text.split("\n\n") if re.match(rf"\([一二三四五六七八九十]+\){re.escape(title)}\n", each)
    )
    table = [line.split("\t") for line in part.splitlines() if "\t" in line]
    lines, columns = tabled(table[0], table[1:]) if table else ({}, [])
    return Said(lines, part, columns)


def archive(chamber: Chamber, number: int) -> Said:
    """What the sitting's archive says."""
    text = chamber.as_("m1").text(f"/jia/meetings/{chamber.meeting}/archive")
    entries = [json.loads(line) for line in text.splitlines()]
    found = [
        each["content"]
        for each in entries
        if each["kind"] in {"result", "withheld"} and each["content"]["ballot"] == number
    ]
    return words(found[0]["words"])


def phone(chamber: Chamber, number: int) -> Said:
    """An elector's page: before the close the marks that may be made, after it the result in sentences."""
    text = chamber.as_("m1").text("/jia/vote")
    form = re.search(rf'id="ballot-{number}".*?</form>', text, re.DOTALL)
    labels = re.findall(r"<span>(.*?)</span></label>", form[0]) if form else []
    part = re.search(rf'id="released-{number}".*?</section>', text, re.DOTALL)
    said = plain(part[0].replace("<ul", "<ol")) if part else ""
    return Said(None, said, list(dict.fromkeys(labels)))
