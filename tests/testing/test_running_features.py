"""Running feature files: what is found where, what is printed, and that a broken file fails alone."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from kernel.conftest import refusal
from testing.conftest import Running

from renda.testing import features
from renda.testing.features import reason_of

GOOD = '# language: zh-CN\n@记\n功能: 好的\n  场景: 记下\n    当 工作人员 "记下":\n      | 标题 | 甲 |\n    那么 "甲"处于"待办"\n'
NAMED = GOOD.replace("  场景:", '  背景:\n    假如 区县是"甲区"\n  场景:')
BROKEN = {
    "no.feature": ("# language: zh-CN\n功能: 空\n", "没有场景。"),
    "twice.feature": (GOOD + GOOD.partition("功能: 好的\n")[2], "有两个场景同名:记下。请改名。"),
    "grammar.feature": (
        "# language: zh-CN\n功能: 坏\n  场景: 一\n    那么 甲\n    乱七八糟\n",
        "第 5 行写法有误:乱七八糟",
    ),
    "far.feature": (NAMED.replace("甲区", "丁区"), "没有“丁区”这个区县。现有:jia(甲区)、yi(乙区)。"),
}


def test_a_districts_features_are_run_by_its_slug_or_any_of_its_names(running: Running) -> None:
    for name in ("jia", "甲区", "甲", "甲区人大常委会"):
        run = running(GOOD, "features/jia/notes.feature", wanted=name)
        assert (run.status, run.text.count("✔ 场景:记下")) == (0, 1), run.text
        assert "功能:好的" in run.text
        assert "\x1b[" not in run.text


def test_a_file_from_anywhere_is_run_when_it_names_its_district(running: Running) -> None:
    assert running(NAMED, "elsewhere/far/x.feature").status == 0
    run = running(GOOD, "elsewhere/far/y.feature")
    assert run.status == 1
    assert "没有说明区县:把文件放在 features/<区县>/ 下,或在“背景”里写:假如 区县是“…”。 [test.no_district]" in run.text


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_fails_alone_and_says_why(running: Running, tmp_path: Path, name: str) -> None:
    text, reason = BROKEN[name]
    (tmp_path / "features/jia").mkdir(parents=True)
    (tmp_path / "features/jia/good.feature").write_text(GOOD, "utf-8")
    run = running(text, f"features/jia/{name}", wanted="jia")
    assert run.status == 1
    assert "✘ 场景:读取文件" in run.text
    assert reason in run.text
    assert "✔ 场景:记下" in run.text
    assert "2 个场景,通过 1 个,未通过 1 个。" in run.text


def test_a_scenario_without_steps_does_not_pass(running: Running) -> None:
    run = running("# language: zh-CN\n功能: 空话\n  场景: 一\n    乱七八糟\n", "features/jia/notes.feature")
    assert run.status == 1
    assert "场景“一”没有步骤。每个步骤要以 假如、当、那么、而且、但是 开头。 [test.no_steps]" in run.text


def test_where_there_is_nothing_to_run_it_says_so(running: Running, tmp_path: Path) -> None:
    found = refusal(lambda: running(GOOD, wanted="yi"))
    assert found.code == "features.none"
    assert found.message.endswith("features/yi。请在其中写 *.feature,第一行写 # language: zh-CN。")
    english = GOOD.replace("# language: zh-CN\n", "")
    assert refusal(lambda: running(english, "features/jia/english.feature")).code == "features.none"
    assert refusal(lambda: running(GOOD, wanted="丁区")).code == "test.unknown_district"


def test_the_page_shows_the_same_and_loads_nothing(running: Running, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    wrong = NAMED.replace('处于"待办"', '处于"<b>"') + '  场景: 二\n    当 工作人员 "记下":\n      | 标题 | 乙 |\n'
    run = running(wrong, "features/jia/notes.feature", html=page)
    said = page.read_text("utf-8")
    assert run.status == 1
    assert '<h3 class="failed">✘ 记下</h3>' in said
    assert '<h3 class="passed">✔ 二</h3>' in said
    assert "那么 &quot;甲&quot;处于&quot;&lt;b&gt;&quot;" in said
    assert "<td>标题</td><td>甲</td>" in said
    assert "→ &quot;甲&quot;处于“待办”。" in said
    assert "2 个场景,通过 1 个,未通过 1 个。" in said
    assert "http" not in said
    assert "<script" not in said


def test_a_terminal_gets_colours(running: Running) -> None:
    run = running(GOOD.replace('处于"待办"', '处于"已归档"'), "features/jia/notes.feature", colour=True)
    assert "\x1b[32m      ✔ 当 工作人员" in run.text
    assert "\x1b[1m\x1b[31m        → " in run.text


def test_an_example_of_an_outline_is_named_by_its_values(running: Running) -> None:
    outline = (
        GOOD.replace("场景: 记下", "场景大纲: 记下<何事>").replace("| 甲 |", "| <何事> |").replace('"甲"', '"<何事>"')
    )
    run = running(outline + "    例子:\n      | 何事 |\n      | 甲 |\n      | 乙 |\n", "features/jia/notes.feature")
    assert run.status == 0, run.text
    assert "✔ 场景:记下甲(甲)" in run.text
    assert "✔ 场景:记下乙(乙)" in run.text


def test_two_steps_that_both_match_are_an_error_naming_both(running: Running, tmp_path: Path) -> None:
    (tmp_path / "twin.py").write_text(
        "from pytest_bdd import when\n@when('工作人员 \"记下\":')\ndef twin(): ...\n", "utf-8"
    )
    sys.path.insert(0, str(tmp_path))
    try:
        run = running(GOOD, "features/jia/notes.feature", more_plugins=("twin",))
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("twin", None)
    assert run.status == 1
    assert '步骤“工作人员 "记下":”有 2 种写法都符合,不知道该用哪一种:' in run.text
    assert "(twin)" in run.text
    assert "(renda.testing.steps.deeds)" in run.text


def test_what_went_wrong_is_one_sentence() -> None:
    assert reason_of(AssertionError("甲。\nassert 1 == 2")) == "甲。"
    assert reason_of(AssertionError()) == "与规则不符。"
    assert reason_of(ZeroDivisionError("除以零")) == "出错:ZeroDivisionError:除以零"


def test_a_strange_project_with_pytest_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import sys\ndef test_it(): assert not {'sqlalchemy', 'flask', 'alembic'} & set(sys.modules)\n", "utf-8"
    )
    (tmp_path / "x.feature").write_text("# language: zh-CN\n功能: 与我们无关\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-config", str(tmp_path)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_standard_output_is_where_it_is_printed_unless_told(
    running: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    run = running(GOOD, "features/jia/notes.feature", out=None)
    assert run.text == ""
    assert "1 个场景,通过 1 个。" in capsys.readouterr().out
    assert isinstance(io.StringIO(), io.TextIOBase)
    assert features.UNKNOWN_STEP.endswith("docs/steps.md。")
