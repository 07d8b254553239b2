"""What every host with one database must agree on: the secret, known by a mark that tells nothing of it."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy.exc import IntegrityError

from renda.errors import RendaError, declare
from renda.model import HostValueRow
from renda.store import Store

declare(
    {
        "settings.other_secret": "这台主机的密钥 {file} 与数据库记下的不是同一个,登录会时断时续。请从另一台主机复制这个文件"
        "(连同旁边的 signing.key);若密钥确已更换,请用 renda serve --new-secret 打开一次,认定这一个。"
    },
    status=409,
)

MARK = "mark of the secret"


def mark_of(secret: str) -> str:
    """What can be compared with the secret and does not give it away."""
    return hmac.digest(secret.encode(), b"renda: the secret of an installation", hashlib.sha256).hex()


def check_secret(store: Store, secret: str, *, file: str) -> None:
    """Remember the secret where none is known yet; raises ``settings.other_secret`` where it is another one."""
    try:
        with store.hosting() as session:
            known = session.get(HostValueRow, MARK)
            if known is None:
                session.add(HostValueRow(name=MARK, value=mark_of(secret)))
                return
    except IntegrityError:
        # Another host was first; it is asked again.
        with store.hosting() as session:
            known = session.get_one(HostValueRow, MARK)
    if not hmac.compare_digest(known.value, mark_of(secret)):
        raise RendaError("settings.other_secret", file=file)


def remember_secret(store: Store, secret: str) -> None:
    """Let this secret be the one, as after it was changed."""
    with store.hosting() as session:
        session.merge(HostValueRow(name=MARK, value=mark_of(secret)))
