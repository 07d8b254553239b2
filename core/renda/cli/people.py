"""``renda account``, ``renda token``: who may sign in, and with what programs come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import click

from renda.cli.base import Bench, Group, as_json, pass_bench, tell
from renda.i18n import gettext
from renda.services import accounts, people, reminders, roster_entries, security_log, tokens
from renda.services.passwords import hashed


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of ``renda account list``."""

    login: str
    name: str
    roles: list[str]
    person: str | None
    organ: str | None
    disabled: bool


@click.group(cls=Group, help="账号:列出、新建、改密码、停用")
def account() -> None:
    """The accounts of a district."""


@account.command(name="list", help="列出账号")
@click.argument("slug")
@as_json
@pass_bench
def list_accounts(bench: Bench, slug: str, *, as_json: bool) -> None:
    """All accounts of a district."""
    with bench.installation.reading(slug) as desk:
        rows = [
            Listed(
                row.login,
                row.name,
                list(row.roles),
                None if row.person is None else row.person.name,
                None if row.organ is None else row.organ.name,
                row.disabled,
            )
            for row in accounts.everyone(desk)
        ]
    headings = {
        "login": "登录名",
        "name": "姓名",
        "roles": "角色",
        "person": "人员",
        "organ": "机构",
        "disabled": "停用",
    }
    tell(rows, headings, as_json=as_json)


@account.command(help="新建账号;密码从键盘输入,或用管道送入")
@click.argument("slug")
@click.argument("login")
@click.option("--name", required=True, help="姓名")
@click.option("--role", "roles", multiple=True, required=True, help="角色,可写多次")
@click.option("--person", help="代表哪个人(代码)")
@click.option("--organ", help="代表哪个机构(代码)")
@click.password_option(help="密码;不写则询问")
@pass_bench
def add(
    bench: Bench,
    *,
    slug: str,
    login: str,
    name: str,
    roles: tuple[str, ...],
    person: str | None,
    organ: str | None,
    password: str,
) -> None:
    """Add an account."""
    kept = hashed(password, login, (slug, name))
    with bench.installation.writing(slug) as desk, roster_entries.entered(desk, roster_entries.ACCOUNTS):
        accounts.add(
            desk,
            login,
            name,
            roles,
            kept_password=kept,
            person=None if person is None else people.person(desk, person),
            organ=None if organ is None else people.organ(desk, organ),
        )
    click.echo(gettext("已建立账号 {login}。", login=login))


@account.command(help="改密码;已登录的须重新登录")
@click.argument("slug")
@click.argument("login")
@click.password_option(help="新密码;不写则询问")
@pass_bench
def password(bench: Bench, slug: str, login: str, password: str) -> None:
    """Set a password."""
    # Hashed first: on SQLite nobody else could write meanwhile.
    kept = hashed(password, login, (slug,))
    with bench.installation.writing(slug) as desk:
        row = accounts.set_password(desk, login, kept)
        # The last thing of the transaction, after what it changed.
        desk.session.flush()
        security_log.append(
            desk.session, desk.now, "password.reset", actor=roster_entries.OPERATOR.name, subject=row.login
        )
    click.echo(gettext("已改 {login} 的密码。", login=login))


@account.command(help="停用账号(--enable 恢复);已登录的随即退出")
@click.argument("slug")
@click.argument("login")
@click.option("--enable", is_flag=True, help="恢复使用")
@pass_bench
def disable(bench: Bench, slug: str, login: str, *, enable: bool) -> None:
    """Shut or open an account."""
    with bench.installation.writing(slug) as desk, roster_entries.entered(desk, roster_entries.ACCOUNTS):
        accounts.disable(desk, login, disabled=not enable)
    said = "已恢复账号 {login}。" if enable else "已停用账号 {login}。"
    click.echo(gettext(said, login=login))


@account.command(help="提醒送到哪里:列出,或写明一种方式的地址(空白为取消)")
@click.argument("slug")
@click.argument("login")
@click.argument("channel", required=False)
@click.argument("address", required=False)
@as_json
@pass_bench
def contact(bench: Bench, slug: str, login: str, channel: str | None, address: str | None, *, as_json: bool) -> None:
    """Say where somebody is reminded."""
    if channel is not None:
        with bench.installation.writing(slug) as desk:
            reminders.keep_contact(desk, login, channel, address or "")
    with bench.installation.reading(slug) as desk:
        rows = [{"channel": each, "address": kept} for each, kept in reminders.contacts_of(desk, login).items()]
    tell(rows, {"channel": "方式", "address": "地址"}, as_json=as_json)


@account.command(name="add-host", help="新建主机管理员:管理各区县,看不到区县内的事项")
@click.argument("login")
@click.option("--name", required=True, help="姓名")
@click.password_option(help="密码;不写则询问")
@pass_bench
def add_host(bench: Bench, login: str, name: str, password: str) -> None:
    """Add an operator of the host."""
    accounts.add_host(bench.installation, login, name, password)
    click.echo(gettext("已建立账号 {login}。", login=login))


@click.group(cls=Group, help="接口令牌:新建、作废、列出")
def token() -> None:
    """The tokens of a district."""


@token.command(name="add", help="给账号新建令牌;令牌只在这时显示一次")
@click.argument("slug")
@click.argument("login")
@click.option("--label", required=True, help="用途")
@click.option("--scope", "scopes", multiple=True, default=("read",), show_default=True, help="权限:read、act、act:做法")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="有效天数")
@as_json
@pass_bench
def add_token(
    bench: Bench, *, slug: str, login: str, label: str, scopes: tuple[str, ...], days: int, as_json: bool
) -> None:
    """Make a token."""
    with bench.installation.writing(slug) as desk, roster_entries.entered(desk, roster_entries.TOKENS):
        expires = desk.now + timedelta(days=days)
        secret, row = tokens.issue(desk, accounts.find(desk, login), label, scopes, expires=expires)
        made = {"number": row.id, "token": secret, "expires": expires.isoformat(timespec="seconds")}
    tell([made], {"number": "编号", "token": "令牌", "expires": "到期"}, as_json=as_json)
    if not as_json:
        click.echo(gettext("请现在抄下令牌:以后不能再看到它。"))


@token.command(help="作废令牌")
@click.argument("slug")
@click.argument("number", type=int)
@pass_bench
def revoke(bench: Bench, slug: str, number: int) -> None:
    """Make a token worthless."""
    with bench.installation.writing(slug) as desk, roster_entries.entered(desk, roster_entries.TOKENS):
        tokens.revoke(desk, number)
    click.echo(gettext("已作废令牌 {number}。", number=number))


@token.command(name="list", help="列出令牌(令牌本身不保存)")
@click.argument("slug")
@as_json
@pass_bench
def list_tokens(bench: Bench, slug: str, *, as_json: bool) -> None:
    """All tokens of a district."""
    with bench.installation.reading(slug) as desk:
        found = tokens.everyone(desk)
    headings = {
        "number": "编号",
        "account": "账号",
        "label": "用途",
        "scopes": "权限",
        "expires": "到期",
        "revoked": "作废",
    }
    tell([_day_only(each) for each in found], headings, as_json=as_json)


def _day_only(each: tokens.Listed) -> dict[str, object]:
    expires: datetime | None = each.expires
    return {
        "number": each.number,
        "account": each.account,
        "label": each.label,
        "scopes": list(each.scopes),
        "expires": None if expires is None else expires.date(),
        "revoked": each.revoked,
    }
