"""Reads every address of every district as everybody and counts what is found of matters they may not see."""

import html
import logging
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import select

from renda.model import MatterRow
from renda.services.ballots import FolderKeys
from renda.services.desk import Desk, Installation
from renda.testing.addresses import Addresses
from renda.testing.need_to_know import Visitor, answer_text, app_of, hidden_from, public_text, visitors
from tools.attack.target import Result, Target

MOST = 4
SHORTEST = 8


def attack(target: Target) -> Iterator[Result]:
    """One trial for each district: the titles of hidden matters, searched for in all that can be read."""
    with target.copy() as copy, copy.installation() as installation:
        for slug in installation.rulebooks.slugs():
            yield _crawled(installation, slug, FolderKeys(copy.folder / "keys"))


def _crawled(installation: Installation, slug: str, keys: FolderKeys) -> Result:
    app = app_of(installation, keys)
    logging.getLogger("renda.web").setLevel(logging.CRITICAL)
    with installation.writing(slug) as desk:
        everybody = visitors(desk)
    with installation.reading(slug) as desk:
        addresses = list(dict.fromkeys(Addresses(app, desk, slug, most=MOST).read()))
        titles = [(visitor, _hidden_titles(desk, visitor)) for visitor in everybody]
    attempted, leaks = 0, []
    for visitor, hidden in titles:
        if not hidden:
            continue
        client = app.test_client()
        for address in addresses:
            attempted += 1
            with closing(client.get(address, headers=visitor.headers(address))) as answer:
                text = html.unescape(answer_text(answer.get_data()))
            leaks += [f"{visitor.login or 'public'} {address} {title}" for title in hidden if title in text]
    return Result("crawl", f"{slug}: {len(everybody)} visitors", attempted, len(leaks), "; ".join(leaks[:3]))


def _hidden_titles(desk: Desk, visitor: Visitor) -> set[str]:
    """Titles of hidden matters that no visible matter shares or contains, and that are published nowhere."""
    hidden = hidden_from(desk, visitor)
    rows = desk.session.execute(select(MatterRow.id, MatterRow.title)).all()
    open_text = public_text(desk) + "\n".join(title for number, title in rows if number not in hidden)
    return {title for number, title in rows if number in hidden and len(title) >= SHORTEST and title not in open_text}
