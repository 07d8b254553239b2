"""What a sheet shows and what it stores: taken where it has one meaning, refused with its place where it has two."""

import re
import time
import tracemalloc
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from backing.workbooks import MAIN, by_hand, sheet, text, workbook
from renda.errors import RendaError
from renda.services.imports import characters, number_formats, values, workbooks, worksheets
from renda.services.imports.rows import rows_of
from renda.services.imports.tables import Mistakes, Row

HEADING = ("代码", "姓名", "年度", "计划进度")


def read(path: Path, *known: str) -> tuple[list[Row], list[str]]:
    mistakes = Mistakes()
    rows = list(rows_of(path, path.name, mistakes, known or HEADING))
    return rows, [str(mistake) for mistake in mistakes.found]


def column(path: Path, heading: str) -> list[str]:
    rows, wrong = read(path)
    assert wrong == []
    return [row.cells[heading] for row in rows]


SHOWN = [
    ("0.75", "0%", "75%"),
    ("0.28999999999999998", "0.00%", "29%"),
    ("0.7525", "0%", "75.25%"),
    ("75", "0\\%", "75%"),
    ("75", '0"%"', "75%"),
    ("0.75", "General", "0.75"),
    ("0.30000000000000004", "General", "0.3"),
    ("1234567.5", "#,##0.00", "1234567.5"),
    ("7", "000", "007"),
    ("3", '"d"00', "d03"),
    ("12", '0"户"', "12"),
    ("1200.5", '"¥"#,##0.00', "1200.5"),
    ("1200.5", "[$¥-804]#,##0.00", "1200.5"),
    ("-5", "#,##0;[Red](#,##0)", "-5"),
    ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"),
    ("12", "0.00E+00", "12"),
    ("5", 'G/通用格式"人"', "5"),
    ("46327", "yyyy/m/d", "2026-11-01"),
    ("46327", '[$-804]yyyy"年"m"月"d"日";@', "2026-11-01"),
    ("46327", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "2026-11-01"),
    ("46327.5", "yyyy/m/d h:mm", "2026-11-01 12:00:00"),
    ("46327", number_formats.BUILT_IN[31], "2026-11-01"),
    ("46327", number_formats.BUILT_IN[57], "2026年11月"),
    ("46327", number_formats.BUILT_IN[58], "11月1日"),
    ("59", "yyyy/m/d", "1900-02-28"),
    ("61", "yyyy/m/d", "1900-03-01"),
    ("0.5", "h:mm", "12:00:00"),
]


@pytest.mark.parametrize(("stored", "code", "said"), SHOWN)
def test_a_number_is_read_as_its_format_shows_it(stored: str, code: str, said: str) -> None:
    assert number_formats.shown_number(stored, code) == said


def test_days_may_be_counted_from_1904() -> None:
    assert number_formats.shown_number("44865", "yyyy/m/d", since_1904=True) == "2026-11-01"


@pytest.mark.parametrize(
    ("stored", "code", "refused"),
    [
        ("12", '0"万元"', "import.scaled"),
        ("1200000", '0!.0,"万元"', "import.scaled"),
        ("1200000", "#,##0,", "import.scaled"),
        ("0.75", "[>1]0;0%", "import.scaled"),
        ("5", ";;;", "import.not_shown"),
        ("320102199001011234", "0", "import.digits"),
        ("60", "yyyy/m/d", "import.not_a_day"),
        ("-3", "yyyy/m/d", "import.not_a_day"),
        ("1E+300", "yyyy/m/d", "import.digits"),
        ("nan", "0", "import.not_a_number"),
        ("x", "0", "import.not_a_number"),
    ],
)
def test_a_number_whose_format_shows_something_else_is_refused(stored: str, code: str, refused: str) -> None:
    with pytest.raises(RendaError) as caught:
        number_formats.shown_number(stored, code)
    assert caught.value.code == refused


