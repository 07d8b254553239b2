"""企业微信 and 钉钉: reminders into a group, through the robot the host has set up there.

The address of a group's robot is a secret and stands in the host's environment alone: ``RENDA_WECOM_WEBHOOK``,
``RENDA_DINGTALK_WEBHOOK`` with ``RENDA_DINGTALK_SECRET`` (加签). A robot speaks to a whole group, so it is told how
much waits for whom and until when, and no titles.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote_plus
from urllib.request import Request, urlopen

from renda import Channel, Message, RendaError, declare, hookimpl

declare({"webhooks.refused": "{robot}没有收下提醒:{answer}。请核对机器人的地址、关键词和加签密钥。"}, status=502)

SECONDS = 20


class Robot:
    """A group's robot that takes a text as JSON and answers with ``errcode`` 0 where it took it."""

    personal = False

    def __init__(self, code: str, title: str, address: Callable[[], str]) -> None:
        self.code, self.title = code, title
        self._address = address

    def send(self, message: Message) -> None:
        """See ``Channel``; raises ``webhooks.refused`` or ``OSError``."""
        text = f"{message.title}({message.to})\n" + "\n".join(message.summary)
        body = json.dumps({"msgtype": "text", "text": {"content": text}}, ensure_ascii=False).encode()
        asked = Request(self._address(), body, {"Content-Type": "application/json"})  # noqa: S310  (the host's own)
        with urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            said: Any = json.loads(answer.read(10_000))
        if said.get("errcode") != 0:
            raise RendaError("webhooks.refused", robot=self.title, answer=said.get("errmsg", ""))


def signed(address: str, secret: str, milliseconds: int) -> str:
    """The address with DingTalk's signature over the moment, where the robot asks for one."""
    if not secret:
        return address
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return f"{address}&timestamp={milliseconds}&sign={quote_plus(base64.b64encode(digest))}"


class Webhooks:
    """The robots whose address the host has set."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self.environment = environment

    @hookimpl
    def channels(self) -> Sequence[Channel]:
        given = self.environment
        wecom, dingtalk = given.get("RENDA_WECOM_WEBHOOK", ""), given.get("RENDA_DINGTALK_WEBHOOK", "")
        secret = given.get("RENDA_DINGTALK_SECRET", "")
        found: list[Channel] = []
        if wecom:
            found.append(Robot("wecom", "企业微信", lambda: wecom))
        if dingtalk:
            found.append(Robot("dingtalk", "钉钉", lambda: signed(dingtalk, secret, time.time_ns() // 1_000_000)))
        return found
