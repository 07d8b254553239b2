import json
from pathlib import Path

import docx

from backing.terminal import Terminal


def test_documents_are_listed_read_and_kept_for_word(prepared: Terminal, tmp_path: Path) -> None:
    (listed, *_) = json.loads(prepared.said("notices", "jia", "--json"))
    assert (listed["genre"], listed["sent_on"]) == ("交办单", None)
    number = str(listed["id"])
    assert listed["number"] in prepared.said("notices", "jia", "--unsent", "--genre", "交办单")
    assert "请按期答复。" in prepared.said("notices", "jia", number)
    told = json.loads(prepared.said("notices", "jia", number, "--json"))
    assert (told[0]["paragraphs"], told[0]["sent"]) == (["请按期答复。"], [])
    file = tmp_path / "a.docx"
    assert f"已写入 {file}。" in prepared.said("notices", "jia", number, "--docx", str(file))
    assert "请按期答复。" in [each.text for each in docx.Document(str(file)).paragraphs]


def test_a_file_wants_the_number_of_a_document(prepared: Terminal, tmp_path: Path) -> None:
    said = prepared.refused("notices", "jia", "--docx", str(tmp_path / "a.docx"))
    assert said == "错误:请写明是哪一份文件:renda notices jia 编号 --docx 文件。 [notices.which]"
    assert "没有编号为 99 的文件" in prepared.refused("notices", "jia", "99")


def test_people_stand_in_the_order_the_district_says_from_the_next_sync(prepared: Terminal) -> None:
    prepared.edit("jia/district.toml", "about =", 'name_order = "pinyin"\nabout =')
    prepared.said("districts", "sync")
    assert "stroke" not in prepared.said("check", "jia")
    prepared.edit("jia/district.toml", '"pinyin"', '"size"')
    assert "jia/district.toml 的 name_order 写的是“size”。" in prepared.refused("districts", "sync")
