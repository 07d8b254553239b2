"""What all commands share: the installation, the language, tables for people and JSON for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any
from unicodedata import east_asian_width

import click
from sqlalchemy.exc import DBAPIError

from renda.errors import RendaError, declare
from renda.i18n import SOURCE_LOCALE, gettext, reading_in
from renda.rulebook import Rulebooks
from renda.services import upgrades
from renda.services.desk import Installation
from renda.settings import Settings, installation, rulebooks, settings_from
from renda.start_checks import require_database

declare(
    {
        "cli.database": "数据库不能用:{mistake}。请核对 RENDA_DATABASE_URL、角色的权限和数据库是否在运行。",
        "cli.file": "文件 {file} 不能读写:{mistake}。请核对路径和权限。",
    },
    status=500,
)

FAILED = 2
as_json = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")


class Bench:
    """What a command works with; nothing is opened before it is used."""

    @cached_property
    def settings(self) -> Settings:
        """The host's settings, from the environment."""
        return settings_from()

    @cached_property
    def installation(self) -> Installation:
        """The installation of these settings; raises ``schema.behind`` where its schema is not the newest."""
        require_database(self.settings)
        upgrades.check(self.settings.database_url)
        return installation(self.settings)

    @cached_property
    def rulebooks(self) -> Rulebooks:
        """The districts' rules, without a database."""
        return rulebooks(self.settings)

    def close(self) -> None:
        """Give the database back."""
        if "installation" in self.__dict__:
            self.installation.store.close()


pass_bench = click.make_pass_decorator(Bench)


class Told:
    """Help in the reader's language: Chinese in the source, translated when it is shown."""

    help: str | None
    short_help: str | None
    params: list[click.Parameter]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """See click; sentences are translated first."""
        options = [param for param in self.params if isinstance(param, click.Option)]
        kept = [option.help for option in options]
        for option in options:
            option.help = gettext(option.help or "")
        try:
            super().format_help(ctx, formatter)  # type: ignore[misc]
        finally:
            for option, sentence in zip(options, kept, strict=True):
                option.help = sentence

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """See click; sentences are translated first."""
        kept = self.help
        self.help = gettext(kept or "")
        try:
            super().format_help_text(ctx, formatter)  # type: ignore[misc]
        finally:
            self.help = kept

    def get_short_help_str(self, limit: int = 45) -> str:
        """See click; Chinese has no spaces to cut a sentence at, so it is given whole."""
        del limit
        return gettext((self.help or "").strip().split("\n")[0])


class Command(Told, click.Command):
    """One command."""


class Group(Told, click.Group):
    """Several commands under one name."""

    command_class = Command
    group_class: type[click.Group | type] | None = type


class Door(Group):
    """The whole command line. A ``RendaError`` is told with its code, in the reader's language; exit 2."""

    group_class = Group

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """See click."""
        given = list(sys.argv[1:] if args is None else args)
        with reading_in(language(given, os.environ)):
            return super().main(given, *rest, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """See click."""
        try:
            return super().invoke(ctx)
        except RendaError as error:
            said = error
        except DBAPIError as error:
            # The statement and its values are of no use to an operator, and may hold what is nobody's business.
            said = RendaError("cli.database", mistake=str(error.orig).strip().partition("\n")[0])
        except OSError as error:
            if error.filename is None:
                raise
            said = RendaError("cli.file", file=str(error.filename), mistake=error.strerror)
        click.echo(gettext("错误:{said}", said=str(said)), err=True)
        return ctx.exit(FAILED)


def language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of the answers: ``--lang``, else LC_ALL or LANG; Chinese where they say none of ours."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
    said = environment.get("LC_ALL") or environment.get("LANG") or ""
    return "en" if said.startswith("en") else SOURCE_LOCALE


def tell(rows: Sequence[Any], headings: Mapping[str, str], *, as_json: bool) -> None:
    """Print a list: all that its rows say as JSON, or the columns in ``headings`` as a table."""
    plain = [_plain(asdict(row) if is_dataclass(row) and not isinstance(row, type) else row) for row in rows]
    if as_json:
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    if not plain:
        click.echo(gettext("(没有)"))
        return
    lines = [[gettext(label) for label in headings.values()]]
    lines += [[_cell(row.get(key)) for key in headings] for row in plain]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)]
        click.echo("  ".join(cells).rstrip())


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return "、".join(_cell(each) for each in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
