from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from renda.documents.spreadsheets import written
from renda.errors import RendaError
from renda.explain import leaf, percent

HARMFUL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")']


def read(rows: list[list[Any]], title: str = "事项") -> list[list[Any]]:
    with written("xlsx", ["甲", "乙"], rows, title=title) as file:
        return CalamineWorkbook.from_filelike(BytesIO(file.read())).get_sheet_by_index(0).to_python()


def test_a_table_is_kept_with_numbers_days_and_texts() -> None:
    rows = read([[1, date(2020, 3, 2)], [Decimal("2.5"), "乙"], [Fraction(1, 3), None]])
    assert rows == [["甲", "乙"], [1.0, date(2020, 3, 2)], [2.5, "乙"], ["1/3", ""]]


def test_a_number_longer_than_a_spreadsheet_keeps_stays_whole_as_a_text() -> None:
    assert read([[12345678901234567, Decimal("0.1234567890123456789")]])[1] == [
        "12345678901234567",
        "0.1234567890123456789",
    ]


def test_a_figure_with_reasons_is_told_as_it_is_shown() -> None:
    assert read([[leaf("分", Decimal("86.5")), percent(Fraction(3, 4), 2, label="率")]])[1] == [86.5, "75%"]


@pytest.mark.parametrize("text", HARMFUL)
def test_a_text_like_a_formula_stays_a_text_in_xlsx(text: str) -> None:
    with written("xlsx", [text], [[text]]) as file:
        content = ZipFile(BytesIO(file.read())).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in content
    assert 't="inlineStr"' in content


@pytest.mark.parametrize("text", HARMFUL)
def test_a_text_like_a_formula_is_marked_as_a_text_in_csv(text: str) -> None:
    with written("csv", ["甲"], [[text]]) as file:
        line = file.read().decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"').startswith("'")


def test_a_negative_number_stays_a_number_in_csv() -> None:
    with written("csv", ["甲", "乙"], [[-3, Decimal("-0.5")]]) as file:
        assert file.read() == "\ufeff甲,乙\r\n-3,-0.5\r\n".encode()


def test_many_rows_are_written_as_they_come() -> None:
    asked = iter(range(30_000))
    with written("xlsx", ["甲", "乙"], ([each, f"第{each}"] for each in asked)) as file:
        sheet = CalamineWorkbook.from_filelike(BytesIO(file.read())).get_sheet_by_index(0)
    assert sheet.height == 30_001
    assert next(asked, None) is None


def test_a_page_has_a_name_that_excel_takes() -> None:
    with written("xlsx", ["甲"], [], title="建议/答复:[2020]*" + "长" * 40) as file:
        names = CalamineWorkbook.from_filelike(BytesIO(file.read())).sheet_names
    assert names == ["建议 答复  2020  " + "长" * 18]


def test_a_form_that_is_none_is_refused() -> None:
    with pytest.raises(RendaError) as refused:
        written("ods", ["甲"], [])
    assert refused.value.message == "没有“ods”这种表格文件。可用的:xlsx、csv。"
