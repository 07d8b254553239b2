"""坪山 and 江北: the figures their articles print, read from the pages; the draw checked with the page's own file."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from backing.demo import matters, page_text, played
from renda.cli import main
from renda.model import BallotRow, NoticeRow
from renda.services import chain, rescoring
from renda.services.reading import DistrictRecords
from renda.testing.factories import World
from renda.web.app import create_app

CODE = "duty_report"


@pytest.fixture(scope="module")
def pingshan() -> Iterator[World]:
    world = played("pingshan", CODE, ballots="44-*")
    yield world
    world.close()


@pytest.fixture(scope="module")
def jiangbei() -> Iterator[World]:
    world = played("jiangbei", CODE, ballots="44-*")
    yield world
    world.close()


def visitor(world: World) -> Any:
    """Somebody who has not signed in."""
    return create_app(world.installation, secret_key="of a test", secure_cookies=False).test_client()


def table(world: World, code: str, since: int, until: int) -> list[list[str]]:
    """A table as the page hands it out, without its head."""
    time = f"since={since}-01-01&until={until}-12-31"
    answer = visitor(world).get(f"/{world.slug}/sheets/{CODE}/{code}?{time}&format=csv", buffered=True)
    assert answer.status_code == 200
    return list(csv.reader(answer.data.decode("utf-8-sig").splitlines()))[1:]


def verified(file: Path, *options: str) -> str:
    """What `renda draw verify` says of a file."""
    answer = CliRunner().invoke(main, ["draw", "verify", str(file), *options])
    return answer.output


def notices(world: World, genre: str) -> list[NoticeRow]:
    with world.reading() as desk:
        return list(desk.session.scalars(select(NoticeRow).where(NoticeRow.genre == genre).order_by(NoticeRow.id)))


def test_in_pingshan_six_heads_speak_and_fourteen_are_measured_each_year(pingshan: World) -> None:
    assert table(pingshan, "duty_report_years", 2020, 2021) == [
        ["2019", "24", "24", "23", "6", "18", "14", "95.8%"],
        ["2020", "24", "24", "24", "6", "18", "14", "100%"],
    ]
    results = table(pingshan, "duty_report_results", 2020, 2020)
    assert [row[2] for row in results] == ["口头"] * 6 + ["书面"] * 8
    assert "口头述职 6" in page_text(pingshan, f"/sheets/{CODE}/duty_report_years?since=2020-01-01&until=2020-12-31")


def test_in_pingshan_reports_are_due_in_the_first_quarter_and_one_was_late(pingshan: World) -> None:
    with pingshan.reading() as desk:
        records = DistrictRecords(desk)
        late = records.facts("duty_report.late", since=date(2020, 1, 1), until=date(2021, 12, 31))
        assert [(each.subject.name, each.text) for each in late] == [("副检察长癸一", "履职情况报告迟交 6 天")]
        assert len(records.facts("appraisal.result", since=date(2020, 1, 1), until=date(2020, 12, 31))) == 14
    assert {each.payload["due"] for each in matters(pingshan, CODE, "report")} == {date(2020, 3, 31), date(2021, 3, 31)}
    changed = [each.title for each in matters(pingshan, CODE, "report") if each.payload["changed"]]
    assert changed == ["局长庚19(演示工作部门庚)", "局长庚20(演示工作部门辛)"]


def test_the_result_goes_to_the_party_committee_with_copies_to_government_and_organisation(pingshan: World) -> None:
    reports = notices(pingshan, "报告")
    assert {(*each.recipients, *each.copies) for each in reports} == {("区委", "区人民政府", "区组织人事部门")}
    assert "2019 年度书面述职 24 人,其中口头述职 6 人;测评 14 人,结果已当场公布。" in reports[0].paragraphs
    with pingshan.reading() as desk:
        ballots = desk.session.scalars(select(BallotRow)).all()
        assert [(each.state, each.display, each.secrecy) for each in ballots] == [("published", "direct", "secret")] * 2


def test_whoever_spoke_is_not_drawn_again_and_who_is_new_in_post_not_at_all(pingshan: World) -> None:
    first, second = matters(pingshan, CODE, "draw")
    listed = {each["name"] for each in first.payload["entrants"]}
    assert len(listed) == 19
    assert "局长庚19" not in listed
    assert "局长庚20" in listed
    again = {each["code"] for each in second.payload["entrants"]}
    assert len(again) == 14
    assert not again & set(first.payload["drawn"])
    assert first.payload["widened"] is False


def test_the_file_of_the_page_is_one_that_renda_draw_verify_accepts(pingshan: World, tmp_path: Path) -> None:
    public = visitor(pingshan)
    for draw in matters(pingshan, CODE, "draw"):
        page = public.get(f"/pingshan/matters/{draw.id}").get_data(as_text=True)
        address = f"/pingshan/matters/{draw.id}/files/transcript"
        assert f'<a href="{address}">draw.json</a>' in page
        assert draw.payload["list_digest"] in page
        answer = public.get(address, buffered=True)
        assert answer.headers["Content-Disposition"] == "attachment; filename=draw.json"
        file = tmp_path / f"{draw.id}.json"
        file.write_bytes(answer.data)
        assert verified(file).endswith(f"抽签记录核对无误:名单 {len(draw.payload['entrants'])} 人,抽中 6 人。\n")
        listed = json.loads(verified(file, "--json"))
        assert [each["code"] for each in listed] == list(draw.payload["drawn"])
        file.write_bytes(answer.data.replace("局长庚05".encode(), "局长庚99".encode()))
        assert "名单的摘要与记录不符" in verified(file)


def test_a_file_that_is_none_and_a_report_of_others_are_not_handed_out(pingshan: World) -> None:
    public = visitor(pingshan)
    draw, report = matters(pingshan, CODE, "draw")[0], matters(pingshan, CODE, "report")[0]
    missing = public.get(f"/pingshan/matters/{draw.id}/files/list_digest")
    assert missing.status_code == 404
    assert "这个事项没有“list_digest”这个文件。" in missing.get_data(as_text=True)
    assert "sign-in" in public.get(f"/pingshan/matters/{report.id}/files/transcript").headers["Location"]


def test_the_draw_is_told_in_its_order_with_whom_it_replaced_and_why(pingshan: World) -> None:
    rows = table(pingshan, "duty_report_draw_2020", 2021, 2021)
    assert len(rows) == 14
    assert rows[0] == ["1", "演示发展改革局局长", "局长庚01", "抽中后替换:因病住院,不能到会,只作书面述职"]
    assert [row[3] for row in rows[1:8]] == ["抽中"] * 6 + [""]
    papers = [each for each in notices(pingshan, "公告") if each.public]
    assert [each.title for each in papers] == [
        "2019 年度口头述职人员抽签名单", "2019 年度口头述职人员抽签结果", "2020 年度口头述职人员抽签名单",
        "2020 年度口头述职人员抽签结果", "2020 年度口头述职人员抽签结果",
    ]  # fmt: skip
    assert any(line.startswith("主任会议:承诺 ") and "种子“主任会议种子 2019" in line for line in papers[1].paragraphs)


def test_in_jiangbei_eight_spoke_and_twelve_wrote(jiangbei: World) -> None:
    years = table(jiangbei, "duty_report_years", 2020, 2020)
    assert years == [["2020", "20", "20", "20", "8", "12", "20", "100%"]]
    (round_,) = matters(jiangbei, CODE, "round")
    assert round_.payload["meeting_on"] == date(2020, 11, 26)
    assert "第二十六次会议" in round_.payload["meeting"]
    results = table(jiangbei, "duty_report_results", 2020, 2020)
    assert [row[2] for row in results] == ["口头"] * 8 + ["书面"] * 12
    assert results[0] == ["2020", "述职壬一(区发展改革委)", "口头", "19", "4", "0", "100%"]


def test_in_jiangbei_unit_and_person_hear_the_result_and_the_opinions(jiangbei: World) -> None:
    letters, (report,) = notices(jiangbei, "函"), notices(jiangbei, "报告")
    assert len(letters) == 20
    assert letters[0].recipients == ["区发展改革委", "述职壬一"]
    assert letters[0].paragraphs == [
        "测评结果:满意 19 票、基本满意 4 票、不满意 0 票;满意和基本满意率 100.0%,等次为满意。",
        "审议意见:履职总体较好;应继续增强人大意识,改进代表建议办理。",
    ]
    assert [*report.recipients, *report.copies] == ["区委", "区人民政府", "区人民法院", "区人民检察院", "区委组织部"]


@pytest.mark.parametrize("district", ["pingshan", "jiangbei"])
def test_the_record_is_whole_and_every_score_comes_out_again(district: str, request: pytest.FixtureRequest) -> None:
    world = request.getfixturevalue(district)
    with world.reading() as desk:
        assert chain.first_broken(desk) is None
        assert list(rescoring.differences(desk)) == []
