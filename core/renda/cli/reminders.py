"""``renda remind``: reminders of what is due, from the host's timer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import click

from renda.cli.base import FAILED, Bench, Command, as_json, pass_bench, tell
from renda.errors import RendaError, declare
from renda.hookspecs import installation_registry
from renda.i18n import gettext
from renda.reminding import Channel
from renda.services import reminders
from renda.settings import mail_settings

declare({"reminders.no_channel": "{slug} 的 district.toml 用到提醒方式“{code}”,本机没有。可用的:{allowed}。"})

NOT_SENT = 1
# Where nobody has set them up, these two are passed by in silence: they are every district's without its asking.
USUAL = frozenset({"log", "mail"})
HEADINGS = {"channel": "方式", "to": "给谁", "address": "地址", "matters": "事项", "failure": "没有发出"}


@click.command(cls=Command, help="发出到期提醒,一件事项每个阶段只提醒一次;不写区县则所有区县;有没发出的以 1 退出")
@click.argument("slugs", nargs=-1, metavar="[SLUG]…")
@click.option("--dry-run", is_flag=True, help="只列出要发的,不发,不记")
@as_json
@pass_bench
def remind(bench: Bench, slugs: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Send what is to be sent now."""
    channels = _channels()
    address = os.environ.get("RENDA_PUBLIC_URL", "").rstrip("/")
    found: list[dict[str, Any]] = []
    refused = False
    for slug in slugs or bench.installation.rulebooks.slugs():
        try:
            found += _of_district(bench, slug, channels, trial=dry_run, address=address)
        except RendaError as error:
            # What is wrong in one district stops nobody else's.
            refused = True
            click.echo(gettext("错误:{said}", said=str(error)), err=True)
    if found or as_json or not refused:
        tell(found, HEADINGS, as_json=as_json)
    if refused:
        click.get_current_context().exit(FAILED)
    if any(row["failure"] for row in found):
        click.get_current_context().exit(NOT_SENT)


def _of_district(
    bench: Bench, slug: str, channels: Mapping[str, Channel], *, trial: bool, address: str
) -> list[dict[str, Any]]:
    for code in bench.installation.rulebook(slug).district.reminders.channels:
        if code not in channels and code not in USUAL:
            raise RendaError("reminders.no_channel", slug=slug, code=code, allowed="、".join(channels))
    page = f"{address}/{slug}/matters/{{number}}" if address else ""
    return [
        {
            "district": slug,
            "channel": each.channel,
            "to": each.to,
            "address": each.address,
            "failure": each.failure,
            "matters": list(each.matters),
        }
        for each in reminders.remind(bench.installation, slug, channels, trial=trial, page=page)
    ]


def _channels() -> dict[str, Channel]:
    mail = mail_settings()
    built_in: list[Channel] = [reminders.Log()]
    if mail is not None:
        built_in.append(reminders.Mail(mail))
    installed = [each for answer in installation_registry().hook.channels() for each in answer]
    return {each.code: each for each in (*built_in, *installed)}
