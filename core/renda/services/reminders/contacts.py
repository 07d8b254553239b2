"""Where somebody is reminded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import select

from renda.errors import RendaError, declare
from renda.model import ContactRow
from renda.services import accounts, chain
from renda.services.desk import Desk

declare({"reminders.address": "“{address}”不是电子邮件地址。例如 name@example.gov.cn。"})

_MAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,130}")


def contacts_of(desk: Desk, login: str) -> Mapping[str, str]:
    """The addresses of an account by channel; raises ``account.unknown``."""
    query = (
        select(ContactRow).where(ContactRow.account_id == accounts.find(desk, login).id).order_by(ContactRow.channel)
    )
    return {row.channel: row.address for row in desk.session.scalars(query)}


def keep_contact(desk: Desk, login: str, channel: str, address: str) -> None:
    """Keep the address of an account in a channel; an empty one takes it away.

    Raises ``account.unknown`` or ``reminders.address``.
    """
    chain.lock(desk)
    account = accounts.find(desk, login)
    query = select(ContactRow).where(ContactRow.account_id == account.id, ContactRow.channel == channel)
    row = desk.session.scalar(query)
    if not address:
        if row is not None:
            desk.session.delete(row)
        return
    if channel == "mail" and not _MAIL.fullmatch(address):
        raise RendaError("reminders.address", address=address)
    if row is None:
        row = ContactRow(account_id=account.id, channel=channel)
        desk.session.add(row)
    row.address = address
