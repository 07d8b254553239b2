"""What is looked at before a server or a command begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from renda import logs
from renda.environment import check_names
from renda.errors import RendaError, declare
from renda.settings import Settings

declare(
    {
        "settings.proxies": "写了 RENDA_PUBLIC_HTTPS(访问者经 https 来),就要写 RENDA_PROXIES:前面有几层代理,通常是 RENDA_PROXIES=1;"
        "否则地址会变回 http,访问者的网络地址也无从知道。",
        "settings.no_database": "数据库文件 {file} 不存在。请核对 RENDA_DATABASE_URL(现在的文件夹是 {folder});"
        "新装的请先运行 renda db upgrade。",
    },
    status=500,
)


def check_served(settings: Settings, environment: Mapping[str, str], installed: Iterable[str] = ()) -> None:
    """What a server insists on before it starts: names that somebody knows, proxies beside https, a form of the log.

    ``installed``: names that plugins of the installation read. Raises ``settings.unknown``, ``settings.proxies``,
    ``settings.log``, ``settings.no_database``.
    """
    check_names(environment, installed)
    if settings.public_https and not settings.proxies:
        raise RendaError("settings.proxies")
    logs.check(settings.log_level, settings.log_format)
    require_database(settings)


def require_database(settings: Settings) -> None:
    """Raise ``settings.no_database`` where the file of an embedded database is not there: opening it would make it."""
    file = settings.address.database
    if settings.embedded and file and file != ":memory:" and not Path(file).is_file():
        raise RendaError("settings.no_database", file=file, folder=str(Path.cwd()))
