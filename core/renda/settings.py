"""What the host says in the environment: where the database is, where the districts are, which port.

Read once, at the edge; everything below is given its values as arguments.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from renda.errors import RendaError, declare
from renda.migrate import APP_ROLE
from renda.rulebook import Rulebooks
from renda.sealing import Signer, signer_in
from renda.services.anchors import TimeStamper, server_at
from renda.services.backups import Places
from renda.services.ballots import FolderKeys
from renda.services.desk import Installation
from renda.services.reminders import MailSettings
from renda.services.sessions import Lifetime
from renda.store import Store

declare(
    {
        "settings.number": "环境变量 {name} 应为 {low} 至 {high} 的整数,现在写的是“{value}”。",
        "settings.database": "环境变量 {name} 不是数据库地址:{value}。"
        "例如 sqlite:////srv/renda/renda.sqlite3 或 postgresql+psycopg://角色@主机/库名。",
        "settings.owner": "PostgreSQL 上升级结构须用表的所有者:请在 RENDA_OWNER_URL 写明它的地址,"
        "它的角色不能与 RENDA_DATABASE_URL 的相同(现为“{role}”)。",
        "settings.mail": "RENDA_MAIL_SECURITY 应为 tls、starttls 或 none,现为“{security}”;"
        "RENDA_MAIL_FROM 应为发件地址,现为“{sender}”。",
        "settings.no_districts": "没有找到区县文件夹 {folder}。请用 RENDA_DISTRICTS 指明。",
    },
    status=500,
)

_REPOSITORY = Path(__file__).resolve().parents[2]
HOME = _REPOSITORY if (_REPOSITORY / "pyproject.toml").is_file() else Path.cwd()
DEFAULT_PORT = 8000
TRUE = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation.

    ``database_url`` is the application's, ``owner_url`` that of the tables' owner; on SQLite both are the
    same file. ``key_folder`` holds the keys of open ballots and is in no backup. ``public_https``: visitors come by https, cookies say so. ``server_sealing``: secret papers
    that were not sealed in the browser are taken. ``proxies``: how many stand in front.
    ``lifetime``: how long a session may be idle (minutes), and last at all (hours).
    """

    database_url: str
    owner_url: str
    districts: Path
    secret_file: Path
    key_folder: Path
    port: int = DEFAULT_PORT
    pool_size: int = 10
    public_https: bool = False
    server_sealing: bool = False
    proxies: int = 0
    lifetime: Lifetime = field(default_factory=Lifetime)
    anchor_file: Path | None = None
    timestamp_url: str = ""
    log_level: str = "INFO"
    log_format: str = "text"

    @property
    def address(self) -> URL:
        """The application's address of the database, taken apart."""
        return make_url(self.database_url)

    @property
    def embedded(self) -> bool:
        """Whether the database is a file beside the process: one worker, one write lock."""
        return self.address.get_backend_name() == "sqlite"

    @property
    def app_role(self) -> str:
        """The role the application works under; it owns no table."""
        return self.address.username or APP_ROLE


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in ``environment`` (the process's own where None).

    Raises ``settings.…`` naming the variable; the names are those of ``environment.VARIABLES``.
    """
    given = os.environ if environment is None else environment
    default = HOME / "var" / "renda.sqlite3"
    database = _database(given, "RENDA_DATABASE_URL", f"sqlite:///{default}")
    url = make_url(database)
    file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else default
    secret = Path(given.get("RENDA_SECRET_FILE") or file.parent / "secret")
    return Settings(
        database_url=database,
        owner_url=_database(given, "RENDA_OWNER_URL", database),
        districts=Path(given.get("RENDA_DISTRICTS") or HOME / "districts"),
        secret_file=secret,
        key_folder=Path(given.get("RENDA_KEY_FOLDER") or secret.parent / "keys"),
        port=_number(given, "RENDA_PORT", DEFAULT_PORT, 1, 65535),
        pool_size=_number(given, "RENDA_POOL", 10, 1, 1000),
        proxies=_number(given, "RENDA_PROXIES", 0, 0, 9),
        lifetime=Lifetime(
            idle=timedelta(minutes=_number(given, "RENDA_SESSION_IDLE", 30, 1, 1440)),
            longest=timedelta(hours=_number(given, "RENDA_SESSION_HOURS", 12, 1, 168)),
        ),
        server_sealing=given.get("RENDA_SERVER_SEALING", "").lower() in TRUE,
        public_https=given.get("RENDA_PUBLIC_HTTPS", "").lower() in TRUE,
        anchor_file=Path(given["RENDA_ANCHOR_FILE"]) if given.get("RENDA_ANCHOR_FILE") else None,
        timestamp_url=given.get("RENDA_TIMESTAMP_URL", ""),
        log_level=(given.get("RENDA_LOG_LEVEL") or "INFO").upper(),
        log_format=(given.get("RENDA_LOG_FORMAT") or "text").lower(),
    )


def installation(settings: Settings) -> Installation:
    """The installation these settings describe; nothing is opened before it is asked for."""
    books = rulebooks(settings)
    prepare_folder(settings)
    store = Store(settings.database_url, pool_size=settings.pool_size)
    return Installation(store, books, clock=lambda: datetime.now(UTC))


def rulebooks(settings: Settings) -> Rulebooks:
    """The districts' rules; raises ``settings.no_districts``."""
    if not settings.districts.is_dir():
        raise RendaError("settings.no_districts", folder=str(settings.districts))
    return Rulebooks(settings.districts)


def owner_address(settings: Settings) -> str:
    """The address to change the schema at; raises ``settings.owner`` where it is the application's own."""
    if not settings.embedded and make_url(settings.owner_url).username == settings.address.username:
        raise RendaError("settings.owner", role=settings.address.username)
    return settings.owner_url


def prepare_folder(settings: Settings) -> None:
    """Make the folder of an embedded database, for its owner alone."""
    file = settings.address.database
    if settings.embedded and file and file != ":memory:":
        Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def prepare_file(settings: Settings) -> None:
    """Make its file too, for its owner alone: SQLite would make it as the umask says. What is there stays as it is."""
    prepare_folder(settings)
    file = settings.address.database
    if settings.embedded and file and file != ":memory:":
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def secret_key(settings: Settings) -> str:
    """The key that signs sessions, made on first use and readable by its owner only."""
    file = settings.secret_file
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        file.chmod(0o600)
        return file.read_text("utf-8").strip()
    key = secrets.token_hex(32)
    with os.fdopen(opened, "w", encoding="utf-8") as secret:
        secret.write(key)
    return key


def ballot_keys(settings: Settings) -> FolderKeys:
    """Where the server keeps the keys of open ballots: a folder its account alone can open."""
    settings.key_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.key_folder.chmod(0o700)
    return FolderKeys(settings.key_folder)


def signer(settings: Settings) -> Signer:
    """Who signs archives: a key beside the secret, made on first use; it belongs in the backup, unlike ballots' keys."""
    return signer_in(settings.secret_file.parent / "signing.key")


def anchor_file(settings: Settings) -> Path:
    """Where the heads of the logs are anchored: beside the secret where the host names no other place."""
    return settings.anchor_file or settings.secret_file.parent / "anchors.jsonl"


def time_stamper(settings: Settings) -> TimeStamper | None:
    """Who stamps anchors with the time; None where the host names no server. Raises ``anchors.url``."""
    return server_at(settings.timestamp_url) if settings.timestamp_url else None


def backup_places(settings: Settings) -> Places:
    """Where the parts of this installation lie that belong in a backup: the secret and all signing keys beside it."""
    secret = settings.secret_file
    beside = [*secret.parent.glob(f"{secret.name}.*"), *secret.parent.glob("signing*")]
    keys = {"secret": secret, **{file.name: file for file in sorted(beside)}}
    return Places(
        database_url=settings.database_url,
        owner_url=settings.owner_url if settings.embedded else owner_address(settings),
        app_role=settings.app_role,
        districts=settings.districts,
        secret_file=secret,
        keys={name: file for name, file in keys.items() if file.is_file()},
        key_folder=settings.key_folder,
        anchors=anchor_file(settings),
    )


def mail_settings(environment: Mapping[str, str] | None = None) -> MailSettings | None:
    """The server that takes mail, or None where RENDA_MAIL_HOST is not set.

    RENDA_MAIL_HOST, RENDA_MAIL_PORT, RENDA_MAIL_FROM, RENDA_MAIL_SECURITY (tls, starttls, none), RENDA_MAIL_USER,
    RENDA_MAIL_PASSWORD_FILE. Raises ``settings.mail`` or ``settings.number``.
    """
    given = os.environ if environment is None else environment
    host = given.get("RENDA_MAIL_HOST", "")
    if not host:
        return None
    security, sender = given.get("RENDA_MAIL_SECURITY") or "starttls", given.get("RENDA_MAIL_FROM", "")
    port = {"tls": 465, "starttls": 587, "none": 25}.get(security)
    if port is None or "@" not in sender:
        raise RendaError("settings.mail", security=security, sender=sender)
    file = given.get("RENDA_MAIL_PASSWORD_FILE")
    password = Path(file).read_text("utf-8").strip() if file else ""
    user = given.get("RENDA_MAIL_USER", "")
    return MailSettings(host, _number(given, "RENDA_MAIL_PORT", port, 1, 65535), sender, security, user, password)


def _database(given: Mapping[str, str], name: str, default: str) -> str:
    value = given.get(name) or default
    try:
        make_url(value)
    except ArgumentError:
        raise RendaError("settings.database", name=name, value=value) from None
    return value


def _number(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = given.get(name) or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise RendaError("settings.number", name=name, low=low, high=high, value=value)
    return int(value)