@pytest.mark.parametrize(
    "written",
    [
        "2026/11/1", "2026.11.1", "2026年11月1日", "2026-11-1", "2026-11-01 00:00:00", "2026-11-01T08:30", "２０２６-１１-０１",
        "20261101", "二〇二六年十一月一日", "二○二六年十一月一日", "2026年11月1号", "2026年11月1日 星期日", "2026/11/01 8:05",
    ],
)  # fmt: skip
def test_a_day_is_read_however_offices_write_it(written: str) -> None:
    assert values.day_of(written) == date(2026, 11, 1)


@pytest.mark.parametrize(
    "written",
    ["2026.11", "2026年11月", "11月1日", "46327", "2026-W45-7", "11/1/2026", "26/11/1", "2026-02-30", "2026年11月1日 星期一",
     "2026-11/1", "二〇二六年十一十月一日", ""],
)  # fmt: skip
def test_what_could_be_another_day_is_none(written: str) -> None:
    assert values.day_of(written) is None


def test_numbers_are_read_with_their_separators_and_not_guessed() -> None:
    assert [values.number_of(each) for each in ("1,000,000.00", "¥1,200", "１２", "-5", "−5", "12.50")] == [
        "1000000.00",
        "1200",
        "12",
        "-5",
        "-5",
        "12.50",
    ]
    assert [values.number_of(each) for each in ("1,00", "75%", "1 200", "1.2万", "1e3", "")] == [None] * 6
    assert [values.whole_of(each) for each in ("2026", "2026.0", "2,026", "2026.5", "-1")] == [
        "2026",
        "2026",
        "2026",
        None,
        None,
    ]


NAMES = [
    ("张  三", "张三"),
    ("李\u3000四", "李四"),
    ("王五\u200b", "王五"),
    ("\ufeff王\u2060五\u200d", "王五"),
    ("孙\n七", "孙七"),
    *((f"古丽{dot}某某", "古丽·某某") for dot in "·•‧・．･∙⋅●.﹒"),
    ("古丽 · 某某", "古丽·某某"),
    ("John  Smith", "John Smith"),
    ("測𬱖", "測𬱖"),
    ("測㛃", "測㛃"),
    ("測\ue863", "測\ue863"),
    ("葛\U000e0100城", "葛\U000e0100城"),
    ("\uf9dc", "\uf9dc"),
]


@pytest.mark.parametrize(("written", "kept"), NAMES)
def test_a_name_is_kept_in_the_one_way_it_is_written(written: str, kept: str) -> None:
    assert characters.person_name(written) == kept


DAMAGED = ["寮犱笁", "鐜嬪皬鏄", "測\ufffd", "锟斤拷", "ÕÅÈý", "å¼ ä¸‰", "甲 浜哄憳"]


@pytest.mark.parametrize("written", DAMAGED)
def test_text_damaged_by_a_conversion_is_known(written: str) -> None:
    assert characters.is_damaged(written)


@pytest.mark.parametrize(
    "written",
    [
        "联通",
        "Müller",
        "José Núñez",
        "关于改善道路照明的建议",
        "測𬱖",
        "買買提·阿里",
        "汜水",
        "①②",
        "—— ……",
        "naïve ‘quoted’",
    ],
)
def test_rare_and_foreign_text_is_not_taken_for_damaged(written: str) -> None:
    assert not characters.is_damaged(written)


