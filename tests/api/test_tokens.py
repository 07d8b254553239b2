from datetime import timedelta

import pytest
from sqlalchemy import select

from backing.programs import Program, come, token_for
from backing.world import Towns
from renda.errors import RendaError
from renda.model import TokenRow
from renda.services import accounts, tokens


def refused(program: Program) -> str:
    response = program.get("/matters")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="renda"'
    assert response.json
    detail: str = response.json["detail"]
    return detail


REFUSED = "令牌无效、已到期或已作废。请向本区县的工作人员要一个新的。"


def test_without_a_token_nothing_is_told(towns: Towns) -> None:
    assert refused(come(towns, "")) == "请在 Authorization 头里写:Bearer 令牌。"
    wrong = come(towns, "clerk")
    wrong.token += "x"
    assert refused(wrong) == REFUSED


def test_a_session_of_the_pages_opens_no_api(local_towns: Towns) -> None:
    visitor = local_towns.as_("clerk")
    assert visitor.get("/api/jia/matters").status_code == 401


def test_only_the_digest_of_a_token_is_kept(towns: Towns) -> None:
    token = token_for(towns.jia, "clerk", ["read"])
    with towns.jia.world.reading() as desk:
        row = desk.session.scalars(select(TokenRow)).one()
        assert row.digest == tokens.digest_of(token)
        assert token not in repr({column.name: getattr(row, column.name) for column in TokenRow.__table__.columns})


def test_a_token_of_another_district_opens_nothing(towns: Towns) -> None:
    stranger = come(towns, "clerk", slug="yi")
    stranger.slug = "jia"
    assert refused(stranger) == REFUSED


def test_a_token_ends_when_it_says_so(towns: Towns) -> None:
    world = towns.jia.world
    program = come(towns, "")
    program.token = token_for(towns.jia, "clerk", ["read"], expires=world.now + timedelta(days=2))
    assert program.get("/matters").status_code == 200
    world.pass_days(2)
    assert refused(program) == REFUSED


def test_a_revoked_token_opens_nothing(towns: Towns) -> None:
    program = come(towns, "clerk")
    with towns.jia.world.writing() as desk:
        (listed,) = tokens.everyone(desk)
        tokens.revoke(desk, listed.number)
    assert refused(program) == REFUSED


def test_a_disabled_account_has_no_token(towns: Towns) -> None:
    program = come(towns, "clerk")
    with towns.jia.world.writing() as desk:
        accounts.disable(desk, "clerk")
    assert refused(program) == REFUSED


def test_a_token_for_reading_does_not_act(towns: Towns) -> None:
    number = towns.jia.propose()
    program = come(towns, "deputy", "read")
    assert program.said(f"/matters/{number}")["actions"] == []
    response = program.post(f"/matters/{number}/withdraw")
    assert response.status_code == 403
    assert response.json
    assert response.json["detail"] == "这个令牌没有“act:suggestions”权限。"


def test_a_token_for_one_practice_acts_in_no_other(towns: Towns) -> None:
    program = come(towns, "clerk", "act:zz_faulty")
    number = towns.jia.propose()
    assert program.post("/practices/zz_faulty/note", {"entries": {"title": "一"}}).status_code == 201
    assert program.post(f"/matters/{number}/withdraw").status_code == 403


@pytest.mark.parametrize(
    ("scopes", "message"),
    [
        ([], "令牌至少要有一种权限:read、act 或 act:做法代码。"),
        (
            ["act:nothing"],
            "没有“act:nothing”这种权限。可用:read(查看)、act(办理)、act:做法代码(只办理一种做法)。本区县的做法:suggestions、zz_faulty。",
        ),
    ],
)
def test_a_scope_that_does_not_exist_is_refused(local_towns: Towns, scopes: list[str], message: str) -> None:
    with pytest.raises(RendaError) as caught:
        token_for(local_towns.jia, "clerk", scopes)
    assert caught.value.message == message


def test_a_token_needs_a_purpose_and_a_future(local_towns: Towns) -> None:
    with local_towns.jia.world.writing() as desk:
        account = accounts.find(desk, "clerk")
        with pytest.raises(RendaError, match="请写明令牌的用途"):
            tokens.issue(desk, account, " ", ["read"])
        with pytest.raises(RendaError, match="到期时间须晚于现在"):
            tokens.issue(desk, account, "报表", ["read"], expires=desk.now)
        with pytest.raises(RendaError, match="没有编号为 7 的令牌"):
            tokens.revoke(desk, 7)
