"""``renda demo``, ``renda serve``, ``renda db``: making an installation ready and letting people in."""

from __future__ import annotations

import os
import sys
from itertools import chain

import click
from granian import Granian
from granian.constants import Interfaces

from renda import migrate
from renda.cli.base import Bench, Command, Group, as_json, pass_bench, tell
from renda.cli.single_server import check_port, only_server
from renda.hookspecs import installation_registry
from renda.i18n import gettext
from renda.services import demonstration, host_values, upgrades
from renda.services.imports import Imported, Progress
from renda.settings import Settings, ballot_keys, owner_address, prepare_file, secret_key
from renda.start_checks import check_served, require_database

TARGET = "renda.web.wsgi:app"
ONLY_HERE = "127.0.0.1"
THREADS = 8
KILL_AFTER = 3


@click.command(cls=Command, help="演示:准备数据库、区县、数据和账号,然后在本机打开服务")
@click.option("--prepare-only", is_flag=True, help="只准备,不打开服务")
@pass_bench
def demo(bench: Bench, *, prepare_only: bool) -> None:
    """Prepare everything that is not there yet, say how to sign in, serve."""
    settings = bench.settings
    if not prepare_only:
        check_port(ONLY_HERE, settings.port)
    _say(gettext("准备数据库 {url}", url=settings.address.render_as_string(hide_password=True)))
    _upgrade(settings)
    done = demonstration.load(bench.installation, _progress)
    for slug, imported in done.items():
        _say(_summary(slug, imported))
    demonstration.open_questionnaires(bench.installation, ballot_keys(settings))
    _invite(bench)
    if not prepare_only:
        _serve(bench, ONLY_HERE, workers=None)


@click.command(cls=Command, help="打开服务;SQLite 一个进程一把写锁,PostgreSQL 可用多个进程")
@click.option("--host", default=ONLY_HERE, show_default=True, help="监听的地址")
@click.option("--workers", type=click.IntRange(1, 64), help="进程数(只用于 PostgreSQL),默认 2")
@click.option("--new-secret", is_flag=True, help="密钥文件 secret 已更换:认定这台主机的这一个")
@pass_bench
def serve(bench: Bench, host: str, workers: int | None, *, new_secret: bool) -> None:
    """Refuse what would not work for long, and serve."""
    settings = bench.settings
    check_served(settings, os.environ, chain.from_iterable(installation_registry().hook.variables()))
    upgrades.check(settings.database_url)
    if new_secret:
        host_values.remember_secret(bench.installation.store, secret_key(settings))
    _serve(bench, host, workers=workers)


@click.group(cls=Group, help="数据库结构:升级、查看、核对")
def db() -> None:
    """The schema of the core and of every plugin."""


@db.command(help="升级到最新结构(PostgreSQL 用 RENDA_OWNER_URL 的角色)")
@pass_bench
def upgrade(bench: Bench) -> None:
    """Bring the schema and its guards up to date."""
    _upgrade(bench.settings)
    _say(gettext("数据库结构已是最新。"))


@db.command(help="各组件现在的版本")
@as_json
@pass_bench
def current(bench: Bench, *, as_json: bool) -> None:
    """List the components with their revisions."""
    headings = {"component": "组件", "current": "现在", "newest": "最新"}
    require_database(bench.settings)
    tell(upgrades.standings(bench.settings.database_url), headings, as_json=as_json)


@db.command(name="check", help="核对结构是否最新;不是则以 2 退出")
@pass_bench
def check_schema(bench: Bench) -> None:
    """Fail where a component is behind."""
    require_database(bench.settings)
    upgrades.check(bench.settings.database_url)
    _say(gettext("数据库结构已是最新。"))


def _upgrade(settings: Settings) -> None:
    prepare_file(settings)
    migrate.upgrade(owner_address(settings), app_role=settings.app_role)


def _serve(bench: Bench, host: str, *, workers: int | None) -> None:
    settings = bench.settings
    secret = secret_key(settings)
    with only_server(settings, host):
        host_values.check_secret(bench.installation.store, secret, file=str(settings.secret_file))
        # No thread and no connection may be there before this: workers are forked.
        bench.close()
        Granian(
            TARGET,
            address=host,
            port=settings.port,
            interface=Interfaces.WSGI,
            # Embedded, a second process would wait for the file's lock.
            workers=1 if settings.embedded else workers or 2,
            blocking_threads=THREADS,
            workers_kill_timeout=KILL_AFTER,
            respawn_failed_workers=not settings.embedded,
        ).serve()


def _invite(bench: Bench) -> None:
    address = f"http://{ONLY_HERE}:{bench.settings.port}/"
    for slug in bench.installation.rulebooks.slugs():
        found = demonstration.sign_ins(bench.installation, slug)
        if not found:
            continue
        _say("")
        _say(f"{found[0].district}  {address}{slug}/")
        tell(found, {"role_name": "角色", "login": "登录名"}, as_json=False)
    _say("")
    _say(gettext("密码都是 {password}。这些账号只供演示。", password=demonstration.PASSWORD))
    _say(gettext("打开 {address}(按 Ctrl+C 停止)", address=address))


def _summary(slug: str, imported: Imported) -> str:
    if imported.repeated:
        return gettext("{slug}:数据没有变化。", slug=slug)
    said = "{slug}:名册 {roster} 行,新办理 {acts} 件次。"
    return gettext(said, slug=slug, roster=imported.roster, acts=imported.acts)


def _progress(slug: str, progress: Progress) -> None:
    stage = {"roster": "名册", "acts": "办理"}[progress.stage]
    line = gettext(
        "{slug} {stage} {done}/{total}", slug=slug, stage=gettext(stage), done=progress.done, total=progress.total
    )
    last = progress.done == progress.total
    if sys.stdout.isatty():
        click.echo(f"\r\033[K{line}", nl=last)
    elif last or progress.done % 500 == 0:
        click.echo(line)
    sys.stdout.flush()


def _say(line: str) -> None:
    click.echo(line)
