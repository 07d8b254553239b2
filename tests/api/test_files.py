from io import BytesIO

import docx
from python_calamine import CalamineWorkbook

from backing.programs import come
from backing.world import Towns


def issued(towns: Towns) -> int:
    towns.jia.assign(towns.jia.propose())
    number: int = come(towns, "clerk").said("/notices")["items"][-1]["id"]
    return number


def test_a_document_is_told_with_who_got_it(towns: Towns) -> None:
    number, clerk = issued(towns), come(towns, "clerk")
    assert clerk.said(f"/notices/{number}")["waiting"] == ["住建局"]
    body = {"recipients": ["住建局"], "channel": "hand", "day": "2020-03-02"}
    sent = clerk.post(f"/notices/{number}/send", body, Idempotency_Key="one")
    assert sent.status_code == 201
    assert clerk.post(f"/notices/{number}/send", body, Idempotency_Key="one").json == sent.json
    told = clerk.said(f"/notices/{number}")
    assert sent.json is not None
    assert told["waiting"] == []
    assert told["sent"] == [
        {
            "recipient": "住建局",
            "part": "to",
            "channel": "hand",
            "sent_on": "2020-03-02",
            "sent_by": "工作人员丙",
            "event": sent.json["event"],
        }
    ]


def test_a_document_is_handed_out_for_word(local_towns: Towns) -> None:
    number = issued(local_towns)
    answer = come(local_towns, "clerk").get(f"/notices/{number}.docx")
    assert "住建局：" in [each.text for each in docx.Document(BytesIO(answer.data)).paragraphs]
    assert come(local_towns, "clerk").said("/notices/999.docx", 404)["code"] == "notice.unknown"
    assert come(local_towns, "clerk", slug="yi").said(f"/notices/{number}.docx", 404)["code"] == "notice.unknown"


def test_only_the_office_with_a_token_that_may_act_enters_a_sending(local_towns: Towns) -> None:
    number = issued(local_towns)
    body = {"recipients": ["住建局"], "channel": "hand"}

    def code(*who: str, **changed: object) -> str:
        answer = come(local_towns, *who).post(f"/notices/{number}/send", {**body, **changed})
        assert answer.json is not None
        return str(answer.json.get("code"))

    assert code("clerk", "read") == "api.scope"
    assert code("deputy") == "notice.office"
    assert code("clerk", recipients="住建局") == "api.body"
    assert code("clerk", day="昨天") == "api.parameter"
    assert code("clerk", channel="fax") == "notice.channel"
    assert code("clerk", "read", "act:suggestions") == "None"


def test_every_list_is_handed_out_whole(local_towns: Towns) -> None:
    issued(local_towns)
    clerk = come(local_towns, "clerk")
    for name, first in (
        ("matters", "编号"),
        ("notices", "发文字号"),
        ("deputies", "序号"),
        ("officials", "序号"),
        ("organs", "序号"),
        ("projects", "序号"),
    ):
        answer = clerk.get(f"/tables/{name}.xlsx")
        assert answer.status_code == 200, answer.text
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        assert rows[0][0] == first
    assert clerk.get("/tables/deputies.csv").data.decode("utf-8-sig").splitlines()[1].startswith("1,代表甲一,")
    assert clerk.said("/tables/secrets.xlsx", 404)["detail"] == (
        "没有“secrets”这张表。可用的:matters、notices、deputies、officials、organs、projects。"
    )
    assert clerk.said("/tables/matters.ods", 400)["code"] == "sheet.form"


def test_a_practices_table_is_handed_out_to_who_may_see_it(local_towns: Towns) -> None:
    issued(local_towns)
    answer = come(local_towns, "clerk").get("/sheets/suggestions/year.csv?since=2020-01-01")
    assert answer.status_code == 200, answer.text
    assert come(local_towns, "clerk").said("/sheets/suggestions/none.csv", 404)["code"] == "table.no_sheet"
    assert come(local_towns, "clerk").said("/sheets/zz_faulty/any.csv", 500)["code"] == "plugin.failed"
