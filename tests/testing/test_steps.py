"""The Chinese steps: each is one step and no other, holds when it is true, and says why when it is not."""

import re
from typing import Any

import pytest
from testing.conftest import Running

from renda.testing.booklet import CHAPTERS, steps_in_words
from renda.testing.sentences import BOOK, Sentence, day_said, number_said

GREEN = """# language: zh-CN
功能: 全部步骤
  背景:
    假如 今天是2020年3月2日
    并且 有代表"代表甲、代表乙"
    并且 有组成人员"委员丙"
    并且 有单位"住建局,城管局"
    并且 有人员"专家丁"
    并且 有干部"局长戊"任"住建局"的"局长",自2019-01-01起
    并且 有下列干部:
      | 姓名   | 机构     | 职务 |
      | 院长己 | 区法院   | 院长 |
    并且 适用"代表建议"

  场景: 一件建议的一生
    当 代表"代表甲" "提出建议",记作"那件事":
      | 条目         | 内容           |
      | 标题         | 路灯           |
      | 正文         | 夜里太暗。     |
      | 提出代表     | 代表甲         |
      | 附议代表     | 代表乙、委员丙 |
      | 类别         | 道路;light     |
      | 涉及户数     | 12             |
      | 不公开       | 否             |
      | 希望多久办好 | 7个工作日      |
      | 资金来源     | {"市级": 0.5}  |
      | 地点         | {"street": "马峦街道"} |
      | 费用估算     | [{"item": "灯", "amount": "3"}] |
    那么 "路灯"处于"已提出"
    而且 “路灯”处于“filed”。
    而且 "那件事"等待"工作人员"
    而且 "路灯"没有期限
    而且 建议"路灯"没有得分
    而且 "路灯"依据2020-01-01起施行的规则
    而且 参数"评价权重"是"0.6"
    而且 参数"grades.A"是"100"
    而且 参数"答复期限"是"20个工作日"
    当 工作人员 "交办" 建议"路灯":
      | 主办单位 | 住建局 |
    那么 发出"交办单"1份
    而且 "交办单"主送"住建局"
    而且 "交办单"写有"请按期答复。"
    而且 "路灯"须在2020-03-30前"答复"
    而且 "路灯"等待"住建局"
    而且 "路灯"有1项"会办"
    而且 "路灯"有1项"会办"处于"会办中"
    而且 "路灯"的会办"现场查看"处于"会办中"
    当 工作人员 在"路灯"中"请求会办":
      | 会办单位 | 城管局 |
      | 会办内容 | 清扫   |
    那么 "路灯"有2项"会办"
    当 单位"住建局" "会办完成" "路灯"的会办"住建局"
    并且 单位"城管局" "会办完成" "路灯"的第二项会办
    并且 单位"住建局" "答复" "路灯":
      | 答复类别 | 已解决   |
      | 答复内容 | 已装好。 |
    那么 "路灯"的"答复类别"是"A"
    而且 "路灯"的"答复类别"是"已解决"
    而且 "路灯"的内容是:
      | 提出代表     | 代表甲        |
      | 附议代表     | 代表乙、委员丙 |
      | 类别         | 道路、照明    |
      | 不公开       | 否            |
      | 涉及户数     | 12            |
      | 希望多久办好 | 7个工作日     |
      | 相关事项     |               |
    而且 代表"代表甲"可以"评价""路灯"
    而且 代表"代表乙"不能"评价""路灯"
    而且 公众看不到"路灯"
    当 代表"代表甲" "评价" "路灯":
      | 评价 | B |
    那么 "路灯"的得分是53
    而且 "路灯"的得分理由里有"80×0.6"
    而且 "路灯"不再等待任何人
    而且 公众看得到"路灯"
    而且 重算得分没有差异
    而且 表"年度建议统计"的"建议件数"是1
    而且 2020年的表"year"的"建议件数"是1件
    而且 表"年度建议统计"有1行
    而且 表"年度建议统计"里"路灯"的"提出日期"是"2020-03-02"
    而且 "路灯"的办理记录依次是"提出建议、交办、答复、评价"
    而且 办理记录完整无改动

  场景: 时间走动,事实留下
    假如 今天是2020-01-31
    当 过了1个月
    并且 过了一天
    那么 参数"评价权重"是"0.6"
    当 过了五个工作日
    并且 到了2020年3月9日
    并且 过了两年
    并且 角色"clerk" "记下":
      | 标题 | 甲 |
    那么 事实"note.open"有3条
    而且 事实"note.*"有1条,关于"住建局"
    而且 事实"note.open"说"甲"

  场景: 拒绝的各种说法
    当 主任会议 "提出建议":
      | 标题 | 路灯 |
    那么 拒绝
    而且 系统拒绝,代码"form.invalid"
    而且 系统拒绝并说"表单有误"
    而且 系统拒绝,因为"正文"必须填写
    当 干部"局长戊" "提出建议":
      | 标题     | 路灯 |
      | 正文     | 暗   |
      | 提出代表 | #999 |
      | 相关事项 | #7   |
    那么 系统拒绝,因为"提出代表"本区县没有编号为 999 的记录
"""

