"""Documents and spreadsheets as somebody with a browser gets them."""

import re
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import docx
from python_calamine import CalamineWorkbook

from backing.world import Towns
from renda.services.notices import CHANNELS

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def issued(towns: Towns, title: str = "增设路灯", *, secret: bool = False) -> str:
    towns.jia.assign(towns.jia.propose(title, **({"secret": True} if secret else {})))
    page = towns.as_("clerk").text("/jia/notices/")
    found = re.search(r"/jia/notices/\d+", page)
    assert found is not None
    return found[0]


def test_the_clerk_enters_that_a_document_went_out(towns: Towns) -> None:
    path, clerk = issued(towns), towns.as_("clerk")
    page = clerk.text(path)
    assert "还没有登记发出。" in page
    assert all(label in page for label in CHANNELS.values())
    sent = clerk.send(path, recipient="住建局", channel="confidential", day="2020-03-02", others="区委办；区府办")
    assert (sent.status_code, sent.location) == (303, path)
    page = clerk.text(path)
    assert "已登记发出，记入第" in page
    assert [name for name in ("住建局", "区委办", "区府办") if re.search(f'<th scope="row">{name}', page)] == [
        "住建局", "区委办", "区府办",
    ]  # fmt: skip
    assert "发出文件" in clerk.text("/jia/record")
    assert "2020-03-02" in clerk.text("/jia/notices/?sent=yes")


def test_a_sending_that_is_refused_says_why_and_stays_on_the_page(local_towns: Towns) -> None:
    path, clerk = issued(local_towns), local_towns.as_("clerk")
    refused = clerk.send(path, channel="post", day="2020-03-02")
    assert refused.status_code == 422
    assert "没有写明发给谁。" in refused.text
    assert "登记发出</button>" not in local_towns.as_("deputy").text(path)
    token = re.search(r'name="csrf_token" value="([^"]+)"', (deputy := local_towns.as_("deputy")).text("/jia/account"))
    assert token is not None
    given = {"csrf_token": token[1], "recipient": "住建局", "channel": "post"}
    assert deputy.client.post(path, data=given).status_code == 403


def test_the_list_of_documents_is_narrowed_and_hides_what_one_may_not_read(local_towns: Towns) -> None:
    issued(local_towns)
    issued(local_towns, "保密的", secret=True)
    clerk, second = local_towns.as_("clerk"), local_towns.as_("second")
    assert "保密的" in clerk.text("/jia/notices/")
    assert "保密的" not in second.text("/jia/notices/")
    assert "没有符合条件的文件。" in clerk.text("/jia/notices/?genre=报告")
    assert "增设路灯" in clerk.text("/jia/notices/?to=住建&sent=no&q=路灯")
    assert local_towns.visitor().get("/jia/notices/").status_code == 303


def test_a_document_is_handed_out_for_word(local_towns: Towns) -> None:
    path = issued(local_towns)
    answer = local_towns.as_("clerk").get(f"{path}?format=docx")
    assert answer.content_type == DOCX
    assert "〔2020〕1号 关于交办“增设路灯”的通知.docx" in unquote(answer.headers["Content-Disposition"])
    texts = [each.text for each in docx.Document(BytesIO(answer.data)).paragraphs]
    assert "住建局：" in texts
    assert "请按期答复。" in texts
    refused = local_towns.as_("clerk").get(f"{path}?format=odt")
    assert (refused.status_code, "没有“odt”这种文件。可用的:docx。" in refused.text) == (400, True)


def test_every_list_is_handed_out_as_a_spreadsheet(local_towns: Towns) -> None:
    issued(local_towns, "=1+1")
    issued(local_towns, "保密的", secret=True)
    clerk, second = local_towns.as_("clerk"), local_towns.as_("second")

    def rows(visitor: object, path: str) -> list[list[Any]]:
        answer = visitor.get(path)  # type: ignore[attr-defined]
        assert answer.status_code == 200, answer.text
        return CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()

    matters = rows(clerk, "/jia/matters?format=xlsx")
    assert matters[0] == ["编号", "事项", "制度", "类别", "状态", "立项日期", "待谁办", "期限"]
    assert {row[1] for row in matters[1:]} == {"=1+1", "保密的"}
    assert {row[1] for row in rows(second, "/jia/matters?format=xlsx")[1:]} == {"=1+1"}
    assert rows(clerk, "/jia/people/?of=deputy&format=xlsx")[1][1:3] == ["代表甲一", "代表甲一"]
    assert {row[1] for row in rows(clerk, "/jia/people/?of=organ&format=xlsx")[1:]} == {"住建局", "财政局"}
    assert rows(clerk, "/jia/notices/?format=xlsx")[1][0] == "〔2020〕2号"
    assert rows(clerk, "/jia/sheets/suggestions/year?format=xlsx&since=2020-01-01")
    answer = clerk.get("/jia/matters?format=csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert ",'=1+1," in answer.data.decode("utf-8-sig")
    refused = clerk.get("/jia/matters?format=ods")
    assert (refused.status_code, "没有“ods”这种表格文件。可用的:xlsx、csv。" in refused.text) == (400, True)


def test_the_pages_offer_the_files(local_towns: Towns) -> None:
    issued(local_towns)
    clerk = local_towns.as_("clerk")
    for path in ("/jia/matters", "/jia/people/", "/jia/notices/", "/jia/sheets/suggestions/year"):
        assert re.search(r'href="[^"]*format=xlsx[^"]*" download', clerk.text(path)), path
