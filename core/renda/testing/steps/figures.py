"""Steps about numbers: scores and their reasons, facts, sheets, the district's parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pytest_bdd import then

from renda.answers import Fact, Sheet
from renda.explain import Explained, from_json, outline, replay, sentence, shown_value
from renda.i18n import gettext
from renda.services import rescoring, scores
from renda.services.questions import ask
from renda.services.reading import DistrictRecords, find
from renda.testing.factories import World
from renda.testing.references import matter_called
from renda.testing.sentences import Sentence
from renda.testing.wording import same_figure


@then(Sentence("{m:matter}的得分是{x:figure}", "事项现在的得分", '那么 "路灯"的得分是78'))
def score_is(world: World, m: str, x: str) -> None:
    """The score that holds now, as it is shown."""
    found = _score(world, m)
    assert found is not None, f"{m}还没有得分。"
    assert same_figure(x, shown_value(found)), f"得分是{shown_value(found)}:{sentence(found)}"


@then(Sentence("{m:matter}没有得分", "事项还没有得分", '那么 "路灯"没有得分'))
def no_score(world: World, m: str) -> None:
    """There is no score."""
    found = _score(world, m)
    assert found is None, f"得分是{shown_value(found)}。"


@then(Sentence('{m:matter}的得分理由里有"{words}"', "得分理由的任何一行里有这些字", '那么 "路灯"的得分理由里有"答复"'))
def reason_says(world: World, m: str, words: str) -> None:
    """Words of the reasons of a score."""
    found = _score(world, m)
    assert found is not None, f"{m}还没有得分。"
    lines = [sentence(found), *(f"{row.label} {row.shown} {row.formula}" for row in outline(found))]
    assert any(words in line for line in lines), "理由是:" + "\n".join(lines)


def _score(world: World, m: str) -> Explained | None:
    number = matter_called(world, m)
    with world.reading() as desk:
        row = scores.latest(desk, number)
        if row is None:
            return None
        replay(row.explained)
        return from_json(row.explained)


@then(Sentence("重算得分没有差异", "按各事项开始时的规则重算全部得分,与留存的一致", "那么 重算得分没有差异"))
def rescoring_agrees(world: World) -> None:
    """Scoring all again gives the same."""
    with world.reading() as desk:
        found = [f"{each.title}:{each.kept}" for each in rescoring.differences(desk)]
    assert found == [], "、".join(found)


@then(
    Sentence(
        '事实"{code}"有{n:int}条[,关于"{name}"]',
        "告诉其他办法的事实的条数,可限于一个人或单位",
        '那么 事实"suggestion.dissatisfied"有3条',
    )
)
def facts_number(world: World, code: str, n: int, name: str = "") -> None:
    """How many facts of a code there are until today."""
    found = [fact for fact in _facts(world, code) if name in {"", fact.subject.name}]
    assert len(found) == n, f"有 {len(found)} 条:{'、'.join(fact.text for fact in found) or '—'}。"


@then(Sentence('事实"{code}"说"{words}"', "某一条事实的文字里有这些字", '那么 事实"report.late"说"迟报3天"'))
def fact_says(world: World, code: str, words: str) -> None:
    """Words of a fact."""
    found = [fact.text for fact in _facts(world, code)]
    assert any(words in text for text in found), f"说的是:{'、'.join(found) or '—'}。"


def _facts(world: World, code: str) -> Sequence[Fact]:
    with world.reading() as desk:
        return DistrictRecords(desk).facts(code, since=date(1949, 10, 1), until=world.day)


@then(
    Sentence(
        '表"{title}"的"{label}"是{x:figure}',
        "本年至今的表(名称或代码)里一个汇总数",
        '那么 表"年度办理情况"的"总体满意率"是99.4%',
    )
)
def sheet_figure(world: World, title: str, label: str, x: str) -> None:
    """A figure that sums up a sheet of this year."""
    _check_figure(_sheet(world, date(world.day.year, 1, 1), world.day, title), label, x)


@then(
    Sentence(
        '{n:int}年的表"{title}"的"{label}"是{x:figure}',
        "某一年的表里一个汇总数",
        '那么 2020年的表"年度办理情况"的"总体满意率"是99.4%',
    )
)
def sheet_figure_of_year(world: World, n: int, title: str, label: str, x: str) -> None:
    """A figure that sums up a sheet of a year."""
    _check_figure(_sheet(world, date(n, 1, 1), date(n, 12, 31), title), label, x)


@then(
    Sentence(
        '表"{title}"里"{row}"的"{column}"是"{x}"',
        "本年的表里一格:行的第一栏、列名、内容",
        '那么 表"各单位扣分"里"住建局"的"扣分"是"0.2"',
    )
)
def sheet_cell(world: World, title: str, row: str, column: str, x: str) -> None:
    """A cell of a sheet of this year."""
    sheet = _sheet(world, date(world.day.year, 1, 1), world.day, title)
    columns = [gettext(name) for name in sheet.columns]
    assert column in columns, f"有这些列:{'、'.join(columns)}。"
    found = {_text(each[0]): _text(each[columns.index(column)]) for each in sheet.rows}
    assert row in found, f"有这些行:{'、'.join(found) or '—'}。"
    assert same_figure(x, found[row]), f"是“{found[row]}”。"


@then(Sentence('表"{title}"有{n:int}行', "本年的表的行数", '那么 表"问题清单"有117行'))
def sheet_rows(world: World, title: str, n: int) -> None:
    """How many rows a sheet of this year has."""
    found = len(_sheet(world, date(world.day.year, 1, 1), world.day, title).rows)
    assert found == n, f"有 {found} 行。"


def _check_figure(sheet: Sheet, label: str, expected: str) -> None:
    found = {gettext(figure.label): figure for figure in sheet.figures}
    assert label in found, f"有这些数:{'、'.join(found) or '—'}。"
    assert same_figure(expected, shown_value(found[label])), sentence(found[label])


def _sheet(world: World, since: date, until: date, title: str) -> Sheet:
    with world.reading() as desk:
        answers = ask(desk, "sheets", until, since=since, until=until, records=DistrictRecords(desk))
    failures = [str(answer.failure) for answer in answers if answer.failure is not None]
    sheets: list[Sheet] = [sheet for answer in answers for sheet in answer.said]
    found = [sheet for sheet in sheets if title in {sheet.code, gettext(sheet.title)}]
    assert found, f"没有表“{title}”。有:{'、'.join([sheet.title for sheet in sheets] + failures) or '—'}。"
    return found[0]


def _text(value: Any) -> str:
    return shown_value(value) if isinstance(value, Explained) else str(value)


@then(
    Sentence(
        '参数"{name}"是"{x}"', "今天施行的参数(键名或中文名;表格里的一项写“grades.A+”)", '那么 参数"答复权重"是"0.4"'
    )
)
def parameter_is(world: World, name: str, x: str) -> None:
    """A parameter of a practice in force today."""
    head, _, key = name.partition(".")
    found: dict[str, Any] = {}
    for rules in world.rulebook.on(world.day):
        for field, declared in type(rules.practice).Params().fields.items():
            value = getattr(rules.practice.params, field, None)
            if head in {field, gettext(str(declared.metadata.get("label", "")))}:
                found[rules.code] = value.get(key) if key and isinstance(value, Mapping) else value
    assert found, f"没有参数“{name}”。"
    value = found.get(world.preferred, next(iter(found.values())))
    shown = getattr(value, "text", str(value))
    assert same_figure(x, shown), f"是“{shown}”。"


@then(
    Sentence("{m:matter}依据{day:day}起施行的规则", "事项开始时施行的是哪一版", '那么 "路灯"依据2018-06-01起施行的规则')
)
def rules_are(world: World, m: str, day: date) -> None:
    """Under which version a matter began."""
    number = matter_called(world, m)
    with world.reading() as desk:
        found = find(desk, number).rules_effective
    assert found == day, f"依据的是{found}起施行的规则。"
