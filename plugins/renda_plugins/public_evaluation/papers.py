"""The documents of an evaluation, in the platform's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from renda import Attachment, Matter, Paper

from . import scoring


def invitation(around: Matter, items: Sequence[Matter], until: date) -> Paper:
    """To everybody: what may be evaluated, and until when."""
    kinds = "、".join(each.payload["category"] for each in items)
    said = [
        f"现就 {around.payload['year']} 年度政府实事项目开展群众网络专项评议,请市民在网上作答,不用登录,截止 {until}。",
        f"评议类别:{kinds}。答卷不留姓名,截止以前密封。",
    ]
    return Paper("公告", f"关于 {around.payload['year']} 年度政府实事项目群众评议的公告", said, public=True)


def result(around: Matter, items: Sequence[Matter], scale: Mapping[str, Decimal], opinion: str) -> Paper:
    """To everybody: the score of the whole and of each kind."""
    year, held = around.payload["year"], around.payload
    whole = scoring.score("总体满意度", held["whole"], scale)
    said = [f"{year} 年度政府实事项目群众网络专项评议,收到答卷 {held['answered']} 份,总体满意度 {_shown(whole)} 分。"]
    said += [opinion] if opinion else []
    rows = [_row(each, scale) for each in items]
    table = Attachment("各类项目得分", columns=("类别", "责任单位", "答卷份数", "得分"), rows=rows)
    title = f"关于 {year} 年度政府实事项目群众评议结果的公告"
    return Paper("公告", title, said, public=True, attachments=(table,))


def report(around: Matter, low: Sequence[Matter], params: Any) -> Paper:
    """To those the district names: the score, and the kinds rated low."""
    year, held = around.payload["year"], around.payload
    whole = scoring.score("总体满意度", held["whole"], params.scale)
    said = [f"{year} 年度政府实事项目群众网络专项评议总体满意度 {_shown(whole)} 分(答卷 {held['answered']} 份)。"]
    if low:
        named = "、".join(f"{each.payload['category']}({_told(each, params)} 分)" for each in low)
        said.append(f"得分较低的类别:{named}。建议下一年度征集时不再纳入,责任单位报送改进措施。")
    title = f"关于 {year} 年度政府实事项目群众评议情况的报告"
    return Paper("报告", title, said, to=list(params.report_to))


def letter(item: Matter, params: Any) -> Paper:
    """To the responsible organ: its score, and what is expected of it."""
    around, organ = item.parent, item.party("assignee")
    assert around is not None
    said = (
        f"{around.payload['year']} 年度群众评议中,“{item.payload['category']}”类得 {_told(item, params)} 分,低于低分线。",
        f"请于 {item.payload['improve_by']} 前报送改进措施。",
    )
    title = f"关于“{item.payload['category']}”类实事项目群众评议情况的函"
    return Paper("函", title, said, to=[organ.name] if organ else [])


def _row(item: Matter, scale: Mapping[str, Decimal]) -> list[str]:
    counts: Mapping[str, Any] = item.payload.get("counts") or {}
    organ = item.party("assignee")
    got = scoring.score("得分", counts, scale)
    return [item.payload["category"], organ.name if organ else "", str(sum(counts.values())), _shown(got)]


def _told(item: Matter, params: Any) -> str:
    found = scoring.exact("得分", item.payload["counts"], params.scale)
    return "—" if found is None else str(scoring.told(found, params.low).value)


def _shown(score: Any) -> str:
    return "—" if score is None else str(score.value)