def test_no_name_of_common_characters_is_taken_for_damaged() -> None:
    common = [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)]
    every = [*common, *"亓仉佘冼郗郜郇鄢鄯闫阚"]
    for surname in every:
        for first in common[:: len(common) // 40]:
            assert not characters.is_damaged(f"{surname}{first}")
            assert not characters.is_damaged(f"{surname}{first}{surname}")


def test_a_per_cent_cell_means_what_it_shows(tmp_path: Path) -> None:
    def per_cent(book: Any, page: Any) -> None:
        page.write_number(1, 3, 0.75, book.add_format({"num_format": "0%"}))

    assert column(workbook(tmp_path / "a.xlsx", HEADING, ("a", "甲", 2026), then=per_cent), "计划进度") == ["75%"]


def test_a_cell_merged_over_rows_says_the_same_of_each(tmp_path: Path) -> None:
    rows = [("a", "甲", ""), ("b", "乙", ""), ("", "", ""), ("c", "丙", "2027")]

    def merged(book: Any, page: Any) -> None:
        page.merge_range(1, 2, 3, 2, "2026")

    path = workbook(tmp_path / "a.xlsx", HEADING, *rows, then=merged)
    assert column(path, "年度") == ["2026", "2026", "2027"]


@pytest.mark.parametrize(
    ("corners", "content", "said"),
    [
        ((1, 1, 2, 2), "甲", "a.xlsx 第 2 行“姓名”列:合并的格 B2:C3(名册) 横跨几列,分不清内容属于哪一格。请取消合并,逐格填写。"),
        ((1, 3, 2, 3), 75, "a.xlsx 第 2 行“计划进度”列:合并的格 D2:D3(名册) 里是数字 75,分不清是每行都是这个数,还是几行合计。请取消合并,逐格填写。"),
        ((0, 3, 2, 3), "计划进度", "a.xlsx 第 2 行“计划进度”列:合并的格从表头一直到这一行。请取消合并,逐格填写。"),
        ((0, 2, 0, 3), "年度", "a.xlsx 第 1 行:合并的格 C1:D1(名册) 横跨几列,分不清内容属于哪一格。请取消合并,逐格填写。"),
    ],
)  # fmt: skip
def test_a_merged_cell_of_two_meanings_is_refused_by_its_range(
    tmp_path: Path, corners: Sequence[int], content: Any, said: str
) -> None:
    def merged(book: Any, page: Any) -> None:
        page.merge_range(*corners, content)

    assert said in read(workbook(tmp_path / "a.xlsx", HEADING, ("a",), ("b",), then=merged))[1]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])
def test_a_cell_that_shows_an_error_is_no_blank(tmp_path: Path, error: str) -> None:
    def failed(book: Any, page: Any) -> None:
        page.write_formula(1, 1, "=1", None, error)

    place = f"第 2 行“姓名”列:这一格是错误值 {error}"
    rows, said = read(workbook(tmp_path / "a.xlsx", HEADING, ("a", "", 2026), then=failed))
    assert said == [f"a.xlsx {place}(工作表“名册” B2)。请改正公式,或直接填写内容。"]
    assert rows[0].damaged == {"姓名"}
    (tmp_path / "a.csv").write_text(f"代码,姓名\na,{error}\n", "utf-8")
    assert read(tmp_path / "a.csv")[1] == [f"a.csv {place}。请改正公式,或直接填写内容。"]


def test_a_formula_without_a_result_is_refused_and_one_that_gives_nothing_is_blank(tmp_path: Path) -> None:
    empty = '<c r="B3" t="str"><f>""</f><v></v></c>'
    path = by_hand(
        tmp_path / "a.xlsx",
        sheet(
            f'<row r="1">{text("A1", "代码")}{text("B1", "姓名")}</row>',
            f'<row r="2">{text("A2", "a")}<c r="B2"><f>C2</f></c></row>',
            f'<row r="3">{text("A3", "b")}{empty}</row>',
        ),
    )
    rows, said = read(path)
    assert [row.cells["姓名"] for row in rows] == ["", ""]
    assert said == [
        "a.xlsx 第 2 行“姓名”列:这一格是公式,文件里没有算好的结果(工作表“名册” B2)。请用 Excel 或 WPS 打开、保存后再导入,或把公式改成数值。"
    ]


