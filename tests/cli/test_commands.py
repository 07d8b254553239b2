import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from backing.terminal import Terminal
from renda.cli import authoring, running
from renda.services import reminders
from renda.services.demonstration import PASSWORD


def listed(terminal: Terminal, *arguments: str) -> Any:
    return json.loads(terminal.said(*arguments, "--json"))


def test_demo_prepares_everything_and_says_how_to_sign_in(either_terminal: Terminal) -> None:
    said = either_terminal.said("demo", "--prepare-only")
    assert "jia 办理 5/5" in said
    assert "jia:名册 11 行,新办理 5 件次。" in said
    assert "甲区  http://127.0.0.1:8000/jia/" in said
    assert "工作人员        clerk" in said
    assert f"密码都是 {PASSWORD}。" in said
    assert [each["number"] for each in listed(either_terminal, "due", "jia")]


def test_demo_again_changes_nothing(prepared: Terminal) -> None:
    before = listed(prepared, "due", "jia")
    assert "jia:数据没有变化。" in prepared.said("demo", "--prepare-only")
    assert listed(prepared, "due", "jia") == before


def test_demo_with_a_broken_table_says_where_and_writes_nothing(terminal: Terminal) -> None:
    terminal.edit("jia/data/people.csv", "d2,代表甲二", "d2,")
    said = terminal.refused("demo", "--prepare-only")
    assert "people.csv 第 3 行“name”列:必须填写。" in said
    assert said.endswith("[import.broken]")
    assert listed(terminal, "account", "list", "jia") == []


