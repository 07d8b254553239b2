"""Robots of groups: what they are sent, and what becomes of a refusal."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest

from backing.mailbox import robot_server
from renda import Message, RendaError
from renda.hookspecs import installation_registry
from renda_plugins.webhooks import Webhooks, signed

MESSAGE = Message("甲区", "住建局", "", "甲区:1 件待办将到期或已逾期", ["增设路灯"], ["待办 1 件,其中逾期 0 件。"])


def test_a_group_is_told_how_much_waits_and_no_titles() -> None:
    with robot_server({"errcode": 0, "errmsg": "ok"}) as (address, got):
        (wecom,) = Webhooks({"RENDA_WECOM_WEBHOOK": address}).channels()
        wecom.send(MESSAGE)
    text = "甲区:1 件待办将到期或已逾期(住建局)\n待办 1 件,其中逾期 0 件。"
    assert got == [("/robot?key=1", {"msgtype": "text", "text": {"content": text}})]


def test_dingtalk_is_sent_a_signature_of_the_moment() -> None:
    with robot_server({"errcode": 0}) as (address, got):
        given = {"RENDA_DINGTALK_WEBHOOK": address, "RENDA_DINGTALK_SECRET": "SEC1"}
        (dingtalk,) = Webhooks(given).channels()
        dingtalk.send(MESSAGE)
    asked = parse_qs(urlsplit(got[0][0]).query)
    said = f"{asked['timestamp'][0]}\nSEC1".encode()
    assert base64.b64decode(asked["sign"][0]) == hmac.new(b"SEC1", said, hashlib.sha256).digest()
    assert signed("http://robot.test/?x=1", "SEC1", 0).startswith("http://robot.test/?x=1&timestamp=0&sign=")


def test_a_robot_that_refuses_is_told_with_its_answer() -> None:
    with robot_server({"errcode": 310000, "errmsg": "keywords not in content"}) as (address, _):
        (wecom,) = Webhooks({"RENDA_WECOM_WEBHOOK": address}).channels()
        with pytest.raises(RendaError) as caught:
            wecom.send(MESSAGE)
    assert caught.value.message == (
        "企业微信没有收下提醒:keywords not in content。请核对机器人的地址、关键词和加签密钥。"
    )


def test_the_installation_offers_the_robots_the_host_has_set() -> None:
    plugins = installation_registry([Webhooks({"RENDA_DINGTALK_WEBHOOK": "http://127.0.0.1:1/"})])
    assert [(each.code, each.personal) for said in plugins.hook.channels() for each in said] == [("dingtalk", False)]
    assert [each for said in installation_registry([Webhooks({})]).hook.channels() for each in said] == []
