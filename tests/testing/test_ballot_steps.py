"""Steps about ballots: each holds where it is true and says why where it is not."""

from pathlib import Path

import pytest
from testing.conftest import Running

from backing.balloting import FILE

HEAD = """# language: zh-CN
功能: 表决
  背景:
    假如 适用"工作评议"
    而且 有9名组成人员
    当 工作人员 "提请":
      | 题目 | 甲案 |
    而且 工作人员 "提请表决" "甲案":
      | 方式   | motion |
      | 表决人 | {who}  |
  场景: 一
"""
GREEN = """    假如 有11名代表
    当 工作人员 开始表决"是否通过",到会8人
    而且 到会人员投票:
      | 对象  | 赞成 | 反对 | 弃权 |
      | 议题1 | 5    | 1    | 1    |
    当 组成人员"委员第8" 对"议题1"投"反对"
    而且 工作人员 宣布计票
    那么 "议题1"的表决结果是"通过"
    而且 "议题1"得"赞成"5票
    而且 表决发出8票,收回8票
    而且 表决结果已公布
    而且 "甲案"处于"通过"
    当 工作人员 准备再次投票
    那么 系统拒绝并说"已有定论"
"""
OPENED = "    当 工作人员 开始表决“是否通过”,到会3人\n"
RED = [
    ("    当 工作人员 宣布计票\n", "还没有开始表决。请先写:当 工作人员 开始表决“…”,到会25人。 [test.no_ballot_open]"),
    ("    当 工作人员 开始表决“有无”,到会3人\n", "没有等待表决的“有无”。现有:是否通过。 [test.no_ballot]"),
    (
        OPENED + "    当 到会人员投票:\n      | 对象 | 赞成 |\n      | 乙案 | 1 |\n",
        "票上没有“乙案”。有:议题1。 [test.no_subject]",
    ),
    (
        OPENED + "    当 到会人员投票:\n      | 对象 | 赞成 |\n      | 议题1 | 4 |\n",
        "“议题1”一共4票,多于到会的3人。 [test.few_votes]",
    ),
    (OPENED + "    那么 “议题1”得“赞成”1票\n", "“是否通过”尚未计票,没有结果。 [ballot.not_counted]"),
    (OPENED + "    那么 表决结果已公布\n", "表决结果没有公布。"),
]
COUNTED = OPENED + "    当 到会人员投票:\n      | 对象 | 赞成 |\n      | 议题1 | 3 |\n    而且 工作人员 宣布计票\n"
FALSE = [
    ("“议题1”的表决结果是“通过”", "“议题1”的表决结果是“未通过”。"),
    ("“议题2”的表决结果是“通过”", "票上没有“议题2”。有:议题1。 [test.no_subject]"),
    ("“议题1”得“赞成”2票", "“议题1”得“赞成”3票。"),
    ("表决发出3票,收回2票", "发出3票,收回3票。"),
    ("须再次投票的是“议题1”", "不需要再次投票。"),
]


@pytest.fixture
def voting(running: Running, tmp_path: Path) -> Running:
    """A district that puts matters to the vote."""
    (tmp_path / "districts" / "jia" / "review.toml").write_text(FILE, "utf-8")
    return running


def test_a_vote_is_told_in_the_words_of_a_sitting(voting: Running) -> None:
    run = voting(HEAD.format(who="member") + GREEN, "features/jia/review.feature")
    assert run.reasons == []
    assert run.status == 0, run.text


def test_those_invited_are_as_many_as_are_said_to_come(voting: Running) -> None:
    steps = OPENED + "    当 组成人员“委员第1” 对“议题1”投“赞成”\n    那么 拒绝,代码“ballot.not_elector”\n"
    run = voting(HEAD.format(who="invited") + steps, "features/jia/review.feature")
    assert run.status == 0, run.text


def test_what_is_not_true_of_a_vote_says_why(voting: Running) -> None:
    wrong = [*RED, *((f"{COUNTED}    那么 {said}\n", reason) for said, reason in FALSE)]
    scenarios = [f"  场景: 第{turn}个\n{steps}" for turn, (steps, _) in enumerate(wrong)]
    head = HEAD.format(who="member").replace("  场景: 一\n", "")
    run = voting(head + "".join(scenarios), "features/jia/review.feature")
    assert run.reasons == [reason for _, reason in wrong]
