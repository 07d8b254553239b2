"""Opening a questionnaire, giving out its codes, ending it early: the office's deeds before the count."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import insert

from renda.errors import RendaError, declare
from renda.matter import Actor
from renda.model import QuestionnaireCodeRow, QuestionnaireRow
from renda.sealing import KeyPair
from renda.services import chain
from renda.services.ballots import KeyKeeper
from renda.services.desk import Desk
from renda.services.questionnaires.finding import check_office, check_state, find, note

declare(
    {
        "questionnaire.past": "问卷“{title}”的截止日期 {until} 已过,不能开放。请由事项重新提出。",
        "questionnaire.no_codes": "问卷“{title}”是公开作答的,不用作答码。",
        "questionnaire.how_many": "一次可以生成 1 至 {most} 个作答码,现为“{count}”。",
        "questionnaire.not_begun": "问卷“{title}”自 {since} 起才作答,不能提前截止。",
    },
    status=409,
)

MOST_CODES = 5_000
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SIGNS, _GROUP = 12, 4


def open_questionnaire(
    desk: Desk,
    actor: Actor,
    number: int,
    *,
    keys: KeyKeeper,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Make the key answers are sealed with, and take answers from the first day on.

    Raises ``questionnaire.office``, ``questionnaire.not_now``, ``questionnaire.past``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number, to_change=True)
    check_state(row, "开放", "prepared")
    if row.until_on < desk.day:
        raise RendaError("questionnaire.past", title=row.title, until=row.until_on)
    pair = KeyPair.made(random_bytes)
    keys.keep(key_name(row), pair.private)
    row.public_key = pair.public
    row.state = "open"
    note(desk, head, actor, row, "open", "开放问卷", "prepared", {"until": row.until_on.isoformat()})
    desk.session.flush()


def give_codes(
    desk: Desk, actor: Actor, number: int, count: int, *, choose: Callable[[str], str] = secrets.choice
) -> Sequence[str]:
    """Fresh codes to hand out, told this once; only their digests are kept, until they are used.

    Raises ``questionnaire.no_codes``, ``questionnaire.how_many``, ``questionnaire.not_now``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number, to_change=True)
    if row.admission != "codes":
        raise RendaError("questionnaire.no_codes", title=row.title)
    check_state(row, "生成作答码", "open")
    if not 1 <= count <= MOST_CODES:
        raise RendaError("questionnaire.how_many", most=MOST_CODES, count=count)
    codes = ["".join(choose(_LETTERS) for _ in range(_SIGNS)) for _ in range(count)]
    own = {"district_id": row.district_id, "questionnaire_id": row.id}
    # Sorted by digest: the table does not hold them in the order in which they were printed.
    digests = sorted(digest_of(row, code) for code in codes)
    desk.session.execute(insert(QuestionnaireCodeRow), [{**own, "digest": digest} for digest in digests])
    row.codes_given += count
    note(desk, head, actor, row, "codes", "生成作答码", row.state, {"count": count})
    return ["-".join(code[at : at + _GROUP] for at in range(0, _SIGNS, _GROUP)) for code in codes]


def end_early(desk: Desk, actor: Actor, number: int) -> None:
    """Take no more answers from now on; it can be counted then, and not be opened again.

    Raises ``questionnaire.not_now``, ``questionnaire.not_begun``.
    """
    check_office(actor)
    head = chain.lock(desk)
    row = find(desk, number, to_change=True)
    check_state(row, "提前截止", "open")
    if desk.day < row.since_on:
        raise RendaError("questionnaire.not_begun", title=row.title, since=row.since_on)
    before = row.until_on
    row.until_on = min(before, desk.day - timedelta(days=1))
    entries = {"planned": before.isoformat(), "until": row.until_on.isoformat()}
    note(desk, head, actor, row, "end", "提前截止", "open", entries)


def digest_of(row: QuestionnaireRow, code: str) -> bytes:
    """What is kept of a code; it is read as people write it, with or without dashes, in small letters too."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"{row.district_id}/{row.id}/{plain}".encode()).digest()


def key_name(row: QuestionnaireRow) -> str:
    """What the key of a questionnaire is called where keys are kept."""
    return key_file(row.district_id, row.id)


def key_file(district_id: int, number: int) -> str:
    """The same, by the numbers of the district and the questionnaire."""
    return f"q-{district_id}-{number}"


def about(row: QuestionnaireRow) -> bytes:
    """What every answer of a questionnaire is bound to: an answer to another one does not open."""
    return f"renda questionnaire {row.district_id}/{row.id}".encode()