RED = [
    ('那么 "路灯"处于"已答复"', '"路灯"处于“已提出”。'),
    ('那么 "路灯"的"标题"是"井盖"', "“标题”是“路灯”。"),
    ('那么 "路灯"的"颜色"是"红"', '"路灯"没有条目“颜色”。有:'),
    ('那么 "路灯"等待"住建局"', '"路灯"等待“工作人员”。'),
    ('那么 "路灯"不再等待任何人', '"路灯"等待“工作人员”。'),
    ('那么 "路灯"须在2020-03-30前"答复"', '"路灯"没有“答复”的期限。有:—。'),
    ('那么 "路灯"有2项"会办"', "有 0 项:—。"),
    ('那么 代表"代表甲"看不到"路灯"', "看得到。"),
    ('那么 公众看得到"路灯"', "看不到。"),
    ('那么 工作人员可以"评价""路灯"', "不可以。"),
    ('那么 工作人员不能"交办""路灯"', "可以。"),
    ('那么 工作人员可以"飞行""路灯"', "没有“飞行”这个动作。"),
    ('那么 发出"函"1份', "发出 0 份:—。"),
    ('那么 "函"主送"区政府"', "没有发出“函”。"),
    ('那么 "路灯"的办理记录依次是"提出"', "依次是“提出建议”。"),
    ('那么 "路灯"的得分是78', '"路灯"还没有得分。'),
    ('那么 "路灯"的得分理由里有"78"', '"路灯"还没有得分。'),
    ('那么 事实"x.y"有1条', "有 0 条:—。"),
    ('那么 事实"x.y"说"甲"', "说的是:—。"),
    ('那么 表"无此表"有1行', "没有表“无此表”。有:年度建议统计、内部进度。"),
    ('那么 表"年度建议统计"有3行', "有 1 行。"),
    ('那么 表"年度建议统计"的"建议件数"是2', "建议件数 1"),
    ('那么 表"年度建议统计"的"满意率"是2', "有这些数:建议件数。"),
    ('那么 表"year"里"路灯"的"颜色"是"红"', "有这些列:标题、件数、提出日期。"),
    ('那么 表"year"里"井盖"的"件数"是"1"', "有这些行:路灯。"),
    ('那么 表"year"里"路灯"的"件数"是"2"', "是“1”。"),
    ('那么 参数"weight"是"0.7"', "是“0.6”。"),
    ('那么 参数"无此参数"是"1"', "没有参数“无此参数”。"),
    ('那么 "路灯"依据2018-01-01起施行的规则', "依据的是2020-01-01起施行的规则。"),
    ('那么 "井盖"处于"已提出"', "没有叫“井盖”的事项。现有:路灯。 [test.no_matter]"),
    ('那么 "路灯"的会办"清扫"处于"会办中"', "“路灯”里没有会办“清扫”。里面有:—。 [test.no_inner]"),
    ('当 角色"镇长" "交办" "路灯"', "没有“镇长”这个角色。可用的角色:"),
    ('当 干部"无名氏" "撤回" "路灯"', "没有叫“无名氏”的任命干部。请先写:"),
    ('当 工作人员 "评价" "路灯"', "“评价”由提出人办理,您没有这个身份。 [matter.not_yours]"),
    ('当 工作人员 "无此动作"', "“代表建议”没有“无此动作”这个动作。可用的动作:提出建议、请求会办。 [matter.no_action]"),
    ("当 到了2019-01-01", "时间不能倒退:现在是 2020-03-02,不能到 2019-01-01。 [test.past]"),
    ('假如 适用"选举"', "区县没有“选举”这个办法。现有:备忘、代表建议。 [test.no_practice]"),
    ("那么 天上下雨", "没有这个步骤。可用的步骤见 docs/steps.md。"),
    ('那么 "路灯"处于"已提出"\n    那么 系统拒绝', "系统没有拒绝,照办了。"),
    ("假如 有下列干部:\n      | 名 |\n      | 甲 |", "表格的列应为 姓名、机构、职务,实际是 名。 [test.bad_table]"),
]
OPENED = """    当 代表"代表甲" "提出建议":
      | 标题     | 路灯   |
      | 正文     | 暗     |
      | 提出代表 | 代表甲 |
"""


