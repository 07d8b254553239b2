"""CSV as offices have it: found out strictly, refused where it is in doubt, read a portion at a time."""

import codecs
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from backing.world import Town
from renda.errors import RendaError
from renda.services import tables
from renda.services.imports import encodings
from renda.services.imports.files import sheets_of

PEOPLE = "代码,姓名\r\np1,代表甲一\r\np2,委员𠮷二\r\np3,买买提·丙\r\n"
WAYS = {
    "utf-8": PEOPLE.encode(),
    "utf-8 with a mark": PEOPLE.encode("utf-8-sig"),
    "gb18030": PEOPLE.encode("gb18030"),
    "utf-16 with tabs": PEOPLE.replace(",", "\t").encode("utf-16"),
    "utf-16 of the other order": codecs.BOM_UTF16_BE + PEOPLE.encode("utf-16-be"),
    "gb18030 with semicolons": PEOPLE.replace(",", ";").encode("gb18030"),
}
TO_DO = "。请用 Excel 或 WPS 打开原来的表格,另存为 xlsx 再导入。"


def brought(town: Town, name: str, path: Path, login: str = "clerk") -> tables.Brought:
    *_, last = tables.bring(town.world.installation, "jia", town.actors[login], name, path)
    assert isinstance(last, tables.Brought)
    return last


def kept(folder: Path, content: bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def lines(path: Path) -> list[list[str]]:
    return [line.cells for sheet in sheets_of(path) for line in sheet.lines()]


def cells(folder: Path, content: bytes) -> list[list[str]]:
    return lines(kept(folder, content))


def test_the_roster_is_the_same_in_whatever_encoding_it_is_saved(towns: Any, tmp_path: Path) -> None:
    first, *others = WAYS.values()
    done = brought(towns.jia, "people", kept(tmp_path, first))
    assert (done.added, done.changed, done.same) == (3, 0, 0)
    for content in others:
        done = brought(towns.jia, "people", kept(tmp_path, content, "people.TXT"))
        assert (done.added, done.changed, done.same) == (0, 0, 3)


def test_a_suggestion_saved_anew_in_another_encoding_is_not_opened_twice(towns: Any, tmp_path: Path) -> None:
    text = "标题,正文,提出代表\n增设路灯,夜里太暗。,代表甲一\n"
    for encoding, new in (("gb18030", 1), ("utf-8", 0), ("utf-16", 0)):
        path = kept(tmp_path, text.encode(encoding))
        assert brought(towns.jia, "suggestions.propose", path, "deputy").added == new


@pytest.mark.parametrize("content", WAYS.values(), ids=list(WAYS))
def test_each_way_of_saving_reads_alike(tmp_path: Path, content: bytes) -> None:
    assert cells(tmp_path, content) == [["代码", "姓名"], ["p1", "代表甲一"], ["p2", "委员𠮷二"], ["p3", "买买提·丙"]]


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_may_lie_on_both_sides_of_a_portion(tmp_path: Path, encoding: str, before: int) -> None:
    text = "a" * before + "𠮷" * encodings.PORTION
    assert encodings.encoding_of(kept(tmp_path, text.encode(encoding))) == encoding


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (PEOPLE.encode()[:-4], "开头是 UTF-8 编码,第 4 行里却有不是的字节,文件可能残缺或拼接过"),
        (PEOPLE.encode("utf-8-sig") + b"p4,\xc2\n", "开头是 UTF-8 编码,第 5 行里却有不是的字节,文件可能残缺或拼接过"),
        (PEOPLE.encode() + "p4,乙".encode("gbk"), "开头是 UTF-8 编码,第 5 行里却有不是的字节,文件可能残缺或拼接过"),
        (PEOPLE.encode("utf-16")[:-1], "开头是 UTF-16 编码,第 4 行里却有不是的字节,文件可能残缺或拼接过"),
        (
            codecs.BOM_UTF16_BE + PEOPLE.encode("utf-16-be") + b"\xdc\x00\xdc\x00",
            "开头是 UTF-16 编码,第 5 行里却有不是的字节,文件可能残缺或拼接过",
        ),
        (PEOPLE.encode("utf-16-le"), "其中的文字不是 UTF-8、GBK(GB18030)或 UTF-16 编码"),
        (PEOPLE.encode("gb18030") + b"\xff", "其中的文字不是 UTF-8、GBK(GB18030)或 UTF-16 编码"),
        (b"code,name\np1,\0\n", "其中的文字不是 UTF-8、GBK(GB18030)或 UTF-16 编码"),
        (b"PK\x03\x04\x14\x00\x06\x00\xe4\xb8\xad", "其中的文字不是 UTF-8、GBK(GB18030)或 UTF-16 编码"),
        ('代码,姓名\np1,"代表甲一\n'.encode(), "从第 2 行起引号不成对,或者一格里的字太多"),
    ],
    ids=str,
)
def test_what_is_no_text_or_is_damaged_is_refused_and_not_guessed(tmp_path: Path, content: bytes, mistake: str) -> None:
    with pytest.raises(RendaError) as caught:
        cells(tmp_path, content)
    assert (caught.value.code, caught.value.message) == ("import.unreadable", f"读不懂这个文件:{mistake}{TO_DO}")


def test_a_workbook_that_is_none_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(RendaError) as caught:
        lines(kept(tmp_path, PEOPLE.encode(), "people.xlsx"))
    assert caught.value.message == f"读不懂这个文件:它不是完好的 xlsx 工作簿(File is not a zip file){TO_DO}"


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ('"说明;备注",代码\n', ["说明;备注", "代码"]),
        ('"预算\n(元,不含税)"\t代码\n', ["预算\n(元,不含税)", "代码"]),
        ("姓名\n甲;乙,丙\n", ["姓名"]),
        ("代码;姓名\n", ["代码", "姓名"]),
    ],
)
def test_the_heading_tells_what_separates(tmp_path: Path, text: str, heading: list[str]) -> None:
    assert cells(tmp_path, text.encode())[0] == heading


def test_what_stands_before_the_heading_separates_nothing(tmp_path: Path) -> None:
    text = '# 虚构;分布自拟,见说明\n"# 又一行,"\n\n,,\n代码\t姓名\np1\t甲\n'
    assert cells(tmp_path, text.encode())[-2:] == [["代码", "姓名"], ["p1", "甲"]]


def test_a_heading_with_several_separators_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RendaError) as caught:
        cells(tmp_path, "代码,姓名\t排序;说明\n".encode())
    assert (caught.value.code, caught.value.message) == (
        "import.separators",
        "表头里同时有逗号、制表符、分号,分不清哪一个是分隔各列的。请只用其中一种,或另存为 xlsx 再导入。",
    )


def test_the_memory_needed_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = kept(tmp_path, ("代码,姓名\n" + "p1,代表甲一\n" * 200_000).encode("gb18030"))
    tracemalloc.start()
    try:
        assert encodings.encoding_of(path) == "gb18030"
        needed = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert needed < 1024 * 1024 < path.stat().st_size