def test_hidden_rows_and_columns_with_something_in_them_are_refused(tmp_path: Path) -> None:
    def hidden(book: Any, page: Any) -> None:
        page.set_row(1, None, None, {"hidden": True})
        page.set_row(3, None, None, {"hidden": True})
        page.set_column(1, 1, None, None, {"hidden": True})

    _, said = read(workbook(tmp_path / "a.xlsx", HEADING, ("a", "甲"), ("b", "乙"), (), then=hidden))
    assert said == [
        "a.xlsx 第 2 行:这一行是隐藏的(可能是筛选的结果)。请取消隐藏;不导入的行请删去。",
        "a.xlsx 第 2 行“姓名”列:这一列是隐藏的,里面却有内容。请取消隐藏;不导入的列请删去。",
    ]


def test_the_sheet_that_holds_the_table_is_read_and_no_hidden_one(tmp_path: Path) -> None:
    def more(hidden: bool) -> Any:
        def sheets(book: Any, page: Any) -> None:
            other = book.add_worksheet("旧表")
            other.write_row(0, 0, HEADING)
            other.write_row(1, 0, ("z", "旧"))
            if hidden:
                other.hide()

        return sheets

    assert column(workbook(tmp_path / "a.xlsx", HEADING, ("a", "甲"), then=more(hidden=True)), "姓名") == ["甲"]
    assert column(workbook(tmp_path / "a.xlsx", ("填表说明",), ("请逐项填写",), then=more(hidden=False)), "姓名") == [
        "旧"
    ]
    said = read(workbook(tmp_path / "a.xlsx", HEADING, ("a", "甲"), then=more(hidden=False)))[1]
    assert said == ["a.xlsx:工作表“名册”“旧表”里都有这张表,不知道导入哪一张。请只留一张,或隐藏其余的。"]


TITLED = [
    [("某某区代表名册",), HEADING, ("a", "甲")],
    [("某某区代表名册",), ("填报单位:某委", "", "2026年11月"), HEADING, ("a", "甲")],
    [("序号", *HEADING), (1, "a", "甲"), (2,), (3,)],
    [("代\n码", "姓 名", "年\u3000度", "计划进度*"), ("a", "甲")],
    [("人员名册",), ("序号", "代 码", "姓  名"), (1, "a", "甲")],
]


