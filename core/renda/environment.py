"""The names a host may set in the environment: one table, for the documents, for typing errors and for a file of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from renda.errors import RendaError, declare

declare(
    {
        "settings.unknown": "环境变量 {name} 没有人认识。{nearest}所有的变量见 docs/hosting.md。",
        "settings.file": "设置文件 {file} 读不了:{mistake}。每行写一个 名字=值,可以有以 # 开头的注释。",
    },
    status=500,
)

PREFIX = "RENDA_"


@dataclass(frozen=True, slots=True)
class Variable:
    """A name, what holds where it is not set, and what it is for, as the documents say it."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "RENDA_DATABASE_URL", "SQLite in `var/`", "address of the database; on PostgreSQL as the application's role"
    ),
    Variable(
        "RENDA_OWNER_URL", "the same", "address as the owner of the tables, for `renda db upgrade` and `renda restore`"
    ),
    Variable("RENDA_DISTRICTS", "`districts`", "the folder of districts, the same on every host"),
    Variable(
        "RENDA_SECRET_FILE",
        "`secret` beside the database",
        "the key of sessions and forms; `signing.key` lies beside it. The same on every host",
    ),
    Variable(
        "RENDA_KEY_FOLDER",
        "`keys` beside the secret",
        "keys of open ballots and questionnaires, for the server's account alone; in no backup, the same on every host",
    ),
    Variable(
        "RENDA_SERVER_SEALING",
        "no",
        "`yes`: secret papers that a browser cannot seal (http, no script) are taken; see secrecy.md first",
    ),
    Variable("RENDA_PORT", "8000", "port"),
    Variable("RENDA_POOL", "10", "connections a process keeps to PostgreSQL; as many again for a moment"),
    Variable(
        "RENDA_PUBLIC_HTTPS", "no", "`1` where people come by https: cookies then go no other way. Needs RENDA_PROXIES"
    ),
    Variable(
        "RENDA_PROXIES",
        "0",
        "how many proxies stand in front and add to X-Forwarded-For and X-Forwarded-Proto; `1` behind one nginx or Caddy",
    ),
    Variable(
        "RENDA_PUBLIC_URL",
        "none",
        "where people find the site, such as `https://renda.example`: messages then hold a link to each matter",
    ),
    Variable("RENDA_SESSION_IDLE", "30", "minutes without a request after which a session ends"),
    Variable("RENDA_SESSION_HOURS", "12", "hours after which a session ends however busy it is"),
    Variable(
        "RENDA_ANCHOR_FILE",
        "`anchors.jsonl` beside the secret",
        "where the heads of the logs are anchored; best a file that can only grow",
    ),
    Variable("RENDA_TIMESTAMP_URL", "none", "an RFC 3161 time stamp server for anchors"),
    Variable("RENDA_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
    Variable("RENDA_LOG_FORMAT", "text", "`text` or `json`, one line for each entry"),
    Variable("RENDA_MAIL_HOST", "none", "the server that takes mail; without it there is none"),
    Variable("RENDA_MAIL_PORT", "465, 587, 25", "its port; by the security where not set"),
    Variable("RENDA_MAIL_SECURITY", "starttls", "`tls`, `starttls` or `none`"),
    Variable("RENDA_MAIL_FROM", "none", "the sender's address; needed with RENDA_MAIL_HOST"),
    Variable("RENDA_MAIL_USER", "none", "for a server that asks who sends"),
    Variable("RENDA_MAIL_PASSWORD_FILE", "none", "the file with the password, for the server's account alone"),
    Variable("RENDA_WECOM_WEBHOOK", "none", "the address of a robot of WeCom, for the channel `wecom`"),
    Variable("RENDA_DINGTALK_WEBHOOK", "none", "the address of a robot of DingTalk, for the channel `dingtalk`"),
    Variable("RENDA_DINGTALK_SECRET", "none", "the secret that robot signs with"),
)
"""Those of the core and of the plugins that come with it. Whoever reads a new one adds it here; a test asks for it."""

OF_TOOLS = frozenset({"RENDA_VENV", "RENDA_CHROMIUM", "RENDA_INSTALLER", "RENDA_KILLS", "RENDA_OPENSLIDES"})
"""Names that the tools of the repository read; a server that finds them set says nothing."""


def check_names(given: Iterable[str], installed: Iterable[str] = ()) -> None:
    """Raise ``settings.unknown`` for a RENDA_ name that neither we nor what is ``installed`` knows."""
    known = {each.name for each in VARIABLES} | OF_TOOLS | set(installed)
    for name in sorted(given):
        if name.startswith(PREFIX) and name not in known:
            nearest = difflib.get_close_matches(name, sorted(known - OF_TOOLS), n=1, cutoff=0.6)
            raise RendaError("settings.unknown", name=name, nearest=f"{nearest[0]}? " if nearest else "")


def table() -> str:
    """The table of the documents."""
    lines = ["| variable | where not set | what it is |", "|---|---|---|"]
    lines += [f"| `{each.name}` | {each.default} | {each.meaning} |" for each in VARIABLES]
    return "\n".join(lines) + "\n"


def load_file(file: Path, environment: MutableMapping[str, str]) -> None:
    """Set what a file of settings says and the environment does not; raises ``settings.file``.

    The form is that of systemd's EnvironmentFile: NAME=VALUE, quotes around a value, comments.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RendaError("settings.file", file=str(file), mistake=str(error)) from None
    for name, value in _entries(file, lines).items():
        environment.setdefault(name, value)


def _entries(file: Path, lines: Iterable[str]) -> Mapping[str, str]:
    found = {}
    for number, line in enumerate(lines, 1):
        said = line.strip()
        if not said or said.startswith(("#", ";")):
            continue
        name, separator, value = said.partition("=")
        if not separator or not name.strip().isidentifier():
            raise RendaError("settings.file", file=str(file), mistake=f"{number}: {said[:60]}")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[name.strip()] = value
    return found
