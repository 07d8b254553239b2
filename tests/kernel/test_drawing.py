"""Lots: repeated by hand with SHA-256, fair, and wrong in no part unnoticed."""

import copy
import hashlib
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renda import drawing
from renda.drawing import Entrant, Seeding, commitment, list_digest, order, transcript, verify
from renda.errors import RendaError

HEADS = tuple(Entrant(f"h{number:02d}", f"主任{number:02d}") for number in range(1, 21))


def seedings(chair: str = "chair-seed-1", witness: str = "witness-seed-2") -> tuple[Seeding, ...]:
    pairs = (("主任会议", chair), ("监督员", witness))
    return tuple(Seeding(party, commitment(party, seed), seed) for party, seed in pairs)


def record(wanted: int = 6, replaced: dict[str, str] | None = None) -> dict[str, Any]:
    return transcript("2020 年度口头述职抽签", HEADS, seedings(), wanted, replaced)


def test_a_draw_can_be_repeated_with_nothing_but_sha_256() -> None:
    listed = hashlib.sha256("".join(f"{each.code}\t{each.name}\n" for each in HEADS).encode()).hexdigest()
    tickets = {
        each.code: hashlib.sha256(f"chair-seed-1\nwitness-seed-2\n{listed}\n{each.code}".encode()).hexdigest()
        for each in HEADS
    }
    by_hand = sorted(tickets, key=lambda code: tickets[code])[:6]
    assert record()["drawn"] == by_hand
    assert [each.code for each in verify(record())] == by_hand
    assert record()["list_digest"] == listed


def test_each_party_alone_changes_who_is_drawn() -> None:
    first = order(HEADS, seedings())
    assert order(HEADS, seedings(chair="another-seed")) != first
    assert order(HEADS, seedings(witness="another-seed")) != first
    assert order(HEADS, seedings()) == first


def test_every_entrant_is_drawn_about_as_often_as_any_other() -> None:
    drawn = Counter(
        each.code for turn in range(2000) for each in order(HEADS, seedings(chair=f"seed-number-{turn}"))[:6]
    )
    # 2,000 draws of 6 out of 20: 600 each on average, with a standard deviation of about 20.5.
    assert all(abs(drawn[each.code] - 600) < 103 for each in HEADS)


@given(st.integers(1, 20), st.text(min_size=8).filter(lambda seed: len(seed.strip()) >= 8))
def test_a_transcript_that_was_just_made_is_right(wanted: int, seed: str) -> None:
    made = transcript("试", HEADS, seedings(chair=seed), wanted)
    assert len(verify(made)) == wanted


def test_who_cannot_serve_is_replaced_by_the_next_in_order_with_a_reason() -> None:
    first = record()
    left = first["drawn"][2]
    again = record(replaced={left: "已调离"})
    assert again["drawn"] == [*[code for code in first["drawn"] if code != left], first["order"][6]]
    assert len(verify(again)) == 6


def _spoilt(change: str) -> dict[str, Any]:
    spoilt = copy.deepcopy(record())
    last = spoilt["order"][-1]
    if change == "format":
        spoilt["format"] = "renda draw 0"
    elif change == "list":
        spoilt["entrants"][0][1] = "另一人"
    elif change == "seed":
        spoilt["parties"][1]["seed"] = "another-seed"
    elif change == "order":
        spoilt["order"][0], spoilt["order"][-1] = last, spoilt["order"][0]
    elif change == "drawn":
        spoilt["drawn"][0] = last
    elif change == "parties":
        spoilt["parties"] = spoilt["parties"][:1]
    elif change == "shape":
        del spoilt["wanted"]
    elif change == "replaced":
        spoilt["replaced"] = {last: "不想去"}
    elif change == "reason":
        spoilt["replaced"] = {spoilt["drawn"][0]: " "}
    return spoilt


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("format", "抽签记录的格式是“renda draw 0”,这里只认“renda draw 1、renda draw 2”。"),
        ("list", "名单的摘要与记录不符:名单冻结之后被改过。"),
        ("seed", "监督员亮出的种子与先前的承诺不符。请重新核对种子;确实不符的,这次抽签无效。"),
        ("order", "第 1 位应为“{first}”,记录写的是“{last}”。"),
        ("drawn", "抽中的应为“{drawn}”,记录写的是“{said}”。"),
        ("parties", "种子要由至少 2 方各自给出,现有 1 方。"),
        ("shape", "抽签记录的“wanted”缺少或写法不对。请核对文件是否完整。"),
        ("replaced", "“{last}”没有被抽中,不能替换。"),
        ("reason", "替换“{first}”没有写明理由。"),
    ],
)
def test_a_transcript_that_was_changed_anywhere_is_refused(change: str, sentence: str) -> None:
    right = record()
    first, last, drawn = right["order"][0], right["order"][-1], right["drawn"]
    with pytest.raises(RendaError) as refused:
        verify(_spoilt(change))
    said = "、".join([last, *drawn[1:]])
    assert refused.value.message == sentence.format(first=first, last=last, drawn="、".join(drawn), said=said)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (0, "名单上有 20 人,要抽 0 人。抽取人数应在 1 与名单人数之间。"),
        (21, "名单上有 20 人,要抽 21 人。抽取人数应在 1 与名单人数之间。"),
    ],
)
def test_one_cannot_draw_nobody_or_more_than_there_are(wanted: int, sentence: str) -> None:
    with pytest.raises(RendaError) as refused:
        record(wanted)
    assert refused.value.message == sentence


