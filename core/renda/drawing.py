"""Drawing lots so that anybody can check it afterwards, with nothing but the transcript.

The list is frozen and its digest made known. Each party shows the digest of a seed of its own, then, when
all digests are there, the seed. Who comes before whom is decided by ``SHA-256(seeds of all ‖ digest of the
list ‖ code)``, so that no party can steer the draw alone, and everybody can repeat it with ``sha256sum``.

Where the list names groups (分层), the first of each group in that order is drawn before the others in it, so that
each group has at least one; the groups are part of the list and of its digest, frozen before any seed is shown.

No published rule of a congress says how lots are drawn; domain practice asks for a frozen list, witnesses
and a written record. ``renda draw verify`` checks a transcript without a database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from renda.errors import RendaError, declare

FORMAT = "renda draw 1"
GROUPED = "renda draw 2"
PARTIES = 2
SHORTEST_SEED = 8

declare(
    {
        "drawing.shape": "抽签记录的“{entry}”缺少或写法不对。请核对文件是否完整。",
        "drawing.format": "抽签记录的格式是“{found}”,这里只认“{wanted}”。",
        "drawing.twice": "抽签名单上“{code}”出现了不止一次。请核对名单。",
        "drawing.too_few": "名单上有 {listed} 人,要抽 {wanted} 人。抽取人数应在 1 与名单人数之间。",
        "drawing.groups": "名单分为 {groups} 组,每组至少一人,只抽 {wanted} 人不够。请调整抽取人数或分组。",
        "drawing.parties": "种子要由至少 {least} 方各自给出,现有 {given} 方。",
        "drawing.seed_short": "{party}的种子只有 {length} 个字,至少要 {least} 个字,以免被猜到。",
        "drawing.list_changed": "名单的摘要与记录不符:名单冻结之后被改过。",
        "drawing.seed_changed": "{party}亮出的种子与先前的承诺不符。请重新核对种子;确实不符的,这次抽签无效。",
        "drawing.order": "第 {place} 位应为“{expected}”,记录写的是“{found}”。",
        "drawing.drawn": "抽中的应为“{expected}”,记录写的是“{found}”。",
        "drawing.replaced": "“{code}”没有被抽中,不能替换。",
        "drawing.no_reason": "替换“{code}”没有写明理由。",
    }
)


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody on the list: a code that no other has, a name for people, and a group where one of each is drawn."""

    code: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Seeding:
    """One party's part in the draw: its name, the digest it showed first and the seed it showed then."""

    party: str
    commitment: str
    seed: str


def list_digest(entrants: Iterable[Entrant]) -> str:
    """SHA-256 (hexadecimal) of a list: one line ``code<tab>name`` for each, in the order of the list.

    Where anybody has a group every line is ``code<tab>name<tab>group``. Raises ``drawing.twice`` where a code stands on it twice.
    """
    entrants = tuple(entrants)
    codes = [each.code for each in entrants]
    for code in codes:
        if codes.count(code) > 1:
            raise RendaError("drawing.twice", code=code)
    return _sha256("".join("\t".join(line) + "\n" for line in _lines(entrants)))


def commitment(party: str, seed: str) -> str:
    """What a party shows before it shows its seed: SHA-256 (hexadecimal) of ``seed``; raises ``drawing.seed_short``."""
    if len(seed.strip()) < SHORTEST_SEED:
        raise RendaError("drawing.seed_short", party=party, length=len(seed.strip()), least=SHORTEST_SEED)
    return _sha256(seed.strip())


def order(entrants: Sequence[Entrant], seedings: Sequence[Seeding]) -> tuple[Entrant, ...]:
    """All entrants in the order in which they are drawn: the first are drawn, the next replace them.

    Raises ``drawing.parties`` with fewer than two parties and ``drawing.seed_changed`` where a seed is not
    the one its party was bound to.
    """
    if len({each.party for each in seedings}) < PARTIES:
        raise RendaError("drawing.parties", least=PARTIES, given=len({each.party for each in seedings}))
    for each in seedings:
        if commitment(each.party, each.seed) != each.commitment:
            raise RendaError("drawing.seed_changed", party=each.party)
    begun = "".join(f"{each.seed.strip()}\n" for each in seedings) + list_digest(entrants)
    return tuple(sorted(entrants, key=lambda each: (_sha256(f"{begun}\n{each.code}"), each.code)))


def picked(ordered: Sequence[Entrant], wanted: int, gone: Collection[str] = ()) -> list[str]:
    """The codes drawn, in their order: the first of each group, then the others in order until there are enough.

    ``gone``: the codes of those replaced. Raises ``drawing.groups`` where there are more groups than are drawn.
    """
    left = [each for each in ordered if each.code not in gone]
    first: dict[str, str] = {}
    for each in left:
        if each.group:
            first.setdefault(each.group, each.code)
    if len(first) > wanted:
        raise RendaError("drawing.groups", groups=len(first), wanted=wanted)
    others = [each.code for each in left if each.code not in first.values()]
    chosen = {*first.values(), *others[: wanted - len(first)]}
    return [each.code for each in left if each.code in chosen]


