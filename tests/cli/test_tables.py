"""``renda import``, ``renda export``, ``renda template``, ``renda remind`` at a terminal."""

import json
from dataclasses import replace
from pathlib import Path

from backing.mailbox import mail_server
from backing.terminal import Terminal


def test_a_table_goes_out_and_comes_back(either_terminal: Terminal, tmp_path: Path) -> None:
    either_terminal.said("demo", "--prepare-only")
    file = str(tmp_path / "名册.xlsx")
    assert either_terminal.said("export", "jia", "people", file) == f"已写入 {file}。\n"
    said = either_terminal.said("import", "jia", "people", file, "--dry-run").splitlines()
    assert said == ["3/3", "试导入:新增 0 行,更改 0 行,不变 3 行;没有写入。"]
    (tmp_path / "新.csv").write_text("代码,姓名\nd1,代表甲一\nz1,委员丁一\n", "gb18030")
    assert "已导入:新增 1 行,更改 0 行,不变 1 行。" in either_terminal.said(
        "import", "jia", "people", str(tmp_path / "新.csv")
    )
    (tmp_path / "改.csv").write_text("代码,姓名\nz1,委员丁二\n", "utf-8")
    tried = either_terminal.said("import", "jia", "people", str(tmp_path / "改.csv"), "--dry-run").splitlines()
    assert tried[-2] == "第 2 行 z1 委员丁一 姓名:委员丁一 → 委员丁二"
    told = json.loads(either_terminal.said("import", "jia", "people", str(tmp_path / "新.csv"), "--json"))
    assert told == [{"table": "people", "added": 0, "changed": 0, "same": 2, "trial": False, "changes": []}]


def test_a_broken_table_is_told_whole_and_ends_with_two(prepared: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "名册.csv"
    file.write_text("代码,姓名\nd1,\n,甲\n", "utf-8")
    assert prepared.refused("import", "jia", "people", str(file)).splitlines()[-3:] == [
        "错误:没有导入,一行也没有写入。共有 2 处错误:",
        "名册.csv 第 2 行“姓名”列:必须填写。",
        "名册.csv 第 3 行“代码”列:必须填写。 [import.broken]",
    ]
    told = json.loads(prepared.refused("import", "jia", "people", str(file), "--json"))
    assert [(each["line"], each["column"], each["reason"]) for each in told] == [
        (2, "姓名", "必须填写。"),
        (3, "代码", "必须填写。"),
    ]


def test_a_broken_table_is_written_back_with_its_mistakes_beside_no_other_file(
    prepared: Terminal, tmp_path: Path
) -> None:
    file, back = tmp_path / "名册.csv", tmp_path / "改.csv"
    file.write_text("代码,姓名\nd1,\n", "utf-8")
    asked = ("import", "jia", "people", str(file), "--dry-run", "--marked")
    assert f"已写入 {back}。" in prepared.refused(*asked, str(back))
    assert back.read_text("utf-8-sig").splitlines() == ["代码,姓名,(错误)", "d1,,必须填写。"]
    assert "tables.marked_there" in prepared.refused(*asked, str(file))
    assert file.read_text("utf-8") == "代码,姓名\nd1,\n"


def test_the_tables_there_are_depend_on_who_asks(prepared: Terminal, tmp_path: Path) -> None:
    names = [each["name"] for each in json.loads(prepared.said("import", "jia", "--json"))]
    assert names == ["organs", "people", "appointments", "deputies", "projects"]
    names = [each["name"] for each in json.loads(prepared.said("import", "jia", "--as", "d1", "--json"))]
    assert names == ["suggestions.propose"]
    file = str(tmp_path / "建议.csv")
    prepared.said("template", "jia", "suggestions.propose", file, "--as", "d1")
    assert Path(file).read_text("utf-8-sig").startswith("编号,日期,标题,正文,提出代表")
    assert "没有登录名为“x”的账号" in prepared.refused("template", "jia", "people", file, "--as", "x")
    prepared.said("account", "disable", "jia", "d1")
    assert "没有登录名为“d1”的账号" in prepared.refused("import", "jia", "--as", "d1")


def test_reminders_go_by_mail_once(prepared: Terminal) -> None:
    said = prepared.said("account", "contact", "jia", "clerk", "mail", "clerk@example.gov.cn")
    assert "clerk@example.gov.cn" in said
    logins = {each["login"]: each["roles"] for each in json.loads(prepared.said("account", "list", "jia", "--json"))}
    for login in logins:
        prepared.said("account", "contact", "jia", login, "mail", f"{login}@example.gov.cn")
    with mail_server() as box:
        own = {
            "RENDA_MAIL_HOST": "127.0.0.1",
            "RENDA_MAIL_PORT": str(box.port),
            "RENDA_MAIL_SECURITY": "none",
            "RENDA_MAIL_FROM": "renda@example.gov.cn",
            "RENDA_PUBLIC_URL": "https://renda.example",
        }
        terminal = replace(prepared, environment={**prepared.environment, **own})
        tried = json.loads(terminal.said("remind", "jia", "--dry-run", "--json"))
        assert box.letters == []
        sent = json.loads(terminal.said("remind", "jia", "--json"))
        assert sent == tried
        assert len(box.letters) == len([each for each in sent if each["channel"] == "mail"]) > 0
        assert "https://renda.example/jia/matters/" in box.letters[0].get_content()
        assert terminal.said("remind") == "(没有)\n"


def test_a_wrong_setting_of_mail_or_an_unknown_way_is_told(prepared: Terminal) -> None:
    own = {**prepared.environment, "RENDA_MAIL_HOST": "127.0.0.1", "RENDA_MAIL_SECURITY": "ssl"}
    assert replace(prepared, environment=own).refused("remind") == (
        "错误:RENDA_MAIL_SECURITY 应为 tls、starttls 或 none,现为“ssl”;RENDA_MAIL_FROM 应为发件地址,现为“”。 [settings.mail]"
    )
    file = prepared.districts / "jia" / "district.toml"
    file.write_text(file.read_text("utf-8") + '\n[reminders]\nchannels = ["dove"]\n', "utf-8")
    assert prepared.refused("remind", "jia") == (
        "错误:jia 的 district.toml 用到提醒方式“dove”,本机没有。可用的:log。 [reminders.no_channel]"
    )


def test_due_marks_what_is_overdue_and_narrows_to_somebody(prepared: Terminal) -> None:
    rows = json.loads(prepared.said("due", "jia", "--json"))
    assert rows
    days = [each["due_on"] or "9999" for each in rows]
    assert days == sorted(days)
    late = [each for each in rows if each["overdue"]]
    assert late
    assert all(each["due_on"] < "2026" for each in late)
    assert "逾期" in prepared.said("due", "jia").splitlines()[0]
    one = rows[0]["waits_for"]
    assert {each["waits_for"] for each in json.loads(prepared.said("due", "jia", "--for", one, "--json"))} == {one}
