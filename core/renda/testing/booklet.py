"""The list of steps for those who write feature files, made from the steps themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from renda.testing.sentences import BOOK, Written
from renda.testing.steps import deeds, figures, outcomes, people

CHAPTERS: Mapping[str, str] = MappingProxyType(
    {
        people.__name__: "区县、日期、人员和机构",
        deeds.__name__: "办理:每个动作都是一个步骤",
        outcomes.__name__: "结果:状态、条目、期限、公文、记录",
        figures.__name__: "数:得分及理由、事实、表、参数",
    }
)
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "who": "谁", "m": "事项", "day": "日期", "n": "数", "x": "数", "words": "文字", "name": "名称", "names": "名称",
        "organ": "机构", "post": "职务", "action": "动作", "alias": "名称", "code": "代码", "entry": "条目", "state": "状态",
        "said": "内容", "label": "名称", "kind": "类别", "genre": "文种", "labels": "动作", "title": "名称", "row": "行",
        "column": "列",
    }
)  # fmt: skip
HEAD = """<!-- 由 renda docs 生成,请勿手改 / made by renda docs, do not edit -->

# 特性文件的步骤

特性文件用中文写规则,第一行写 `# language: zh-CN`,冒号用英文冒号。放在 `features/<区县>/<办法>.feature`,用
`renda features <区县>` 运行。引号、逗号用中文或英文的都可以;空格可有可无。步骤后面可以跟表格:

```gherkin
# language: zh-CN
功能: 代表建议办理

  背景:
    假如 区县是"坪山"
    而且 今天是2020-03-02

  场景: 代表提出建议
    当 代表"代表甲" "提出建议":
      | 条目 | 内容     |
      | 标题 | 路灯不亮 |
    那么 "路灯不亮"处于"待审查"
```

表格里的条目写页面上的名称;人员、机构写名字,事项写标题,选项写名称或代码,多个用顿号分开。`#12` 指编号,
用来试不存在的编号。谁来做:`工作人员`、`主任会议`、`审计人员`、`公众`、`系统`,或者 `代表"…"`、`组成人员"…"`、
`单位"…"`、`干部"…"`、`人员"…"`、`角色"…"`。事项之内的事项写 `"路灯"的承办任务"住建局"` 或 `"路灯"的第2项承办任务`。

下面方括号里的字可写可不写。
"""


def steps_in_words() -> str:
    """All steps with what they are for and an example, as Markdown."""
    parts = [HEAD]
    for module, title in CHAPTERS.items():
        parts.append(f"\n## {title}\n\n| 步骤 | 用处 | 例子 |\n|---|---|---|\n")
        parts.extend(_line(written) for written in BOOK if written.module == module)
    return "".join(parts)


def _line(written: Written) -> str:
    return f"| `{_plain(written.text)}` | {written.about} | `{written.example}` |\n"


def _plain(text: str) -> str:
    shown = re.sub(r"\{(\w+)(?::\w+)?\}", lambda place: f"〈{PLACES.get(place[1], place[1])}〉", text)
    return shown.replace("|", "\\|")
