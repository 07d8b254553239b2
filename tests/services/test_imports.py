from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from backing import spreadsheets
from renda.errors import RendaError
from renda.model import AccountRow, AppointmentRow, EventRow, MatterRow, OrganRow, PersonRow, ProjectRow
from renda.services import accounts, chain, passwords
from renda.services.imports import Imported, Progress, import_folder
from renda.services.imports.references import References
from renda.services.reading import DistrictRecords
from renda.testing.factories import World


def imported(world: World, folder: Path, **options: Any) -> Imported:
    with world.writing() as desk:
        return import_folder(desk, folder, **options)


def broken(world: World, folder: Path) -> list[str]:
    """The lines of the refusal; nothing was written."""
    before = counts(world)
    with pytest.raises(RendaError) as caught:
        imported(world, folder)
    assert caught.value.code == "import.broken"
    assert counts(world) == before
    return caught.value.message.split("\n")


def counts(world: World) -> list[int]:
    tables: list[Any] = [OrganRow, PersonRow, AppointmentRow, AccountRow, MatterRow, EventRow]
    with world.reading() as desk:
        return [desk.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_a_folder_becomes_people_accounts_and_matters(world: World, tmp_path: Path) -> None:
    told: list[Progress] = []
    done = imported(world, spreadsheets.write(tmp_path / "data"), report=told.append)
    assert done == Imported(roster=11, acts=5)
    assert counts(world) == [2, 3, 1, 3, 4, 7]
    assert told[-1] == Progress("acts", 5, 5)
    with world.reading() as desk:
        assert chain.first_broken(desk) is None
        matters = {matter.title: matter for matter in DistrictRecords(desk).matters()}
        lamp = matters["增设路灯"]
        assert lamp.payload["text"] == "夜里太暗,\n请增设。"
        assert lamp.payload["costs"][0]["amount"] == Decimal("1.10")
        assert [party.name for party in lamp.parties["co-signer"]] == ["代表甲二", "代表甲一"]
        assert (lamp.payload["households"], lamp.payload["secret"], lamp.state) == (12, False, "assigned")
        assert (matters["现场查看"].state, matters["核预算"].state) == ("done", "open")
        assert str(lamp.done_on("assign")) == "2020-03-05"


def test_the_same_folder_again_changes_nothing(world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(tmp_path / "data")
    imported(world, folder)
    before = counts(world)
    assert imported(world, folder) == Imported(0, 0, repeated=True)
    assert counts(world) == before


def test_rows_added_later_are_done_and_the_others_not_again(world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(tmp_path / "data")
    imported(world, folder)
    with (folder / "suggestions" / "01-提出.csv").open("a", encoding="utf-8") as file:
        file.write("2020-03-03,d1,撤回,s2,,,,,,,,\n")
    assert imported(world, folder) == Imported(roster=11, acts=1)
    with world.reading() as desk:
        states = desk.session.scalars(select(MatterRow.state).where(MatterRow.title == "修桥")).all()
    assert states == ["withdrawn"]


def test_a_row_edited_after_its_import_is_told(world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(tmp_path / "data")
    imported(world, folder)
    changed = spreadsheets.FILED.replace("修桥", "拆桥")
    lines = broken(world, spreadsheets.write(folder, **{"suggestions/01-提出": changed}))
    assert lines == [
        "没有导入,一行也没有写入。共有 1 处错误:",
        "suggestions/01-提出.csv 第 5 行:这一行导入之后又被改过。已办理的事不能靠改表格来改:请恢复原样,另加一行来办。",
    ]


def test_a_blank_cell_of_the_roster_leaves_what_is_there_and_a_mark_clears_it(world: World, tmp_path: Path) -> None:
    def kept(**files: str) -> list[Any]:
        imported(world, spreadsheets.write(tmp_path / "data", **files))
        with world.reading() as desk:
            organ = desk.session.scalars(select(OrganRow).where(OrganRow.code == "zz")).one()
            project = desk.session.scalars(select(ProjectRow).where(ProjectRow.code == "x1")).one()
            account = desk.session.scalars(select(AccountRow).where(AccountRow.login == "zz")).one()
            who = account.person and account.person.code
            code = project.organ and project.organ.code
            return [organ.sort, str(organ.until), code, project.budget, project.stage, str(project.due_on), who]

    heads = {
        "organs": "code,name,sort,until\njt,交通局,,\ncz,财政局,,\nzz,某局,court,2030-01-01\n",
        "projects": "code,name,year,organ,budget,stage,due_on\nx1,修路,2020,zz,12.50,在建,2020-09-01\n",
        "accounts": spreadsheets.ACCOUNTS + "zz,丁,deputy,d1,\n",
    }
    full = ["court", "2030-01-01", "zz", Decimal("12.50"), "在建", "2020-09-01", "d1"]
    assert kept(**heads) == full
    blank = {
        "organs": "code,name,sort,until\njt,交通局,,\ncz,财政局,,\nzz,某局,,\n",
        "projects": "code,name,year\nx1,修路,2020\n",
        "accounts": spreadsheets.ACCOUNTS + "zz,丁,deputy,,\n",
    }
    assert kept(**blank) == full
    cleared = {
        "organs": "code,name,sort,until\njt,交通局,,\ncz,财政局,,\nzz,某局,(清空),(清空)\n",
        "projects": "code,name,year,organ,budget,stage,due_on\nx1,修路,2020,(清空),（清空）,(清空),(清空)\n",
        "accounts": spreadsheets.ACCOUNTS + "zz,丁,deputy,(清空),\n",
    }
    assert kept(**cleared) == ["department", "None", None, None, "", "None", None]


def test_every_broken_row_of_the_roster_is_told_with_its_place(world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(
        tmp_path / "data",
        people="code,name\nd1,代表甲一\nd2,\nh1,主任乙三\n",
        organs=spreadsheets.ORGANS.replace("2000-01-01", "2000年"),
        appointments="person,organ,post,head,since,until\nh1,jt,局长,对,2018-01-01,\nh1,xx,局长,,2018-01-01,2017-01-01\n",
        mandates="person,since\nd9,2016-10-01\nd1,2016-10-01\nd1,2018-10-01\n",
        accounts="login,name,roles\nclerk,工作人员丙,clark\n",
    )
    assert broken(world, folder) == [
        "没有导入,一行也没有写入。共有 7 处错误:",
        "organs.csv 第 4 行“since”列:应为日期,例如 2020-03-01,现为“2000年”。",
        "people.csv 第 3 行“name”列:必须填写。",
        "appointments.csv 第 2 行“head”列:应为“是”或“否”,现为“对”。",
        "appointments.csv 第 3 行“organ”列:没有代码为“xx”的机构。",
        "mandates.csv 第 2 行“person”列:没有代码为“d9”的人员。",
        "mandates.csv 第 4 行:代表甲一的代表资格时间重叠:已有 2016-10-01 起至今,又登记 2018-10-01 起至今。请先写明前一段的截止日期,或改正日期。",
        "accounts.csv 第 2 行“roles”列:没有“clark”这个角色。可用的角色:clerk、member、chair、deputy、department、auditor。",
    ]


def test_every_broken_act_is_told_and_what_rests_on_it_is_not_tried(world: World, tmp_path: Path) -> None:
    filed = (
        "day,actor,action,ref,parent,title,text,proposer,households\n"
        "2020-03-02,d1,propose,s1,,,夜里太暗。,d1,三\n"
        "2020-03-02,d1,propose,s2,,修桥,桥旧了。,d9,\n"
        "2020-03-02,d2,propose,s3,,修路,路旧了。,d1,\n"
        "2020-03-02,d9,propose,s4,,种树,缺树。,d1,\n"
        "2020-03-02,d1,propose,s5,,好的,好的。,d1,\n"
        "2020-03-03,d1,评价,s5,,,,,\n"
    )
    accounts_file = spreadsheets.ACCOUNTS + "d2,代表甲二,deputy,d2,\n"
    folder = spreadsheets.write(tmp_path / "data", **{"suggestions/01-提出": filed, "accounts": accounts_file})
    assert broken(world, folder) == [
        "没有导入,一行也没有写入。共有 6 处错误:",
        "suggestions/01-提出.csv 第 2 行“title”列:必须填写。",
        "suggestions/01-提出.csv 第 2 行“households”列:应填写整数。",
        "suggestions/01-提出.csv 第 3 行“proposer”列:没有代码为“d9”的人员。",
        "suggestions/01-提出.csv 第 4 行:“提出建议”由提出人办理,您没有这个身份。",
        "suggestions/01-提出.csv 第 5 行“actor”列:没有登录名为“d9”的账号。",
        "suggestions/01-提出.csv 第 7 行:现在不能“评价”:事项处于“已提出”。现在可以办理:交办、撤回。",
        "另有 3 行因上述错误没有试。",
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("people", "code,name,age\nd1,代表甲一,3\n", "people.csv:没有“age”这一列。可用的列:code、name、sort_key。"),
        ("people", "code\nd1\n", "people.csv:缺少“name”这一列。"),
        ("people", "code,name,name\nd1,代表甲一,x\n", "people.csv 第 1 行:“name”这一列写了两次。"),
        ("people", "code,name\nd1,代表甲一,多余\n", "people.csv 第 2 行:这一行比表头多出 1 格。"),
        ("people", "# 只有说明\n", "people.csv:没有表头:第一行(# 开头的说明除外)应写列名。"),
        (
            "nothing/01-x",
            "day\n",
            "nothing:没有“nothing”这个做法。已有:suggestions、zz_faulty。文件夹要用做法的代码命名。",
        ),
        (
            "suggestions/提出",
            "day,actor,action\n",
            "suggestions/提出.csv:文件名应以序号开头,例如 01-提出.csv;同一天的行按序号先后办理。",
        ),
        ("suggestions/03-x", "day,action\n2020-03-02,propose\n", "suggestions/03-x.csv:缺少“actor”这一列。"),
        (
            "suggestions/03-x",
            "day,actor,action\n2020-03-02,d1,飞\n",
            "suggestions/03-x.csv 第 2 行“action”列:“代表建议”没有“飞”这个动作。可用的动作:提出建议、交办、答复、评价、撤回、请求会办、会办完成。",
        ),
        (
            "suggestions/03-x",
            "day,actor,action\n2017-03-02,d1,撤回\n",
            "suggestions/03-x.csv 第 2 行:甲区 在 2017-03-02 没有施行“suggestions”。当日施行的有:—。",
        ),
        (
            "suggestions/03-x",
            "day,actor,action,ref\n2020-03-02,d1,撤回,s9\n",
            "suggestions/03-x.csv 第 2 行“ref”列:没有“s9”这件事项:前面没有一行用这个 ref 开启它。",
        ),
        (
            "suggestions/03-x",
            "day,actor,action,ref,parent,helper,title\n2020-03-06,clerk,share,,s9,cz,核\n",
            "suggestions/03-x.csv 第 2 行“parent”列:没有“s9”这件事项:前面没有一行用这个 ref 开启它。",
        ),
        (
            "suggestions/03-x",
            "day,actor,action,ref,title,text,proposer,costs\n2020-03-06,d1,propose,s9,甲,乙,d1,[{\n",
            "suggestions/03-x.csv 第 2 行“costs”列:这一格应写 JSON:Expecting property name enclosed in double quotes: line 1 column 3 (char 2)。",
        ),
    ],
)
def test_a_table_of_the_wrong_shape_is_told(
    local_world: World, tmp_path: Path, name: str, text: str, said: str
) -> None:
    assert said in broken(local_world, spreadsheets.write(tmp_path / "data", **{name: text}))


def test_a_file_in_no_encoding_of_ours_is_told(local_world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(tmp_path / "data")
    (folder / "people.csv").write_bytes("code,name\nd1,代表\n".encode("gb18030") + b"\xff")
    assert broken(local_world, folder)[1] == (
        "people.csv:读不懂这个文件:其中的文字不是 UTF-8、GBK(GB18030)或 UTF-16 编码。"
        "请用 Excel 或 WPS 打开原来的表格,另存为 xlsx 再导入。"
    )


def test_a_missing_folder_is_told(local_world: World, tmp_path: Path) -> None:
    with local_world.writing() as desk, pytest.raises(RendaError, match="没有文件夹"):
        import_folder(desk, tmp_path / "nothing")


def test_a_workbook_is_read_like_a_table(world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(tmp_path / "data")
    (folder / "suggestions" / "01-提出.csv").unlink()
    (folder / "suggestions" / "02-办理.csv").unlink()
    workbook = xlsxwriter.Workbook(str(folder / "suggestions" / "01-提出.xlsx"), {"default_date_format": "yyyy-mm-dd"})
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["# 虚构"])
    sheet.write_row(1, 0, ["day", "actor", "action", "ref", "title", "text", "proposer", "households", "secret"])
    sheet.write_row(2, 0, ["2020-03-02", "d1", "propose", "s1", "增设路灯", "夜里太暗。", "d1", 12, True])
    workbook.close()
    assert imported(world, folder).acts == 1
    with world.reading() as desk:
        (matter,) = DistrictRecords(desk).matters()
    assert (matter.payload["households"], matter.payload["secret"]) == (12, True)


def test_a_broken_row_of_a_workbook_is_told_with_its_line(local_world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(tmp_path / "data")
    (folder / "people.csv").unlink()
    workbook = xlsxwriter.Workbook(str(folder / "people.xlsx"))
    sheet = workbook.add_worksheet()
    for number, row in enumerate([["code", "name"], ["d1", "代表甲一"], [], ["d2", ""], ["h1", "主任乙三"]]):
        sheet.write_row(number, 0, row)
    workbook.close()
    assert "people.xlsx 第 4 行“name”列:必须填写。" in broken(local_world, folder)


def test_a_reference_to_two_matters_of_one_ref_is_refused(local_world: World, tmp_path: Path) -> None:
    other = "day,actor,action,ref,title\n2020-03-01,clerk,登记,f1,一\n"
    third = "day,actor,action,ref,title,text,proposer,related\n2020-03-04,d1,propose,s9,甲,乙,d1,f1\n"
    folder = spreadsheets.write(tmp_path / "data", **{"zz_faulty/01-登记": other, "suggestions/03-x": third})
    with local_world.writing() as desk:
        references = References(desk)
        references.name("a", "f1", 1)
        references.name("b", "f1", 2)
        with pytest.raises(RendaError) as caught:
            references.matter("c", "f1", "related")
    assert caught.value.fields == {"related": "有几种做法都用了“f1”这个 ref,不知指哪一件。请换一个不重复的。"}
    assert imported(local_world, folder).acts == 7


def test_a_ref_of_another_practice_is_found(world: World, tmp_path: Path) -> None:
    other = "day,actor,action,ref,title\n2020-03-01,clerk,登记,f1,一\n2020-03-01,clerk,登记,s9,二\n"
    filed = "day,actor,action,ref,title,text,proposer,related\n2020-03-04,d1,propose,s9,甲,乙,d1,f1\n"
    folder = spreadsheets.write(tmp_path / "data", **{"zz_faulty/01-登记": other, "suggestions/03-x": filed})
    imported(world, folder)
    with world.reading() as desk:
        numbers = {row.title: row.id for row in desk.session.scalars(select(MatterRow))}
        payload = desk.session.get_one(MatterRow, numbers["甲"]).payload
    assert payload["related"] == numbers["一"]


def test_accounts_get_a_password_only_where_they_have_none(world: World, tmp_path: Path) -> None:
    folder = spreadsheets.write(tmp_path / "data")
    imported(world, folder)
    with world.reading() as desk:
        assert not passwords.fits(accounts.find(desk, "clerk").password, "Renda-demo-1")
    spreadsheets.write(folder, organs=spreadsheets.ORGANS + "js,住建局,department,,\n")
    imported(world, folder, kept_password=passwords.unchecked_hash("Renda-demo-1"))
    with world.reading() as desk:
        assert passwords.fits(accounts.find(desk, "clerk").password, "Renda-demo-1")
    spreadsheets.write(folder, organs=spreadsheets.ORGANS)
    imported(world, folder, kept_password=passwords.unchecked_hash("Another-1"))
    with world.reading() as desk:
        assert passwords.fits(accounts.find(desk, "clerk").password, "Renda-demo-1")


def test_only_so_many_mistakes_are_listed_and_the_rest_counted(local_world: World, tmp_path: Path) -> None:
    rows = "".join(f"x{number},\n" for number in range(60))
    folder = spreadsheets.write(tmp_path / "data", people=f"code,name\n{rows}")
    lines = broken(local_world, folder)
    assert len(lines) == 52
    assert lines[0].startswith("没有导入,一行也没有写入。共有 ")
    assert lines[-1].startswith("……另有 ")