def transcript(
    title: str,
    entrants: Sequence[Entrant],
    seedings: Sequence[Seeding],
    wanted: int,
    replaced: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The written record of a draw of ``wanted`` people, complete in itself; what ``verify`` checks.

    ``replaced`` maps the code of somebody who was drawn and cannot serve to the reason; the next in order
    comes in their place. Raises ``drawing.too_few`` and what ``order`` raises.
    """
    replaced = dict(replaced or {})
    if not 1 <= wanted <= len(entrants):
        raise RendaError("drawing.too_few", listed=len(entrants), wanted=wanted)
    if wanted + len(replaced) > len(entrants):
        raise RendaError("drawing.too_few", listed=len(entrants), wanted=wanted + len(replaced))
    ordered = order(entrants, seedings)
    _check_replaced(ordered, wanted, replaced)
    return {
        "format": GROUPED if _is_grouped(entrants) else FORMAT,
        "title": title,
        "entrants": _lines(entrants),
        "list_digest": list_digest(entrants),
        "parties": [{"party": each.party, "commitment": each.commitment, "seed": each.seed} for each in seedings],
        "wanted": wanted,
        "order": [each.code for each in ordered],
        "replaced": replaced,
        "drawn": picked(ordered, wanted, replaced),
    }


def _check_replaced(ordered: Sequence[Entrant], wanted: int, replaced: Mapping[str, str]) -> None:
    """Each who was replaced had been drawn, at first or in the place of another; and there is a reason."""
    gone: set[str] = set()
    while was_drawn := [code for code in picked(ordered, wanted, gone) if code in replaced]:
        gone.update(was_drawn)
    for code, reason in replaced.items():
        if code not in gone:
            raise RendaError("drawing.replaced", code=code)
        if not reason.strip():
            raise RendaError("drawing.no_reason", code=code)


def verify(record: Mapping[str, Any]) -> tuple[Entrant, ...]:
    """Those drawn, where the record is right in every part; raises ``drawing.…`` naming the first that is not."""
    width = {FORMAT: 2, GROUPED: 3}.get(str(record.get("format")))
    if width is None:
        raise RendaError("drawing.format", found=record.get("format", "—"), wanted=f"{FORMAT}、{GROUPED}")
    entrants = [Entrant(*each) for each in _read(record, "entrants", lambda value: _are_lines(value, width))]
    seedings = [Seeding(**each) for each in _read(record, "parties", _parties)]
    wanted = _read(record, "wanted", lambda value: isinstance(value, int))
    replaced = _read(record, "replaced", lambda value: isinstance(value, Mapping))
    if list_digest(entrants) != record.get("list_digest"):
        raise RendaError("drawing.list_changed")
    right = transcript(str(record.get("title", "")), entrants, seedings, wanted, replaced)
    for place, (expected, found) in enumerate(zip(right["order"], _padded(record, "order", right), strict=True), 1):
        if expected != found:
            raise RendaError("drawing.order", place=place, expected=expected, found=found)
    if record.get("drawn") != right["drawn"]:
        found = "、".join(map(str, record.get("drawn") or ())) or "—"
        raise RendaError("drawing.drawn", expected="、".join(right["drawn"]), found=found)
    named = {each.code: each for each in entrants}
    return tuple(named[code] for code in right["drawn"])


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(record: Mapping[str, Any], entry: str, fits: Any) -> Any:
    value = record.get(entry)
    if not fits(value):
        raise RendaError("drawing.shape", entry=entry)
    return value


def _is_grouped(entrants: Iterable[Entrant]) -> bool:
    return any(each.group for each in entrants)


def _lines(entrants: Sequence[Entrant]) -> list[list[str]]:
    grouped = _is_grouped(entrants)
    return [[each.code, each.name, each.group] if grouped else [each.code, each.name] for each in entrants]


def _are_lines(value: Any, width: int) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, list) and len(each) == width and all(isinstance(part, str) for part in each) for each in value
    )


def _parties(value: Any) -> bool:
    entries = {"party", "commitment", "seed"}
    return isinstance(value, list) and all(
        isinstance(each, dict) and each.keys() == entries and all(isinstance(part, str) for part in each.values())
        for each in value
    )


def _padded(record: Mapping[str, Any], entry: str, right: Mapping[str, Any]) -> list[str]:
    given = record.get(entry)
    listed = list(given) if isinstance(given, list) else []
    return [*map(str, listed), *["—"] * len(right[entry])][: len(right[entry])]


def as_text(record: Mapping[str, Any]) -> str:
    """The record as the file that is published: JSON, one entry a line, the same for the same draw."""
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