def test_every_step_holds_where_it_is_true(running: Running) -> None:
    run = running(GREEN)
    assert run.reasons == []
    assert run.status == 0, run.text
    assert run.text.endswith("3 个场景,通过 3 个。\n")


def test_a_step_that_is_not_true_says_why(running: Running) -> None:
    scenarios = [f"  场景: 第{turn}个\n{OPENED}    {step}\n" for turn, (step, _) in enumerate(RED)]
    run = running("# language: zh-CN\n功能: 不成立的\n" + "".join(scenarios))
    assert run.status == 1
    assert len(run.reasons) == len(RED), run.text
    for (step, reason), found in zip(RED, run.reasons, strict=True):
        assert found.startswith(reason), (step, found)


def test_two_matters_of_one_name_are_told_apart_by_their_kind_or_a_name_given(running: Running) -> None:
    twice = OPENED + OPENED.replace('"提出建议":', '"提出建议",记作"第二件":')
    run = running(
        f'# language: zh-CN\n功能: 同名\n  场景: 一\n{twice}    那么 "第二件"处于"已提出"\n'
        f'  场景: 二\n{twice}    那么 "路灯"处于"已提出"\n'
        f'  场景: 三\n{OPENED}    当 工作人员 "记下":\n      | 标题 | 路灯 |\n'
        '    那么 备忘"路灯"处于"待办"\n    而且 建议"路灯"处于"已提出"\n'
    )
    assert run.reasons == ["叫“路灯”的事项有 2 件。请在名称前写明是哪一类,或开启时写“记作”。 [test.several_matters]"]
    assert "3 个场景,通过 2 个,未通过 1 个。" in run.text


def straight(arguments: dict[str, Any] | None) -> str:
    return re.sub("[“”]", '"', repr(arguments).replace("'", '"'))


def test_every_example_of_the_list_is_its_own_step_and_no_other() -> None:
    for written in [each for each in BOOK if each.module in CHAPTERS]:
        said = re.sub(r"^(假如|当|那么) ?", "", written.example)
        assert said != written.example, written.example
        assert [other.text for other in BOOK if other.parser.is_matching(said)] == [written.text]
        curved = re.sub(r'"([^"“”]*)"', r"“\1”", said)
        assert straight(written.parser.parse_arguments(curved)) == straight(written.parser.parse_arguments(said))
        assert written.parser.parse_arguments("天上下雨") is None


def test_the_list_of_steps_names_them_all() -> None:
    page = steps_in_words()
    # Steps a plugin brings may have been loaded before; they are its own.
    shipped = [written for written in BOOK if written.module in CHAPTERS]
    assert page.count("\n| `") == len(shipped) > 40
    assert {written.module for written in shipped} == set(CHAPTERS)
    assert [f"## {title}" in page for title in CHAPTERS.values()] == [True] * len(CHAPTERS)
    assert re.search(r"〈[a-z_]+〉", page) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [("3", 3), ("\uff13", 3), ("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99)],
)
def test_numbers_are_read_in_digits_and_words(said: str, number: int) -> None:
    assert number_said(said) == number


def test_days_and_spaces_are_read_as_people_write_them() -> None:
    assert str(day_said("2020年3月2日")) == str(day_said("2020-03-02")) == "2020-03-02"
    sentence = Sentence('甲"{a}",乙{n:int}[丙]')
    for said in ('甲"x",乙3', " 甲 “x” ,乙 3 丙:", '甲"“y”",乙三丙。'):
        assert sentence.is_matching(said), said
    assert not sentence.is_matching('乙"x",甲3')
    assert sentence.parse_arguments('甲"“y”",乙三丙。') == {"a": "“y”", "n": 3}