def test_demo_serves_what_it_prepared(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    served = served_with(monkeypatch)
    terminal.environment["RENDA_PORT"] = "41999"
    terminal.said("demo")
    assert served == [
        {
            "target": "renda.web.wsgi:app",
            "address": "127.0.0.1",
            "port": 41999,
            "workers": 1,
            "workers_kill_timeout": 3,
        }
    ]


def served_with(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the server was started with."""
    started: list[dict[str, Any]] = []

    class Server:
        def __init__(self, target: str, **options: Any) -> None:
            told = ("address", "port", "workers", "workers_kill_timeout")
            self.options = {"target": target, **{name: options[name] for name in told}}

        def serve(self) -> None:
            started.append(self.options)

    monkeypatch.setattr(running, "Granian", Server)
    return started


def test_serve_takes_several_workers_on_postgresql_alone(
    either_terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = served_with(monkeypatch)
    either_terminal.said("serve", "--workers", "3")
    several = either_terminal.environment["RENDA_DATABASE_URL"].startswith("postgresql")
    assert served[0]["workers"] == (3 if several else 1)


def test_serve_refuses_a_database_that_is_behind(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "new" / "x.sqlite3"
    terminal.environment["RENDA_DATABASE_URL"] = f"sqlite:///{file}"
    file.parent.mkdir()
    file.touch()
    assert terminal.refused("due", "jia") == (
        "错误:数据库结构不是最新的:core。请先运行 renda db upgrade。 [schema.behind]"
    )
    assert "schema.behind" in terminal.refused("serve")
    assert "schema.behind" in terminal.refused("db", "check")


def test_db_upgrades_and_tells_where_it_stands(either_terminal: Terminal) -> None:
    assert either_terminal.said("db", "upgrade") == "数据库结构已是最新。\n"
    assert either_terminal.said("db", "check") == "数据库结构已是最新。\n"
    core = {each["component"]: each for each in listed(either_terminal, "db", "current")}["core"]
    assert core["current"] == core["newest"]


def test_districts_are_added_synced_listed_and_imported(terminal: Terminal) -> None:
    assert [each["row"] for each in listed(terminal, "districts", "list")] == [False, False]
    assert "登记了 jia。" in terminal.said("districts", "sync")
    said = terminal.said("districts", "add", "ding", "丁区", "--term", "第二届", "--from", "2021-10-01")
    assert said.endswith("再运行 renda check ding。\n")
    assert (terminal.districts / "ding" / "district.toml").read_text("utf-8") == (
        'name = "丁区"\nterm = "第二届"\nterm_from = 2021-10-01\n'
    )
    assert [each["slug"] for each in listed(terminal, "districts", "list")] == ["ding", "jia", "yi"]
    assert "名册 11 行,新办理 5 件次。" in terminal.said("districts", "import", "jia")
    assert terminal.said("districts", "import", "jia") == "数据没有变化。\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("districts", "add", "Bad-Slug", "丁区"), "错误:“Bad-Slug”不能作区县的代码:"),
        (("districts", "add", "api", "丁区"), "错误:“api”不能作区县的代码:"),
        (("districts", "add", "jia", "丁区"), "错误:区县“jia”已经有了。 [district.taken]"),
        (("due", "nowhere"), "错误:没有“nowhere”这个区县。 [district.unknown]"),
        (("plugins", "show", "nothing"), "错误:本机没有插件“nothing”。已安装:"),
        (("rules", "show", "jia", "nothing"), "错误:甲区 没有“nothing”这个做法。已有:suggestions、zz_faulty。"),
        (("rules", "diff", "jia", "zz_faulty"), "错误:jia/zz_faulty.toml 只有一版,没有可比较的。 [rules.one_version]"),
        (
            ("rules", "diff", "jia", "suggestions", "2019-01-01"),
            "错误:jia/suggestions.toml 没有自 2019-01-01 起生效的版本。已有:2018-01-01、2020-01-01。",
        ),
        (("account", "disable", "jia", "nobody"), "错误:没有登录名为“nobody”的账号。 [account.unknown]"),
        (("token", "revoke", "jia", "9"), "错误:没有编号为 9 的令牌。 [token.unknown]"),
        (("new-plugin", "My-Plugin"), "错误:“My-Plugin”不能作插件的名称:"),
        (("repin", "jia", "suggestions", "--reason", " "), "错误:请写明理由:"),
    ],
)
def test_a_mistake_is_told_in_chinese_with_its_code(
    prepared: Terminal, arguments: tuple[str, ...], message: str
) -> None:
    assert prepared.refused(*arguments).startswith(message)


def test_mistakes_are_told_in_the_language_asked_for(prepared: Terminal) -> None:
    assert prepared.run("--lang", "en", "due", "nowhere").exit_code == 2
    assert "人大监督工作平台" in prepared.said("--help")
    assert "--lang" in prepared.said("--lang=en", "--help")
    prepared.environment["LANG"] = "en_GB.UTF-8"
    assert "[district.unknown]" in prepared.refused("due", "nowhere")


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("RENDA_PORT", "80a", "环境变量 RENDA_PORT 应为 1 至 65535 的整数,现在写的是“80a”。 [settings.number]"),
        ("RENDA_PORT", "70000", "环境变量 RENDA_PORT 应为 1 至 65535 的整数,现在写的是“70000”。 [settings.number]"),
        ("RENDA_DATABASE_URL", "here", "环境变量 RENDA_DATABASE_URL 不是数据库地址:here。"),
        ("RENDA_DISTRICTS", "nowhere", "没有找到区县文件夹 nowhere。请用 RENDA_DISTRICTS 指明。"),
    ],
)
def test_a_wrong_setting_is_named(terminal: Terminal, variable: str, value: str, message: str) -> None:
    terminal.environment[variable] = value
    assert message in terminal.refused("districts", "list")


def test_plugins_are_listed_shown_and_drawn(terminal: Terminal) -> None:
    names = {each["name"]: each for each in listed(terminal, "plugins", "list")}
    assert names["sample"]["package"] == "renda-sample 1"
    shown = terminal.said("plugins", "show", "sample")
    assert "评价权重" in shown
    assert "score、deadlines、may_see、dossier、menu、sheets" in shown
    (plugin,) = listed(terminal, "plugins", "show", "sample")
    assert [each["name"] for each in plugin["actions"]][:3] == ["propose", "assign", "answer"]
    drawn = terminal.said("plugins", "diagram", "sample")
    assert "    [*] --> filed: 提出建议(提出人)" in drawn
    assert "    answered --> closed: 评价(提出人)" in drawn
    assert "    filed --> withdrawn: 撤回(提出人、工作人员)" in drawn


def test_rules_are_shown_as_of_a_day_and_compared(terminal: Terminal) -> None:
    old = listed_object(terminal, "rules", "show", "jia", "suggestions", "--on", "2019-05-01")
    assert (old["effective"], old["entries"][0]["value"]) == ("2018-01-01", "0.5")
    assert "20个工作日  是\n" in terminal.said("rules", "show", "jia", "suggestions", "--on", "2020-05-01")
    assert listed(terminal, "rules", "diff", "jia", "suggestions") == [
        {"place": "weight", "label": "评价权重", "older": "0.5", "newer": "0.6"},
        {"place": "answer_within", "label": "答复期限", "older": "3个月", "newer": "20个工作日"},
    ]
    assert listed(terminal, "rules", "diff", "jia", "suggestions", "2020-01-01", "2020-01-01") == []


def listed_object(terminal: Terminal, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(terminal.said(*arguments, "--json"))
    return found


def test_check_finds_drift_and_repin_puts_it_right(prepared: Terminal) -> None:
    assert "没有发现错误。" in prepared.said("check", "jia")
    prepared.edit("jia/suggestions.toml", "weight = 0.6", "weight = 0.7")
    result = prepared.run("check", "jia")
    assert result.exit_code == 1
    assert "错误 jia jia/suggestions.toml:" in result.output
    assert "共 1 处错误。" in result.output
    assert prepared.said("due", "jia")
    moved = listed(prepared, "repin", "jia", "suggestions", "--reason", "主任会议决定")
    assert {each["now"] for each in moved} == {"2020-01-01"}
    assert len(moved) == 4
    assert "没有发现错误。" in prepared.said("check", "jia")
    assert {each["grave"] for each in listed(prepared, "check", "jia")} <= {"note"}


def test_scores_are_rescored_and_replayed(prepared: Terminal) -> None:
    done = "day,actor,action,ref,result,answer,grade\n2020-03-08,jt,答复,s1,A,已装。,\n2020-03-09,d1,评价,s1,,,B\n"
    share = "day,actor,action,ref\n2020-03-07,clerk,撤回,s2\n"
    data = prepared.districts / "jia" / "data" / "suggestions"
    prepared.edit(
        "jia/data/accounts.csv", "jt,交通局,department,,jt", "jt,交通局,department,,jt\ncz,财政局,department,,cz"
    )
    (data / "03-会办.csv").write_text(share + "2020-03-07,cz,会办完成,s1a\n", "utf-8")
    (data / "04-评价.csv").write_text(done, "utf-8")
    prepared.said("districts", "import", "jia")
    (stood,) = listed(prepared, "replay", "jia", "--as-of", "2020-12-31")
    assert (stood["shown"], stood["because"]) == ("53", "得分 53 = 评价 B 80×0.6 + 加分 5")
    assert listed(prepared, "replay", "jia", "--as-of", "2020-03-08") == []
    assert listed(prepared, "rescore", "jia", "--dry-run") == []
    assert prepared.said("rescore") == "(没有)\n"


def test_accounts_are_added_changed_and_disabled(prepared: Terminal) -> None:
    said = prepared.said(
        "account", "add", "jia", "li", "--name", "李某", "--role", "clerk", "--person", "d2", "--organ", "cz",
        input="Ceshi-2020\nCeshi-2020\n",
    )  # fmt: skip
    assert "已建立账号 li。" in said
    (row,) = [each for each in listed(prepared, "account", "list", "jia") if each["login"] == "li"]
    assert (row["person"], row["organ"], row["disabled"]) == ("代表甲二", "财政局", False)
    weak = prepared.refused("account", "password", "jia", "li", "--password", "short")
    assert weak.startswith("错误:密码太短:")
    assert "已改 li 的密码。" in prepared.said("account", "password", "jia", "li", "--password", "Ceshi-2021")
    assert "已停用账号 li。" in prepared.said("account", "disable", "jia", "li")
    assert "已恢复账号 li。" in prepared.said("account", "disable", "jia", "li", "--enable")
    host = ("account", "add-host", "root", "--name", "主机管理员", "--password", "Ceshi-2020")
    assert "已建立账号 root。" in prepared.said(*host)
    assert "[account.taken]" in prepared.refused(*host)


def test_tokens_are_shown_once_listed_and_revoked(prepared: Terminal) -> None:
    (made,) = listed(prepared, "token", "add", "jia", "clerk", "--label", "报表", "--scope", "act:suggestions")
    assert made["token"].startswith("renda_")
    (row,) = listed(prepared, "token", "list", "jia")
    assert (row["scopes"], row["revoked"]) == (["act:suggestions"], False)
    assert made["token"] not in prepared.said("token", "list", "jia")
    assert "已作废令牌 1。" in prepared.said("token", "revoke", "jia", "1")
    assert "请现在抄下令牌" in prepared.said("token", "add", "jia", "clerk", "--label", "又一个")


def test_generated_pages_are_written_and_checked(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    assert terminal.refused("docs", "--into", str(folder)).endswith("[docs.no_folder]")
    folder.mkdir()
    assert terminal.refused("docs", "--check", "--into", str(folder)) == (
        "错误:由代码生成的文档已过时:hooks.md、cli.md、errors.md、steps.md。请运行 renda docs 重新生成。 [docs.outdated]"
    )
    assert terminal.said("docs", "--into", str(folder)) == "hooks.md\ncli.md\nerrors.md\nsteps.md\n"
    assert terminal.said("--lang", "en", "docs", "--check", "--into", str(folder))
    assert "| `people.overlap` | 422 |" in (folder / "errors.md").read_text("utf-8")
    assert "## `renda repin SLUG PRACTICE`" in (folder / "cli.md").read_text("utf-8")
    assert "### may_see" in (folder / "hooks.md").read_text("utf-8")
    shutil.rmtree(folder)


FEATURE = """# language: zh-CN
功能: 建议
  场景: 提出之后待交办
    假如 今天是2020-03-02
    而且 有代表"代表甲"
    当 代表"代表甲" "提出建议":
      | 标题     | 路灯   |
      | 正文     | 太暗。 |
      | 提出代表 | 代表甲 |
    那么 "路灯"处于"{state}"
"""


@pytest.mark.parametrize(("state", "status", "said"), [("已提出", 0, "通过 1 个"), ("办结", 1, "✘")])
def test_features_are_run_and_what_does_not_hold_is_told(
    terminal: Terminal, tmp_path: Path, state: str, status: int, said: str
) -> None:
    place = tmp_path / "features" / "jia" / "suggestions.feature"
    place.parent.mkdir(parents=True)
    place.write_text(FEATURE.format(state=state), "utf-8")
    result = terminal.run("features", "jia", "--features", str(tmp_path / "features"))
    assert (result.exit_code, said in result.output) == (status, True), result.output


def test_without_the_kit_features_say_what_to_install(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authoring, "entry_points", lambda group: ())
    assert terminal.refused("features", "jia") == (
        "错误:运行特性文件要用测试工具:请安装 renda[testing]。 [features.not_installed]"
    )


def test_a_host_tells_the_notice_of_a_year(either_terminal: Terminal, tmp_path: Path) -> None:
    either_terminal.said("demo", "--prepare-only")
    file = tmp_path / "2099.csv"
    file.write_text("日期,上班\n2099-10-01,否\n2099-10-10,是\n", "utf-8")
    assert "请写明依据" in either_terminal.refused("calendar", "import", str(file))
    assert "2099 年的放假安排尚未公布。" in either_terminal.said("calendar", "list", "2099")
    said = either_terminal.said("calendar", "import", str(file), "--source", "国办通知")
    assert said.splitlines()[-1] == "已登记 2 天;2099 年的安排算作已公布。"
    told = json.loads(either_terminal.said("calendar", "list", "2099", "--json"))
    assert [(each["day"], each["working"], each["source"]) for each in told] == [
        ("2099-10-01", False, "国办通知"),
        ("2099-10-10", True, "国办通知"),
    ]
    assert "尚未公布" not in either_terminal.said("calendar", "list", "2099")
    either_terminal.said("calendar", "set", "2099-07-15", "off", "--source", "停工通告")
    assert len(json.loads(either_terminal.said("calendar", "list", "2099", "--json"))) == 3


def test_what_is_wrong_in_one_district_stops_nobody_elses_reminders(
    prepared: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    kept = reminders.remind

    def remind(installation: Any, slug: str, *arguments: Any, **options: Any) -> Any:
        asked.append(slug)
        return kept(installation, slug, *arguments, **options)

    monkeypatch.setattr(reminders, "remind", remind)
    wrong = prepared.districts / "aaa"
    wrong.mkdir()
    (wrong / "district.toml").write_text("name = ", "utf-8")
    prepared.edit("jia/suggestions.toml", "weight = 0.6", "weight = ")
    result = prepared.run("remind", "--dry-run")
    assert (result.exit_code, asked) == (2, ["jia", "yi"])
    assert "aaa" in result.output
