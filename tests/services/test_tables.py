"""Tables that people bring: tried, imported whole or not at all, again without anything double, exported alike."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from backing.statements import heard
from backing.world import Town
from renda.documents.spreadsheets import written
from renda.errors import RendaError
from renda.matter import Actor
from renda.model import AppointmentRow, EventRow, MandateRow, MatterRow, OrganRow, PersonRow, ProjectRow
from renda.services import chain, tables
from renda.services.imports import workbooks

CLERK = "clerk"
PROPOSE = "suggestions.propose"


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def brought(town: Town, table: str, path: Path, *, login: str = CLERK, **options: Any) -> tables.Brought:
    *_, last = tables.bring(town.world.installation, "jia", town.actors[login], table, path, **options)
    assert isinstance(last, tables.Brought)
    return last


def broken(town: Town, table: str, path: Path, **options: Any) -> list[str]:
    before = counts(town)
    with pytest.raises(RendaError) as caught:
        brought(town, table, path, **options)
    assert caught.value.code == "import.broken"
    assert counts(town) == before
    return caught.value.message.split("\n")[1:]


def counts(town: Town) -> list[int]:
    kept: list[Any] = [OrganRow, PersonRow, AppointmentRow, MandateRow, ProjectRow, MatterRow, EventRow]
    with town.world.reading() as desk:
        return [desk.session.scalar(select(func.count()).select_from(table)) or 0 for table in kept]


def exported(town: Town, table: str, folder: Path, form: str = "csv", login: str = CLERK, **options: Any) -> Path:
    path = folder / f"out.{form}"
    actor: Actor = town.actors[login]
    with town.world.reading() as desk:
        found = tables.find(desk, actor, table, **options)
        with written(form, found.headings(), found.rows(desk, actor), title=found.title) as kept:
            path.write_bytes(kept.read())
    return path


ROSTER: dict[str, Sequence[str]] = {
    "organs": (
        "代码,名称,类别,设立日期,撤销日期",
        "fy,法院,法院,1980-01-01,",
        "jj,街道办,街道,,",
        "zj,自建所,自用类别,,2019-01-01",
    ),
    "people": ("代码,姓名,排序", "p1,主任乙三,01", "p2,局长乙四,"),
    "appointments": (
        "人员代码,机构代码,职务,任职日期,离任日期,主要负责人,任免决定",
        "p1,fy,院长,2017-01-01,2018-12-31,是,第一次会议",
        "p1,fy,院长,2019-01-01,,是,第九次会议",
        "p2,jj,主任,2018-01-01,,,",
    ),
    "deputies": (
        "人员代码,姓名,任期起,任期止,选区,代表团,常委会组成人员",
        "p1,主任乙三,2016-10-01,,第一选区,第一代表团,是",
        "n1,代表甲九,2016-10-01,2020-01-31,第二选区,,",
    ),
    "projects": (
        "代码,名称,年度,单位代码,预算(元),阶段,完成期限",
        "x1,修路,2020,jj,1200.50,开工,2020-12-31",
        "x2,种树,2020,,,,",
    ),
}


def test_the_roster_is_brought_once_and_comes_out_as_it_went_in(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    for name, lines in ROSTER.items():
        path = write(tmp_path, name, *lines)
        before = counts(town)
        trial = brought(town, name, path, trial=True)
        assert (trial.added, trial.changed, trial.same, trial.trial) == (len(lines) - 1, 0, 0, True)
        assert counts(town) == before
        assert brought(town, name, path).added == len(lines) - 1
        again = brought(town, name, path)
        assert (again.added, again.changed, again.same) == (0, 0, len(lines) - 1)
    total = counts(town)
    for name, lines in ROSTER.items():
        for form in ("csv", "xlsx"):
            back = brought(town, name, exported(town, name, tmp_path, form))
            assert (back.added, back.changed) == (0, 0)
            assert back.same >= len(lines) - 1
    assert counts(town) == total
    with town.world.reading() as desk:
        assert chain.first_broken(desk) is None
        last = desk.session.scalars(select(EventRow).order_by(EventRow.number.desc())).first()
        assert last is not None
        assert (last.actor, last.label, last.entries["table"], last.entries["added"]) == (
            "工作人员丙",
            "导入表格",
            "projects",
            2,
        )
        person = desk.session.scalars(select(PersonRow).where(PersonRow.code == "n1")).one()
        assert (person.name, person.mandates[0].constituency) == ("代表甲九", "第二选区")
        assert person.sort_key == desk.rulebook.district.names.key("代表甲九")


def test_what_a_file_says_otherwise_is_changed_and_what_it_does_not_say_stays(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    for name, lines in ROSTER.items():
        brought(town, name, write(tmp_path, name, *lines))
    done = brought(town, "projects", write(tmp_path, "projects", "code,name,year,stage", "x1,修路,2020,完工"))
    assert (done.added, done.changed, done.same) == (0, 1, 0)
    done = brought(
        town,
        "projects",
        write(tmp_path, "projects", "代码,名称,年度,单位代码", "x1,修路,2020,(清空)", "x2,种草,2020,jj"),
    )
    assert done.changed == 2
    with town.world.reading() as desk:
        rows = {row.code: row for row in desk.session.scalars(select(ProjectRow))}
        assert (rows["x1"].stage, str(rows["x1"].budget), rows["x1"].organ) == ("完工", "1200.50", None)
        assert rows["x2"].name == "种草"
        assert rows["x2"].organ is not None


def test_every_bad_row_of_the_roster_is_told_with_its_column(local_towns: Any, tmp_path: Path) -> None:
    town: Town = local_towns.jia
    for name in ("organs", "people"):
        brought(town, name, write(tmp_path, name, *ROSTER[name]))
    assert broken(
        town, "people", write(tmp_path, "people", "代码,姓名", "p1,", "p3,乙五", "p3,乙六", f"p4,{'长' * 81}")
    ) == [
        "people.csv 第 2 行“姓名”列:必须填写。",
        "people.csv 第 4 行:与第 3 行是同一条(p3)。请只留一行。",
        "people.csv 第 5 行“姓名”列:至多 80 个字,现有 81 个字。请改短。",
    ]
    rows: Sequence[str] = (
        "人员代码,机构代码,职务,任职日期,离任日期,主要负责人",
        "p9,fy,院长,2017-01-01,,",
        "p1,fy,院长,2017年,,对",
        "p1,fy,院长,2018-01-01,2017-01-01,",
        "p2,fy,庭长,2018-01-01,2019-06-01,",
        "p2,fy,庭长,2019-06-01,,",
    )
    assert broken(town, "appointments", write(tmp_path, "appointments", *rows)) == [
        "appointments.csv 第 2 行“人员代码”列:没有代码为“p9”的人员。",
        "appointments.csv 第 3 行“任职日期”列:应为日期,例如 2020-03-01,现为“2017年”。",
        "appointments.csv 第 3 行“主要负责人”列:应为“是”或“否”,现为“对”。",
        "appointments.csv 第 4 行“离任日期”列:截止日期 2017-01-01 早于起始日期 2018-01-01。请改正。",
        "appointments.csv 第 6 行:局长乙四在法院任“庭长”的时间重叠:已有 2018-01-01 — 2019-06-01,又登记 2019-06-01 起至今。请先写明前一段的截止日期,或改正日期。",
    ]
    rows = ("人员代码,姓名,任期起", "n8,,2016-10-01", "p1,主任乙九,2016-10-01", "p2,,2016-10-01", "p2,,2018-10-01")
    assert broken(town, "deputies", write(tmp_path, "deputies", *rows)) == [
        "deputies.csv 第 2 行“人员代码”列:没有代码为“n8”的人员。新代表请写明姓名。",
        "deputies.csv 第 3 行“姓名”列:代码“p1”是主任乙三,这里写的姓名是“主任乙九”。请核对代码和姓名;改名请在人员表里改。",
        "deputies.csv 第 5 行:局长乙四的代表资格时间重叠:已有 2016-10-01 起至今,又登记 2018-10-01 起至今。请先写明前一段的截止日期,或改正日期。",
    ]
    rows = (
        "代码,名称,年度,单位代码,预算(元)",
        "x1,修路,20,xx,",
        "x2,种树,2020,xx,-5",
        "x3,种花,二零,,一千",
        "x4,种草,2020,xx,5",
    )
    assert broken(town, "projects", write(tmp_path, "projects", *rows)) == [
        "projects.csv 第 2 行“年度”列:项目“修路”的年度应为四位数,例如 2020,现为 20。",
        "projects.csv 第 2 行“单位代码”列:没有代码为“xx”的机构。",
        "projects.csv 第 3 行“单位代码”列:没有代码为“xx”的机构。",
        "projects.csv 第 3 行“预算(元)”列:项目“种树”的预算不能小于 0,现为 -5 元。",
        "projects.csv 第 4 行“年度”列:应为整数,现为“二零”。",
        "projects.csv 第 4 行“预算(元)”列:应为数字,例如 1200.50,现为“一千”。",
        "projects.csv 第 5 行“单位代码”列:没有代码为“xx”的机构。",
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("代码,姓名,年龄", "p1,甲,3"), "people.csv:没有“年龄”这一列。可用的列:代码、姓名、排序。"),
        (("代码", "p1"), "people.csv:缺少“姓名”这一列。请下载模板,不要删改表头。"),
        (("代码,姓名", "p1,甲,乙"), "people.csv 第 2 行:这一行比表头多出 1 格。"),
    ],
)
def test_a_table_of_the_wrong_shape_is_refused(
    local_towns: Any, tmp_path: Path, lines: Sequence[str], said: str
) -> None:
    assert broken(local_towns.jia, "people", write(tmp_path, "people", *lines)) == [said]


def test_a_file_that_is_none_or_too_much_is_refused(
    local_towns: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town: Town = local_towns.jia

    def refused(table: str, path: Path, login: str = CLERK) -> str:
        with pytest.raises(RendaError) as caught:
            brought(town, table, path, login=login)
        return caught.value.message

    (tmp_path / "people.doc").write_text("x", "utf-8")
    assert (
        refused("people", tmp_path / "people.doc")
        == "“people.doc”不是 XLSX、CSV 或 TXT 文件。请用模板填写,存为 xlsx 或 csv。"
    )
    assert refused("people", write(tmp_path, "people", "代码,姓名")) == "“people.csv”里除表头外一行也没有。"
    (tmp_path / "bad.xlsx").write_text("x", "utf-8")
    assert "读不懂这个文件" in refused("people", tmp_path / "bad.xlsx")
    path = write(tmp_path, "people", "代码,姓名", *(f"p{number},甲" for number in range(20_001)))
    assert refused("people", path) == "一个文件至多 20000 行,这里有 20000 行以上。请分成几个文件。"
    path = write(tmp_path, "people", "代码,姓名", "p1,甲")
    assert refused("nothing", path) == (
        "没有“nothing”这张表。可用的:organs、people、appointments、deputies、projects、zz_faulty.note。"
    )
    assert refused("people", path, "deputy") == "没有“people”这张表。可用的:suggestions.propose。"
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)
    book = xlsxwriter.Workbook(str(tmp_path / "big.xlsx"))
    book.add_worksheet()
    book.close()
    assert "请分成几个文件,或删去其中的图片。" in refused("people", tmp_path / "big.xlsx")


FILED = (
    "日期,标题,正文,提出代表,附议代表,类别,涉及户数,不公开,地点,资金来源",
    '2020-02-03,增设路灯,"夜里太暗,\n请增设。",代表甲一,,照明;道路,12,,"{""street"": ""一街"", ""since"": ""2019-01-01""}","{""区"": ""1.10""}"',
    ",修桥,桥旧了。,代表甲一,代表甲二,,,否,,",
)


def test_matters_are_opened_once_and_come_out_as_they_went_in(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    path = write(tmp_path, "filed", *FILED)
    before = counts(town)
    assert brought(town, PROPOSE, path, login="deputy", trial=True).added == 2
    assert counts(town) == before
    assert brought(town, PROPOSE, path, login="deputy").added == 2
    again = brought(town, PROPOSE, path, login="deputy")
    assert (again.added, again.same) == (0, 2)
    total = counts(town)
    with town.world.reading() as desk:
        lamp = desk.session.scalars(select(MatterRow).where(MatterRow.title == "增设路灯")).one()
        assert (str(lamp.opened_on), lamp.payload["topics"], lamp.payload["households"]) == (
            "2020-02-03",
            ["light", "road"],
            12,
        )
        assert chain.first_broken(desk) is None
        event = desk.session.scalars(select(EventRow).where(EventRow.matter_id == lamp.id)).one()
        assert event.actor == "代表甲一"
        opened = lamp.id
    for form in ("csv", "xlsx"):
        back = brought(town, PROPOSE, exported(town, PROPOSE, tmp_path, form, "deputy"), login="deputy")
        assert (back.added, back.same) == (0, 2)
    assert counts(town) == total
    edited = exported(town, PROPOSE, tmp_path, "csv", "deputy")
    edited.write_text(edited.read_text("utf-8-sig").replace("修桥", "拆桥"), "utf-8")
    (said,) = broken(town, PROPOSE, edited, login="deputy")
    assert said == (
        f"out.csv 第 4 行“标题”列:第 {opened + 1} 号事项的“标题”已是“修桥”,这里写的是“拆桥”。"
        "办理过的事不能靠改表格来改:请在事项页面办理,或恢复原样。"
    )


def test_every_bad_row_of_matters_is_told_and_the_good_ones_are_not_kept(local_towns: Any, tmp_path: Path) -> None:
    town: Town = local_towns.jia
    path = write(
        tmp_path,
        "filed",
        "编号,日期,标题,正文,提出代表,涉及户数,类别,费用估算",
        ",,增设路灯,夜里太暗。,代表甲一,,,",
        ",,增设路灯,夜里太暗。,代表甲一,,,",
        ",,,夜里太暗。,代表甲一,三,,",
        ",2020-03-03,修路,路旧了。,代表甲一,,,",
        ",,修路,路旧了。,代表甲九,,,[{",
        ",,修路,路旧了。,代表甲二,,,",
        ",,修路,路旧了。,代表甲一,,天桥,",
        "99,,修路,路旧了。,代表甲一,,,",
    )
    assert broken(town, PROPOSE, path, login="deputy") == [
        "filed.csv 第 3 行:与第 2 行是同一条(内容相同)。请只留一行。",
        "filed.csv 第 4 行“标题”列:必须填写。",
        "filed.csv 第 4 行“涉及户数”列:应填写整数。",
        "filed.csv 第 5 行“日期”列:日期 2020-03-03 在今天之后。",
        "filed.csv 第 6 行“提出代表”列:没有代码为“代表甲九”的人员。",
        "filed.csv 第 6 行“费用估算”列:这一格应写 JSON:Expecting property name enclosed in double quotes: line 1 column 3 (char 2)。",
        "filed.csv 第 7 行:“提出建议”由提出人办理,您没有这个身份。",
        "filed.csv 第 8 行“类别”列:没有“天桥”这一项。可选:道路、照明、绿化。",
        "filed.csv 第 9 行“编号”列:没有编号为 99 的建议。新的请把编号留空。",
    ]


def test_who_may_not_see_a_matter_does_not_export_it(local_towns: Any, tmp_path: Path) -> None:
    town: Town = local_towns.jia
    town.propose("公开的")
    town.propose("不公开的", secret=True)
    own = exported(town, PROPOSE, tmp_path, "csv", "deputy").read_text("utf-8-sig")
    other = exported(town, PROPOSE, tmp_path, "csv", "second").read_text("utf-8-sig")
    assert ("不公开的" in own, "不公开的" in other, "公开的" in other) == (True, False, True)


def test_ten_times_the_matters_need_few_more_statements(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    heading, row = "标题,正文,提出代表", "增设{n}号路灯,夜里太暗。,代表甲一"

    def statements(numbers: range) -> int:
        lines = (row.format(n=n) for n in numbers)
        with heard(town.world.store.engine) as said:
            assert brought(town, PROPOSE, write(tmp_path, "filed", heading, *lines), login="deputy").added == len(
                numbers
            )
        return sum(each.startswith(("SELECT", "UPDATE", "SAVEPOINT", "select", "with")) for each in said)

    few = statements(range(20))
    assert statements(range(20, 220)) <= few + 10
    with town.world.reading() as desk:
        assert chain.first_broken(desk) is None
        opened = desk.session.scalars(select(EventRow.matter_id).where(EventRow.label == "提出建议")).all()
        assert len(set(opened)) == 220
        assert desk.session.scalar(select(func.count()).select_from(MatterRow).where(MatterRow.id.in_(opened))) == 220


def test_an_import_that_is_stopped_halfway_keeps_nothing(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    path = write(tmp_path, "people", "代码,姓名", *(f"p{number},人员{number}" for number in range(500)))
    before = counts(town)
    coming = tables.bring(town.world.installation, "jia", town.actors[CLERK], "people", path)
    assert next(coming) == tables.Progress(200, 500)
    coming.close()  # type: ignore[attr-defined]
    assert counts(town) == before


def roster(town: Town, folder: Path) -> None:
    for name, lines in ROSTER.items():
        brought(town, name, write(folder, name, *lines))


def test_a_blank_cell_says_nothing_and_a_mark_clears(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    roster(town, tmp_path)
    heading = "人员代码,任期起,任期止,选区,代表团,常委会组成人员"
    assert brought(town, "deputies", write(tmp_path, "deputies", heading, "p1,2016-10-01,,,,")).same == 1
    lines = (heading, "p1,2016/10/1,,(清空),,（清空）", "n1,2016-10-01,【清空】,,东团,")
    done = brought(town, "deputies", write(tmp_path, "deputies", *lines), trial=True)
    assert [(each.line, each.what, each.column, each.before, each.after) for each in done.changes] == [
        (2, "p1 2016-10-01", "选区", "第一选区", ""),
        (2, "p1 2016-10-01", "常委会组成人员", "是", "否"),
        (3, "n1 2016-10-01", "代表团", "", "东团"),
        (3, "n1 2016-10-01", "任期止", "2020-01-31", ""),
    ]
    assert brought(town, "deputies", write(tmp_path, "deputies", *lines)).changed == 2
    with town.world.reading() as desk:
        held = {each.person.code: each for each in desk.session.scalars(select(MandateRow)).all()}
        assert (held["p1"].constituency, held["p1"].delegation, held["p1"].committee_member) == (
            "",
            "第一代表团",
            False,
        )
        assert (held["n1"].constituency, held["n1"].delegation, held["n1"].until) == ("第二选区", "东团", None)
    assert broken(town, "people", write(tmp_path, "people", "代码,姓名", "p1,(清空)")) == [
        "people.csv 第 2 行“姓名”列:这一列必须填写,不能清空。"
    ]


def test_rows_that_change_different_columns_leave_the_others(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    roster(town, tmp_path)
    lines = ("代码,名称,年度,单位代码,预算(元),阶段", "x1,修路,2020,,,完工", 'x2,种树,2020,街道办,"1,000.50",')
    assert brought(town, "projects", write(tmp_path, "projects", *lines)).changed == 2
    with town.world.reading() as desk:
        rows = {row.code: row for row in desk.session.scalars(select(ProjectRow))}
        assert (rows["x1"].stage, str(rows["x1"].budget), rows["x1"].organ and rows["x1"].organ.code) == (
            "完工",
            "1200.50",
            "jj",
        )
        assert (rows["x2"].stage, str(rows["x2"].budget), rows["x2"].organ and rows["x2"].organ.code) == (
            "",
            "1000.50",
            "jj",
        )


@pytest.mark.parametrize("name", ["測?", "某？", "测□", "〓甲"])
def test_a_name_with_a_lost_character_is_refused(local_towns: Any, tmp_path: Path, name: str) -> None:
    (said,) = broken(local_towns.jia, "people", write(tmp_path, "people", "代码,姓名", f"q1,{name}"))
    assert said.startswith(f"people.csv 第 2 行“姓名”列:“{name}”里有“")
    assert "生僻字在存成 CSV 时丢失了" in said


def test_names_are_kept_and_found_in_the_one_way_they_are_written(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    brought(town, "people", write(tmp_path, "people", "代码,姓名", "ｑ１,张　三", "q2,古丽•某某", "q3,李四\u200b"))
    with town.world.reading() as desk:
        names = {row.code: row.name for row in desk.session.scalars(select(PersonRow))}
    assert (names["q1"], names["q2"], names["q3"]) == ("张三", "古丽·某某", "李四")
    brought(town, "organs", write(tmp_path, "organs", "代码,名称", "o1,某 局"))
    lines = ("人员代码,机构代码,职务,任职日期", "张 三,某局,局长,2020.1.2", "q2,o1,副局长,2020-01-02")
    assert brought(town, "appointments", write(tmp_path, "appointments", *lines)).added == 2


SEPARATED = [
    "代表甲一、代表甲二",
    "代表甲一，代表甲二",
    "代表甲一;代表甲二",
    '"代表甲一\n代表甲二"',
    "代表甲一 代表 甲二",
    '"代表甲一, d2"',
]


@pytest.mark.parametrize("people", SEPARATED[:4])
def test_several_people_are_separated_as_offices_do(towns: Any, tmp_path: Path, people: str) -> None:
    town: Town = towns.jia
    lines = ("日期,标题,正文,提出代表,附议代表,类别", f"2020/2/3,增设路灯,夜里太暗。,代表甲一,{people},照明、道路")
    assert brought(town, PROPOSE, write(tmp_path, "filed", *lines), login="deputy").added == 1
    with town.world.reading() as desk:
        lamp = desk.session.scalars(select(MatterRow)).one()
        assert (len(lamp.payload["seconders"]), lamp.payload["topics"], str(lamp.opened_on)) == (
            2,
            ["light", "road"],
            "2020-02-03",
        )


def test_the_same_row_saved_otherwise_is_not_opened_twice(towns: Any, tmp_path: Path) -> None:
    town: Town = towns.jia
    ways = (
        "2020-02-03,甲,夜里太暗。,代表甲一,照明;道路,是,1200",
        '2020/2/3,甲,夜里太暗。,代表甲一,照明、道路,True,"1,200"',
    )
    for way, added in zip(ways, (1, 0), strict=True):
        path = write(tmp_path, "filed", "日期,标题,正文,提出代表,类别,不公开,涉及户数", way)
        assert brought(town, PROPOSE, path, login="deputy").added == added


def test_a_row_is_told_all_its_mistakes(local_towns: Any, tmp_path: Path) -> None:
    town: Town = local_towns.jia
    lines = (
        "日期,标题,正文,提出代表,类别,不公开,涉及户数",
        "2020/13/1,,夜里太暗。,代表甲九,天桥,可以,三",
        "2030-01-01,甲,#N/A,代表甲一,,,四",
    )
    assert broken(town, PROPOSE, write(tmp_path, "filed", *lines), login="deputy") == [
        "filed.csv 第 2 行“日期”列:应为日期,例如 2020-03-01,现为“2020/13/1”。",
        "filed.csv 第 2 行“标题”列:必须填写。",
        "filed.csv 第 2 行“提出代表”列:没有代码为“代表甲九”的人员。",
        "filed.csv 第 2 行“类别”列:没有“天桥”这一项。可选:道路、照明、绿化。",
        "filed.csv 第 2 行“涉及户数”列:应填写整数。",
        "filed.csv 第 2 行“不公开”列:应填写是或否。",
        "filed.csv 第 3 行“日期”列:日期 2030-01-01 在今天之后。",
        "filed.csv 第 3 行“正文”列:这一格是错误值 #N/A。请改正公式,或直接填写内容。",
        "filed.csv 第 3 行“涉及户数”列:应填写整数。",
    ]
