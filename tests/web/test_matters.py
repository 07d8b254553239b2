"""A matter's page, its forms, and what becomes of them."""

import re
from datetime import date

from backing.world import Towns, hidden_entries
from renda.services import chain

OPEN = "/jia/practices/suggestions/open/propose"


def test_a_suggestion_goes_its_whole_way_through_the_pages(towns: Towns) -> None:
    deputy, clerk, bureau = (towns.as_(login) for login in ("deputy", "clerk", "bureau"))
    me, organ = (towns.jia.parties[name].id for name in ("deputy", "bureau"))
    opened = deputy.send(OPEN, title="增设路灯", text="太暗。", proposer=f"#{me}")
    assert opened.status_code == 303, opened.text
    matter = opened.headers["Location"]
    assert "已办理“提出建议”，记入第 1 号记录。" in deputy.text(matter)
    assert matter in clerk.text("/jia/")
    assert clerk.send(f"{matter}/assign", organ=f"#{organ}").status_code == 303
    page = bureau.text(matter)
    assert "还不能“答复”:“会办”尚未全部到达“会办完成”,例如:现场查看。" in page
    assert "2020-03-30" in page
    share = re.search(r"/jia/matters/(\d+)\"[^>]*>现场查看", page)
    assert share is not None
    inside = f"/jia/matters/{share[1]}"
    assert bureau.send(f"{inside}/finish", inside).status_code == 303
    assert bureau.send(f"{matter}/answer", result="A", answer="已装。").status_code == 303
    assert deputy.send(f"{matter}/rate", grade="B").status_code == 303
    closed = towns.visitor().text(matter)
    assert "得分 53 = 评价 B 80×0.6 + 加分 5" in closed
    assert "现在可以办理" not in closed
    with towns.jia.world.reading() as desk:
        assert chain.first_broken(desk) is None


def test_a_page_offers_what_the_viewer_may_do_and_nothing_else(towns: Towns) -> None:
    number = towns.jia.propose()
    shown = {
        login: towns.as_(login).text(f"/jia/matters/{number}") for login in ("clerk", "deputy", "second", "bureau")
    }
    offered = {login: re.findall(rf'/jia/matters/{number}/(\w+)"', page) for login, page in shown.items()}
    assert offered == {"clerk": ["assign", "withdraw"], "deputy": ["withdraw"], "second": [], "bureau": []}


def test_every_kind_of_entry_comes_back_from_the_form_as_it_was_meant(towns: Towns) -> None:
    deputy, parties = towns.as_("deputy"), towns.jia.parties
    me, second = parties["deputy"].id, parties["second"].id
    other = towns.jia.propose("另一件")
    answer = deputy.send(
        OPEN,
        **{
            "title": " 增设路灯 ", "text": "第一行\n第二行", "proposer": f"#{me}", "seconders": [f"#{second}"],
            "topics": ["road", "light"], "households": "１２００", "secret": "false", "place.street": "马峦街道",
            "place.since": "2019-12-01", "costs.0.item": "灯具", "costs.0.amount": "12.50", "costs.1.item": "",
            "costs.7.item": "人工", "costs.7.amount": "3", "shares.0.key": "区级", "shares.0.value": "10",
            "shares.1.key": "", "shares.1.value": "", "related": str(other), "wish.n": "7", "wish.unit": "working_day",
        },
    )  # fmt: skip
    assert answer.status_code == 303, answer.text
    payload = towns.jia.world.matter(int(answer.headers["Location"].rpartition("/")[2])).payload
    assert payload["title"] == "增设路灯"
    assert payload["text"] == "第一行\n第二行"
    assert (payload["proposer"], tuple(payload["seconders"]), payload["households"]) == (me, (second,), 1200)
    assert tuple(payload["topics"]) == ("road", "light")
    assert payload["secret"] is False
    assert payload["place"] == {"street": "马峦街道", "since": date(2019, 12, 1)}
    assert [(row["item"], str(row["amount"])) for row in payload["costs"]] == [("灯具", "12.50"), ("人工", "3")]
    assert {key: str(value) for key, value in payload["shares"].items()} == {"区级": "10"}
    assert payload["related"] == other
    assert payload["wish"].text == "7个工作日"
    page = deputy.text(answer.headers["Location"])
    for text in ("道路", "照明", "马峦街道", "12.5", "7个工作日", "否", "另一件"):
        assert text in page


