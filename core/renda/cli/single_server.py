"""One server on a port and on a file: a second one is refused with words and not let in beside the first."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from renda.errors import RendaError, declare
from renda.settings import Settings

declare(
    {
        "serve.port": "{host} 的 {port} 端口已有程序在用,可能是另一个 renda serve。请先停下它,或用 RENDA_PORT 换一个端口。",
        "serve.address": "不能监听 {host} 的 {port} 端口:{mistake}。请核对 --host 和 RENDA_PORT。",
        "serve.file": "数据库文件 {file} 正由另一个服务使用(进程 {process})。SQLite 只能有一个服务;请先停下它。"
        "check、backup、remind 等命令可以照常运行。",
    },
    status=409,
)


@contextmanager
def only_server(settings: Settings, host: str) -> Iterator[None]:
    """Hold the port's and the file's place for this process; raises ``serve.…``."""
    check_port(host, settings.port)
    with _file_held(settings):
        yield


def check_port(host: str, port: int) -> None:
    """Raise ``serve.port`` where somebody listens there already.

    The server itself would not notice: it shares the port (SO_REUSEPORT) with whoever does so too.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind, protocol)) as probe:
            # Connections of a server that has just ended may still be fading: those do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise RendaError("serve.port", host=host, port=port) from None
        raise RendaError("serve.address", host=host, port=port, mistake=error.strerror or str(error)) from None


@contextmanager
def _file_held(settings: Settings) -> Iterator[None]:
    database = settings.address.database
    if not settings.embedded or not database or database == ":memory:":
        yield
        return
    place = Path(f"{database}.lock")
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii") as lock:
        try:
            # The system gives it up with the process, however that ends; the file itself may stay.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RendaError("serve.file", file=database, process=lock.read().strip() or "?") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