def test_a_name_is_on_the_list_once_and_a_seed_is_long_enough() -> None:
    with pytest.raises(RendaError) as twice:
        list_digest([*HEADS, HEADS[0]])
    assert twice.value.message == "抽签名单上“h01”出现了不止一次。请核对名单。"
    with pytest.raises(RendaError) as short:
        commitment("主任会议", "1234567")
    assert short.value.message == "主任会议的种子只有 7 个字,至少要 8 个字,以免被猜到。"


GROUPS = tuple(Entrant(each.code, each.name, "政法" if at < 2 else "经济" * (at > 9)) for at, each in enumerate(HEADS))


@given(st.integers(2, 20), st.text(min_size=8).filter(lambda seed: len(seed.strip()) >= 8))
def test_of_each_group_at_least_one_is_drawn_and_the_rest_by_order(wanted: int, seed: str) -> None:
    made = transcript("试", GROUPS, seedings(chair=seed), wanted)
    drawn = verify(made)
    assert len(drawn) == wanted
    assert {"政法", "经济"} <= {each.group for each in drawn}
    # Whoever is drawn beside the first of each group stands before everybody who is not.
    firsts = {next(code for code in made["order"] if code in group) for group in (members("政法"), members("经济"))}
    others = [code for code in made["order"] if code not in firsts]
    assert set(made["drawn"]) - firsts == set(others[: wanted - 2])


def members(group: str) -> set[str]:
    return {each.code for each in GROUPS if each.group == group}


def test_in_a_grouped_draw_the_next_of_the_group_takes_the_place_and_the_groups_are_frozen() -> None:
    first = transcript("试", GROUPS, seedings(), 3)
    assert first["format"] == "renda draw 2"
    lines = "".join(f"{each.code}\t{each.name}\t{each.group}\n" for each in GROUPS)
    assert first["list_digest"] == hashlib.sha256(lines.encode()).hexdigest()
    (law,) = members("政法") & set(first["drawn"])
    again = transcript("试", GROUPS, seedings(), 3, {law: "已调离"})
    (other,) = members("政法") - {law}
    assert set(again["drawn"]) == {*first["drawn"], other} - {law}
    assert len(verify(again)) == 3
    spoilt = copy.deepcopy(first)
    spoilt["entrants"][5][2] = "政法"
    with pytest.raises(RendaError) as refused:
        verify(spoilt)
    assert refused.value.message == "名单的摘要与记录不符:名单冻结之后被改过。"
    spoilt = {**first, "format": "renda draw 1"}
    with pytest.raises(RendaError) as refused:
        verify(spoilt)
    assert refused.value.code == "drawing.shape"


def test_there_are_no_more_groups_than_are_drawn() -> None:
    with pytest.raises(RendaError) as refused:
        transcript("试", GROUPS, seedings(), 1)
    assert refused.value.message == "名单分为 2 组,每组至少一人,只抽 1 人不够。请调整抽取人数或分组。"


def test_the_published_file_reads_back_as_it_was() -> None:
    assert drawing.as_text(record()) == drawing.as_text(copy.deepcopy(record()))
    assert '"format": "renda draw 1"' in drawing.as_text(record())
