"""A refused file given back with its wrong cells marked: mended and brought again, it is the file that was meant."""

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from backing.workbooks import workbook
from renda.documents import templates
from renda.documents.marked import Marked, marked
from renda.services.imports.headings import MARKS
from renda.services.imports.rows import rows_of
from renda.services.imports.tables import Mistake, Mistakes
from renda.services.tables import Column, Table

TABLE = Table(
    "x",
    "表",
    "说明",
    [
        Column("code", "代码", required=True),
        Column("name", "姓名"),
        Column("rate", "进度"),
        Column("day", "日期", sort="date"),
    ],
    *(print,) * 2,  # type: ignore[arg-type]
)


def read(path: Path) -> tuple[list[dict[str, str]], list[Mistake]]:
    mistakes = Mistakes()
    rows = [dict(row.cells) for row in rows_of(path, path.name, mistakes, TABLE.names())]
    return rows, mistakes.found


def given_back(path: Path, *more: Mistake) -> Marked:
    back = marked(TABLE, path, path.name, [*read(path)[1], *more])
    assert back is not None
    return back


def kept(back: Marked, folder: Path) -> Path:
    path = folder / back.name
    path.write_bytes(back.content)
    return path


def parts(path: Path) -> dict[str, str]:
    with ZipFile(path) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def coloured(path: Path) -> set[str]:
    """The cells of the first sheet whose format has a fill of its own."""
    book = parts(path)
    fills = [
        int(each) for each in re.findall(r'<xf [^>]*fillId="([0-9]+)"', book["xl/styles.xml"].partition("<cellXfs")[2])
    ]
    found = re.findall(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"', book["xl/worksheets/sheet1.xml"])
    return {place for place, style in found if fills[int(style)] > 1}


def offices_own(path: Path) -> Path:
    """A workbook with a percentage, a day, an error, a merged cell and a text that looks like a formula."""

    def then(book: Any, page: Any) -> None:
        page.write_string(0, 0, "名册")
        page.write_number(2, 2, 0.755, book.add_format({"num_format": "0%"}))
        page.write_datetime(2, 3, date(2026, 11, 1), book.add_format({"num_format": "yyyy/m/d"}))
        page.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        page.merge_range(4, 1, 4, 2, "跨两列")
        page.write_string(5, 1, '=HYPERLINK("x")')

    rows = [["名册"], ["代码", "姓名", "进度", "日期"], ["007", "甲"], ["p2"], ["p3"], ["p4"]]
    return workbook(path, *rows, then=then)


def test_the_wrong_cells_of_a_workbook_are_coloured_and_say_why(tmp_path: Path) -> None:
    path = kept(given_back(offices_own(tmp_path / "名册.xlsx"), Mistake("", 6, "姓名", "太长。")), tmp_path)
    assert path.name == "名册-标出错误.xlsx"
    said = dict(
        re.findall(r'<comment ref="([A-Z0-9]+)".*?<t(?: [^>]*)?>(.*?)</t>', parts(path)["xl/comments1.xml"], re.DOTALL)
    )
    assert coloured(path) == set(said) == {"B4", "B5", "B6"}
    assert "#DIV/0!" in said["B4"]
    assert "横跨几列" in said["B5"]
    assert said["B6"] == "太长。"
    assert re.findall(">([0-9]+|姓名)<", parts(path)["xl/worksheets/sheet2.xml"]) == [
        "4",
        "姓名",
        "5",
        "姓名",
        "6",
        "姓名",
    ]


def test_what_was_right_reads_the_same_and_what_was_wrong_is_refused_until_it_is_mended(tmp_path: Path) -> None:
    original = offices_own(tmp_path / "名册.xlsx")
    before, wrong = read(original)
    path = kept(given_back(original), tmp_path)
    after, still = read(path)
    assert after == before
    assert after[0] == {"代码": "007", "姓名": "甲", "进度": "75.5%", "日期": "2026-11-01"}
    assert {(each.line, each.column) for each in wrong} == {(each.line, each.column) for each in still} != set()
    assert all("(待改)" in each.reason for each in still)
    book = parts(path)
    book["xl/worksheets/sheet1.xml"] = book["xl/worksheets/sheet1.xml"].replace("(待改)", "乙")
    with ZipFile(path, "w") as packed:
        for name, content in book.items():
            packed.writestr(name, content)
    mended, none = read(path)
    assert none == []
    assert [row["姓名"] for row in mended] == ["甲", "乙", "乙", '=HYPERLINK("x")']


def test_no_formula_goes_back(tmp_path: Path) -> None:
    reason = '=cmd|" /c calc"!A1'
    path = kept(given_back(offices_own(tmp_path / "名册.xlsx"), Mistake("", 3, "姓名", reason)), tmp_path)
    sheets = [content for name, content in parts(path).items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2
    assert not any("<f>" in each or "hyperlink" in each.lower().replace("=hyperlink(", "") for each in sheets)
    text = tmp_path / "名册.csv"
    text.write_text("代码,姓名\n=1+1,@x\np2,-5\n", "utf-8")
    back = given_back(text, Mistake("", 2, "姓名", reason), Mistake("", 0, "", "+没有这一列"))
    rows = list(csv.reader(io.StringIO(back.content.decode("utf-8-sig"))))
    assert rows[1] == ["'=1+1", "'@x", f"'+没有这一列;{reason}"]
    assert rows[2] == ["p2", "-5", ""]
    assert read(kept(back, tmp_path))[0] == read(text)[0]


def test_what_nobody_saw_stays_hidden_and_is_refused_again(tmp_path: Path) -> None:
    def then(book: Any, page: Any) -> None:
        page.set_row(1, None, None, {"hidden": True})
        page.set_column(1, 1, None, None, {"hidden": True})

    original = workbook(tmp_path / "名册.xlsx", ["代码", "姓名"], ["p1", "甲"], ["p2", "乙"], then=then)
    path = kept(given_back(original), tmp_path)
    assert (
        read(path)[1] == [Mistake(path.name, each.line, each.column, each.reason) for each in read(original)[1]] != []
    )


def test_the_column_of_mistakes_is_passed_over_and_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text('# 来源\n\n代码;姓名\np1;"甲\n乙"\n\np2;丙\n', "gb18030")
    lines = [row.line for row in rows_of(path, "", Mistakes(), TABLE.names())]
    once = kept(given_back(path, Mistake("", lines[1], "姓名", "太长。")), tmp_path)
    assert [row.line for row in rows_of(once, "", Mistakes(), TABLE.names())] == lines == [4, 7]
    assert read(once) == read(path)
    twice = given_back(once, Mistake("", lines[0], "姓名", "太短。")).content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(twice)) if row]
    assert rows[1:] == [["代码", "姓名", "(错误)"], ["p1", "甲\n乙", "太短。"], ["p2", "丙", ""]]
    assert {"(错误)", "(mistakes)"} == MARKS


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"", b'\xe4\xbb\xa3\xe7\xa0\x81,"x\n'], ids=("damaged", "empty", "open quote")
)
def test_what_is_no_table_is_not_given_back(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    assert marked(TABLE, path, "x.csv", [Mistake("x.csv", 0, "", "坏。")]) is None


def test_a_file_too_full_is_not_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renda.documents.marked.MOST_SIGNS", 5)
    assert marked(TABLE, offices_own(tmp_path / "x.xlsx"), "x.xlsx", []) is None


def test_the_template_tells_what_a_blank_cell_does(tmp_path: Path) -> None:
    from_templates = tmp_path / "模板.xlsx"
    with templates.template(TABLE, "xlsx") as file:
        from_templates.write_bytes(file.read())
    told = CalamineWorkbook.from_path(str(from_templates)).get_sheet_by_name("说明").to_python()
    assert told[2][0] == "空白的格不改动已有的内容;要清空一格,请在那一格写“(清空)”。必填的列不能清空。"