def test_mistakes_stand_beside_their_fields_and_nothing_typed_is_lost(towns: Towns) -> None:
    deputy = towns.as_("deputy")
    answer = deputy.send(
        OPEN,
        **{"title": "", "text": "太暗。", "proposer": "没有的人", "households": "许多", "costs.0.item": "灯具",
           "costs.0.amount": "贵", "place.since": "去年", "place.street": "马峦", "topics": ["light"]},
    )  # fmt: skip
    assert answer.status_code == 422
    text = answer.text
    for name, sentence in (
        ("title", "必须填写。"),
        ("households", "应填写整数。"),
        ("costs-0-amount", "应填写数字。"),
        ("place-since", "应填写日期,例如 2020-03-01。"),
    ):
        assert f'id="f-{name}-error">{sentence}</div>' in text
    assert 'id="f-proposer-error"' in text
    assert 'value="贵"' in text
    assert ">太暗。</textarea>" in text
    assert re.search(r'value="light"[^>]* checked', text)
    assert "有 5 处需要改正，填写的内容都还在。" in text
    with towns.jia.world.reading() as desk:
        assert chain.lock(desk).number == 0


def test_asking_for_more_rows_acts_on_nothing(towns: Towns) -> None:
    deputy = towns.as_("deputy")
    answer = deputy.send(OPEN, **{"title": "路灯", "costs.0.item": "灯具", "_more": "costs"})
    assert answer.status_code == 200
    assert 'value="灯具"' in answer.text
    assert 'name="costs.3.item"' in answer.text
    assert "costs.4.item" not in answer.text


def test_a_form_made_before_somebody_else_acted_is_stale(towns: Towns) -> None:
    number = towns.jia.propose()
    clerk = towns.as_("clerk")
    path = f"/jia/matters/{number}/withdraw"
    entries = hidden_entries(clerk.text(path), None)
    towns.jia.assign(number)
    answer = clerk.client.post(path, data=entries)
    assert answer.status_code == 409
    assert "这份表单已过时:您打开之后,别人已办理过这个事项。请刷新后再办。" in answer.text
    assert towns.jia.world.matter(number).state == "assigned"


def test_the_same_form_sent_twice_acts_once(towns: Towns) -> None:
    deputy = towns.as_("deputy")
    me = towns.jia.parties["deputy"].id
    entries = {**hidden_entries(deputy.text(OPEN)), "title": "路灯", "text": "暗", "proposer": f"#{me}"}
    first, second = (deputy.client.post(OPEN, data=entries) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert "这份表单已经办理过，没有重复办理。" in deputy.text(second.headers["Location"])
    with towns.jia.world.reading() as desk:
        assert chain.lock(desk).number == 1


def test_what_is_not_ones_own_is_refused_in_words(towns: Towns) -> None:
    number = towns.jia.propose()
    second = towns.as_("second")
    refused = second.get(f"/jia/matters/{number}/assign")
    assert refused.status_code == 403
    assert "“交办”由工作人员办理,您没有这个身份。" in refused.text
    token = hidden_entries(second.text("/jia/account"))
    assert second.client.post(f"/jia/matters/{number}/assign", data=token).status_code == 403
    assert towns.as_("bureau").get(OPEN).status_code == 403
    late = towns.as_("deputy").get(f"/jia/matters/{number}/rate")
    assert late.status_code == 409
    assert "现在不能“评价”:事项处于“已提出”。现在可以办理:交办、撤回。" in late.text
    assert towns.as_("clerk").get(f"/jia/matters/{number}/nothing").status_code == 404


def test_a_deputy_cannot_propose_in_anothers_name(towns: Towns) -> None:
    other = towns.jia.parties["second"].id
    answer = towns.as_("deputy").send(OPEN, title="路灯", text="暗", proposer=f"#{other}")
    assert answer.status_code == 403
    with towns.jia.world.reading() as desk:
        assert chain.lock(desk).number == 0


def test_a_rule_that_breaks_leaves_nothing_half_written(towns: Towns) -> None:
    clerk = towns.as_("clerk")
    opened = clerk.send("/jia/practices/zz_faulty/open/note", title="x").headers["Location"]
    answer = clerk.send(f"{opened}/spoil")
    assert answer.status_code == 500
    assert "plugin.failed" in answer.text
    with towns.jia.world.reading() as desk:
        assert chain.lock(desk).number == 1
