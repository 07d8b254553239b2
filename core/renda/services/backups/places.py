"""Where the parts of an installation lie that belong in a backup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from renda.errors import RendaError, declare

declare(
    {
        "backup.no_database": "数据库文件 {file} 不存在,没有可备份的。请核对 RENDA_DATABASE_URL。",
        "backup.policy": "表 {tables} 上有 renda 以外的行级安全策略,用角色“{role}”备份会漏掉行。"
        "请改用有 BYPASSRLS 的角色(RENDA_DATABASE_URL),或去掉这些策略。",
        "backup.counts": "备份与数据库的行数对不上:{tables}。没有留下备份文件;请再试一次,仍不行请核对角色的权限。",
        "backup.damaged": "备份 {folder} 不完整或被改动过:{files}。请用另一份备份。",
        "backup.not_one": "{folder} 不是备份:没有 manifest.json,或者读不懂。请写明备份的文件夹。",
        "backup.newer": "备份是用更新的程序做的({components}),这里的程序没有这些结构。请先安装 renda {version} 或更新的版本。",
        "restore.kind": "备份来自 {made_on},RENDA_DATABASE_URL 写的是 {here}。请恢复到同一种数据库。",
        "restore.not_empty": "数据库 {place} 里已经有表或文件。恢复只写入空的数据库:请另建一个,或先把旧的移开。",
        "restore.other_key": "{file} 已有,而且与备份里的不同。要用备份里的,请先把它移开;两个密钥不能同时用。",
    },
    status=409,
)


@dataclass(frozen=True, slots=True)
class Places:
    """One installation's parts.

    ``keys``: name in the backup → file of the secret and of the signing keys, those that are not there yet left out.
    ``secret_file`` says where the secret is put back; the other keys go beside it. ``key_folder`` holds the keys of
    open ballots and questionnaires, ``anchors`` is the file of the logs' heads. ``database_url`` is read, ``owner_url`` is restored to.
    """

    database_url: str
    owner_url: str
    app_role: str
    districts: Path
    secret_file: Path
    keys: Mapping[str, Path]
    key_folder: Path
    anchors: Path

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return make_url(self.database_url).get_backend_name()

    def sqlite_file(self) -> Path:
        """The file of an embedded database."""
        return Path(make_url(self.database_url).database or "")

    def existing_sqlite_file(self) -> Path:
        """The same; raises ``backup.no_database`` where it is not there, for opening it would make it."""
        file = self.sqlite_file()
        if not file.is_file():
            raise RendaError("backup.no_database", file=str(file))
        return file

    def key_place(self, name: str) -> Path:
        """Where a key of the backup belongs."""
        return self.secret_file if name == "secret" else self.secret_file.parent / name
