"""``renda keys``: which keys this installation signs with, and changing them."""

from __future__ import annotations

import click

from renda.cli.base import Bench, Group, as_json, pass_bench, tell
from renda.i18n import gettext
from renda.services import host_values, security_log, signing_keys
from renda.settings import secret_key, signer


@click.group(cls=Group, help="本机的密钥:列出签名公钥,更换会话密钥或签名密钥")
def keys() -> None:
    """The secret that signs cookies, and the key that signs archives and anchors."""


@keys.command(name="list", help="签名公钥:现在的和以前的;以前的仍可核对当时的存档和锚定")
@as_json
@pass_bench
def list_keys(bench: Bench, *, as_json: bool) -> None:
    """List the public keys that signed here."""
    folder = bench.settings.secret_file.parent
    rows = [
        {"id": each.id, "until": None if each.until is None else each.until.isoformat(), "public": each.public}
        for each in signing_keys.known_keys(folder, signer(bench.settings))
    ]
    tell(rows, {"id": "编号", "until": "用到", "public": "公钥"}, as_json=as_json)


@keys.command(help="更换密钥:secret(会话和会场地址)或 signing(存档和锚定)")
@click.argument("which", type=click.Choice(["secret", "signing"]))
@pass_bench
def rotate(bench: Bench, which: str) -> None:
    """Change a key; what ends by it is said."""
    settings = bench.settings
    folder = settings.secret_file.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = bench.installation.clock()
    details = {"which": which}
    if which == "secret":
        signing_keys.rotate_secret(settings.secret_file)
        host_values.remember_secret(bench.installation.store, secret_key(settings))
        said = gettext(
            "已更换 {file}。请重启服务:之后所有人要重新登录,打开着的表单要重新打开,会场大屏和座席终端要从会议页重新打开。",
            file=str(settings.secret_file),
        )
    else:
        ended, fresh = signing_keys.rotate_signing_key(folder, now)
        details |= {"ended": ended.id, "id": fresh.id}
        said = gettext(
            "已更换签名密钥,新公钥 {public}。请重启服务并公布新公钥;以前的存档和锚定仍用公钥 {ended} 核对。",
            public=fresh.public,
            ended=ended.public,
        )
    with bench.installation.store.hosting() as session:
        security_log.append(session, now, "key", actor=gettext("命令行"), details=details)
    click.echo(said)
