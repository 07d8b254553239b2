from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from backing.world import FIRST, Town, Towns
from renda.errors import RendaError
from renda.letterheads import Letterheads
from renda.matter import ANYBODY
from renda.model import EventRow, NoticeRow
from renda.services import chain, notices
from renda.services.notices import Wanted


def issued(town: Town, title: str = "增设路灯", **entries: Any) -> int:
    """A suggestion handed over; the number of the document that says so."""
    town.assign(town.propose(title, **entries))
    with town.world.reading() as desk:
        return max(desk.session.scalars(select(NoticeRow.id)))


def send(town: Town, number: int, names: list[str], login: str = "clerk", **options: Any) -> int:
    with town.world.writing() as desk:
        return notices.send(desk, town.actors[login], number, names, options.pop("channel", "system"), **options)


def refused(town: Town, number: int, names: list[str], **options: Any) -> str:
    with pytest.raises(RendaError) as error:
        send(town, number, names, **options)
    return error.value.message


def test_what_was_sent_when_to_whom_is_in_the_record(towns: Towns) -> None:
    jia = towns.jia
    number = issued(jia)
    entry = send(jia, number, ["住建局", "区委办", " "], channel="hand", day=FIRST)
    with jia.world.reading() as desk:
        event = desk.session.scalars(select(EventRow).where(EventRow.number == entry)).one()
        assert (event.label, event.came_from, event.went_to) == ("发出文件", "assigned", "assigned")
        assert event.entries == {
            "notice": number,
            "number": "〔2020〕1号",
            "to": [{"recipient": "住建局", "part": "to"}, {"recipient": "区委办", "part": "more"}],
            "channel": "hand",
            "day": "2020-03-02",
        }
        told = [(row.recipient, row.part, row.channel, row.sent_on) for row in notices.sendings(desk, number)]
        assert told == [("住建局", "to", "hand", FIRST), ("区委办", "more", "hand", FIRST)]
        assert notices.waiting_for(desk, notices.find(desk, jia.actors["clerk"], number)) == {}
        assert chain.first_broken(desk) is None


def test_the_same_form_sent_twice_is_entered_once(towns: Towns) -> None:
    number = issued(towns.jia)
    first = send(towns.jia, number, ["住建局"], submission="same")
    assert send(towns.jia, number, ["住建局"], submission="same") == first


def test_what_is_wrong_with_sending_is_told(local_towns: Towns) -> None:
    jia = local_towns.jia
    number = issued(jia)
    assert refused(jia, number, [" "]) == "没有写明发给谁。请选择主送、抄送单位,或者填写加发单位。"
    assert refused(jia, number, ["住建局"], channel="fax") == (
        "不认识的发送方式“fax”。可用的:电子公文系统、机要、专人送达、邮寄、电子邮件、会上发放、公开发布。"
    )
    assert refused(jia, number, ["住建局"], day=date(2020, 3, 1)) == (
        "发出日期 2020-03-01 早于成文日期 2020-03-02 或晚于今天。请改正。"
    )
    assert "晚于今天" in refused(jia, number, ["住建局"], day=date(2020, 3, 3))
    assert refused(jia, number, ["局" * 121]) == f"单位名称“{'局' * 20}…”太长:至多 120 个字。"
    assert refused(jia, number, ["住建局"], login="bureau") == "只有工作人员能登记文件的发出。"
    assert refused(jia, number + 9, ["住建局"]) == f"没有编号为 {number + 9} 的文件,或者您不能查看它。"
    send(jia, number, ["住建局"])
    assert refused(jia, number, ["住建局"]) == (
        "“关于交办“增设路灯”的通知”已于 2020-03-02 发给住建局。确需再发的,请注明补发。"
    )
    assert send(jia, number, ["住建局"], again=True)


def test_the_list_is_narrowed_and_shows_only_what_one_may_read(towns: Towns) -> None:
    jia = towns.jia
    open_, secret = issued(jia), issued(jia, "保密的", secret=True)
    send(jia, open_, ["住建局"])

    def listed(login: str, **wanted: Any) -> list[int]:
        with jia.world.reading() as desk:
            viewer = ANYBODY if login == "" else jia.actors[login]
            return [row.id for row in notices.listed(desk, viewer, Wanted(**wanted)).rows]

    assert listed("clerk") == [secret, open_]
    assert listed("second") == [open_]
    assert listed("") == []
    assert (listed("clerk", sent=True), listed("clerk", sent=False)) == ([open_], [secret])
    assert (listed("clerk", text="保密"), listed("clerk", recipient="住建"), listed("clerk", genre="报告")) == (
        [secret], [secret, open_], [],
    )  # fmt: skip
    with jia.world.reading() as desk:
        portion = notices.listed(desk, jia.actors["clerk"], Wanted(), size=1)
        assert ([row.id for row in portion.rows], portion.before) == ([secret], secret)
        further = notices.listed(desk, jia.actors["clerk"], Wanted(before=portion.before), size=1)
        assert ([row.id for row in further.rows], further.before) == ([open_], None)
        assert further.sent_on == {open_: FIRST}
        assert notices.genres(desk) == ["交办单"]


def test_numbers_run_through_the_year_for_each_code_and_the_fixed_sentences_are_kept(local_towns: Towns) -> None:
    jia = local_towns.jia
    first = issued(jia)
    with jia.world.reading() as desk:
        book = desk.rulebook
    files: dict[str, dict[str, Any]] = {
        "common": {"code": "甲人常发"},
        "函": {"code": "甲人常函", "closing": ["特此交办。"], "copies": ["区委办"]},
    }
    kept, book.letterheads = book.letterheads, Letterheads(book.district, files)
    try:
        numbers = [issued(jia, f"建议{at}") for at in range(2)]
    finally:
        book.letterheads = kept
    with jia.world.reading() as desk:
        rows = [desk.session.get(NoticeRow, number) for number in (first, *numbers)]
        assert [row.number for row in rows if row] == ["〔2020〕1号", "甲人常函〔2020〕1号", "甲人常函〔2020〕2号"]
        last = rows[-1]
        assert last is not None
        assert (last.paragraphs, last.copies) == (["请按期答复。", "特此交办。"], ["区委办"])
        assert last.issuer == "甲区人大常委会"