@pytest.mark.parametrize("rows", TITLED)
def test_titles_numbers_and_broken_headings_are_passed_over(tmp_path: Path, rows: Sequence[Sequence[Any]]) -> None:
    assert column(workbook(tmp_path / "a.xlsx", *rows), "姓名") == ["甲"]
    lines = [",".join('"' + str(cell) + '"' for cell in row) for row in rows]
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert column(tmp_path / "a.csv", "姓名") == ["甲"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_first_line_may_say_what_separates(tmp_path: Path, separator: str) -> None:
    text = f"sep={separator}\n" + separator.join(("代码", "姓名")) + "\n" + separator.join(("a", "甲")) + "\n"
    (tmp_path / "a.csv").write_text(text, "utf-8-sig")
    assert column(tmp_path / "a.csv", "姓名") == ["甲"]


def test_what_has_no_headings_is_told_by_what_is_missing(tmp_path: Path) -> None:
    assert read(workbook(tmp_path / "a.xlsx", ("甲", "乙"), ("丙", "丁")))[1] == [
        "a.xlsx:第 1 行不像表头:里面没有这张表的列名。请把表头放在第一行。可用的列:代码、姓名、年度、计划进度。"
    ]
    said = read(workbook(tmp_path / "a.xlsx", (*HEADING[:2], "", "年度"), ("a", "甲", "x", 2026)))[1]
    assert said == ["a.xlsx 第 2 行:C2 有内容“x”,上面却没有列名。请补上列名,或删去这一格。"]


def test_a_blank_in_the_last_row_costs_nothing(tmp_path: Path) -> None:
    row = f'<row r="2">{text("A2", "a")}{text("B2", "甲")}</row>'
    head = f'<row r="1">{text("A1", "代码")}{text("B1", "姓名")}</row>'
    last = f'<row r="1048576">{text("A1048576", " ")}</row>'
    path = by_hand(tmp_path / "a.xlsx", sheet(head, row, last))
    began = time.process_time()
    assert column(path, "姓名") == ["甲"]
    assert time.process_time() - began < 0.5


def every_line(path: Path) -> list[list[str]]:
    return [line.cells for each in workbooks.sheets_of(path) for line in each.lines()]


def refusal(path: Path) -> str:
    """The code a file is refused with, reading it within bounded memory."""
    tracemalloc.start()
    try:
        with pytest.raises(RendaError) as caught:
            every_line(path)
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()
    return caught.value.code


def test_a_workbook_of_a_million_rows_is_refused_early(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(1, worksheets.MOST_LINES + 2)
    )
    assert refusal(by_hand(tmp_path / "a.xlsx", sheet(rows))) == "import.extent"


def test_a_bomb_is_refused_by_its_declared_size_before_it_is_unpacked(tmp_path: Path) -> None:
    huge = b" " * (workbooks.MOST_UNPACKED + 1)
    path = by_hand(tmp_path / "a.xlsx", sheet(), parts={"xl/media/image1.png": huge})
    assert path.stat().st_size < 1024 * 1024
    del huge
    assert refusal(path) == "import.unpacked"


def test_a_bomb_that_lies_about_its_size_is_read_no_further_than_it_says(tmp_path: Path) -> None:
    content = sheet(f'<row r="1">{text("A1", "代码" + "甲" * 2_000_000)}</row>').encode()
    path = by_hand(tmp_path / "a.xlsx", content.decode())
    small = (1000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(len(content).to_bytes(4, "little"), small))
    assert refusal(path) == "import.unreadable"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_entities_are_refused_in_every_part(tmp_path: Path, declared: str, part: str) -> None:
    relations = (
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
        '<Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>'
    )
    parts = {
        "xl/_rels/workbook.xml.rels": relations,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
    }
    path = by_hand(tmp_path / "a.xlsx", sheet(f'<row r="1">{text("A1", "代码")}</row>'), parts=parts)
    assert every_line(path) == [["代码"]]
    parts[part] = f"{declared}<x>&a;</x>"
    assert refusal(by_hand(tmp_path / "a.xlsx", sheet(), parts=parts)) == "import.unreadable"


def test_what_is_broken_inside_is_told_as_unreadable(tmp_path: Path) -> None:
    for content in (
        sheet('<row r="2"/><row r="1"/>'),
        sheet('<row r="1"><c r="A1" t="s"><v>5</v></c></row>'),
        sheet('<row r="1"><c r="!!"><v>5</v></c></row>'),
        sheet("<row"),
        sheet('<row r="x"/>'),
    ):
        assert refusal(by_hand(tmp_path / "a.xlsx", content)) == "import.unreadable"
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(RendaError, match=re.escape("它是旧版的 xls,或加了密码")):
        workbooks.sheets_of(tmp_path / "old.xlsx")


def test_a_sheet_of_other_programs_is_read_alike(tmp_path: Path) -> None:
    content = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>代码</x:t></x:is></x:c>'
        '<x:c t="inlineStr"><x:is><x:r><x:t>姓</x:t></x:r><x:r><x:t>名</x:t></x:r><x:rPh><x:t>xing</x:t></x:rPh></x:is></x:c></x:row>'
        '<x:row><x:c t="b"><x:v>1</x:v></x:c><x:c t="str"><x:v>甲_x000D_乙</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    rows, said = read(by_hand(tmp_path / "a.xlsx", content))
    assert (said, rows[0].cells) == ([], {"代码": "是", "姓名": "甲\r乙"})


def test_a_day_with_its_hour_is_its_day_and_times_are_told_by_their_format(tmp_path: Path) -> None:
    def dated(book: Any, page: Any) -> None:
        page.write_datetime(1, 2, datetime(2026, 11, 1, 8, 30), book.add_format({"num_format": "yyyy/m/d h:mm"}))  # noqa: DTZ001

    (row,) = read(workbook(tmp_path / "a.xlsx", HEADING, ("a", "甲"), then=dated))[0]
    assert row.day("年度") == date(2026, 11, 1)
