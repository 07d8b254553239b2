"""``renda meetings``: the sittings of a district on a terminal."""

import json

from backing.terminal import Terminal


def test_sittings_are_listed_as_a_table_and_as_json(prepared: Terminal) -> None:
    assert prepared.said("meetings", "jia").strip() == "(没有)"
    past = "day,actor,body,number\n2020-03-03,clerk,congress,3\n"
    folder = prepared.districts / "jia" / "data" / "meetings"
    folder.mkdir()
    (folder / "01-会议.csv").write_text(past, "utf-8")
    prepared.said("districts", "import", "jia")
    table = prepared.said("meetings", "jia")
    assert "人民代表大会第三次会议" in table
    (told,) = json.loads(prepared.said("meetings", "jia", "--json"))
    assert (told["state"], told["label"], told["came"], told["needed"]) == ("closed", "已闭会", 2, 2)
