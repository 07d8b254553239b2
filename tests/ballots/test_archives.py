"""The archive of a sitting, checked by the script that does not know this program."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from backing.balloting import SCALE, Hall, refusal
from renda.model import MeetingRow
from renda.sealing import signer_in
from renda.services import archives, ballots
from renda.services.benches.figures import canonical

SCRIPT = Path(__file__).resolve().parents[2] / "tools/verify_archive.py"


def sitting(hall: Hall, title: str = "第二十六次会议") -> int:
    with hall.world.writing() as desk:
        row = MeetingRow(body="committee", title=title, day=date(2020, 11, 26), members=9)
        desk.session.add(row)
        desk.session.flush()
        return row.id


def publish(hall: Hall, number: int) -> None:
    with hall.world.writing() as desk:
        ballots.publish(desk, hall.clerk, number)


def measured(hall: Hall, meeting: int, **options: Any) -> int:
    number = hall.ready("measurement", ["局长甲", "局长乙"], SCALE, meeting=meeting, **options)
    for member in range(8):
        hall.mark(number, member, "满意" if member else "不满意", "基本满意" if member % 2 else "满意")
    hall.close(number)
    return number


def told(hall: Hall, meeting: int, tmp_path: Path) -> str:
    signer = signer_in(tmp_path / "signing.key")
    with hall.world.reading() as desk:
        return archives.archive(desk, meeting, signer)


def verified(text: str, tmp_path: Path, *key: str) -> tuple[int, list[str]]:
    file = tmp_path / "archive.jsonl"
    file.write_text(text, "utf-8")
    ended = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file), *key], capture_output=True, text=True, check=False
    )
    assert not ended.stderr, ended.stderr
    return ended.returncode, ended.stdout.splitlines()


def full_sitting(hall: Hall) -> int:
    """A measurement, a motion partly on paper, a selection, and one the guard keeps."""
    meeting = sitting(hall)
    publish(hall, measured(hall, meeting))
    motion = hall.ready("motion", ["预算调整"], meeting=meeting)
    with hall.world.writing() as desk:
        for person in hall.people()[-2:]:
            ballots.hand_paper(desk, hall.clerk, motion, person)
    for member in range(6):
        hall.mark(motion, member, "yes" if member else "no")
    hall.stop(motion)
    figures = {"returned": 2, "rows": {"1": {"marks": {"yes": 1, "abstain": 1}}}}
    with hall.world.writing() as desk:
        ballots.enter_count(desk, hall.clerk, motion, figures)
        ballots.enter_count(desk, hall.other_clerk, motion, figures)
    hall.close(motion)
    publish(hall, motion)
    chosen = hall.ready("selection", ["桥", "路", "灯"], {"seats": 2}, meeting=meeting)
    for member in range(7):
        hall.cast(chosen, member, {"chosen": ["1", "2" if member % 2 else "3"]})
    hall.close(chosen)
    publish(hall, chosen)
    measured(hall, meeting, k=5)
    return meeting


def test_an_archive_is_right_in_every_part_and_names_nobody(hall: Hall, tmp_path: Path) -> None:
    text = told(hall, full_sitting(hall), tmp_path)
    key = signer_in(tmp_path / "signing.key").public.hex()
    status, said = verified(text, tmp_path, key)
    assert status == 0, "\n".join(said)
    assert [line for line in said if not line.startswith(("right", "note"))] == []
    assert sum(line.startswith("right") for line in said) == 2 + 3 * 4 + 2
    assert "note  表决甲: figures withheld by the district (closed)" in said
    assert not any(member.name in text for member in hall.members)
    assert told(hall, 1, tmp_path) == text


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("result", '"满意":7', '"满意":8'),
        ("papers", '"marks":["满意"]', '"marks":["不满意"]'),
        ("ballot", '"base":"all_members"', '"base":"present"'),
        ("signature", '"signature":"', '"signature":"00'),
    ],
)
def test_a_changed_archive_is_found_out(hall: Hall, tmp_path: Path, kind: str, old: str, new: str) -> None:
    meeting = sitting(hall)
    publish(hall, measured(hall, meeting))
    lines = told(hall, meeting, tmp_path).splitlines()
    place = next(place for place, line in enumerate(lines) if json.loads(line)["kind"] == kind)
    assert old in lines[place]
    lines[place] = lines[place].replace(old, new, 1)
    status, said = verified("\n".join(lines), tmp_path)
    assert status == 1
    fault = "wrong signature: the signature is false" if kind == "signature" else f"wrong chain: entry {place} "
    assert any(line.startswith(fault) for line in said), said


def resealed(text: str, tmp_path: Path, change: Any) -> str:
    """What a forger makes who holds the signing key: everything sealed and signed again."""
    signer = signer_in(tmp_path / "signing.key")
    entries = [json.loads(line) for line in text.splitlines()]
    for entry in entries[:-1]:
        change(entry)
    lines, previous = [], ""
    for number, entry in enumerate(entries[:-1]):
        previous = archives._digest(previous, number, entry["kind"], entry["content"])
        lines.append(canonical({**entry, "digest": previous}))
    signature = {"public_key": signer.public.hex(), "signature": signer.sign(bytes.fromhex(previous)).hex()}
    return "\n".join([*lines, canonical({**entries[-1], "content": signature})])


def swap(entry: dict[str, Any]) -> None:
    for row in entry["content"].get("subjects", ()) if entry["kind"] == "result" else ():
        cells = row.get("cells", {})
        if cells.get("不满意") == 1:
            cells["满意"], cells["不满意"] = cells["不满意"], cells["满意"]


def threshold(entry: dict[str, Any]) -> None:
    if entry["kind"] == "result":
        said = json.dumps(entry["content"], ensure_ascii=False)
        entry["content"] = json.loads(said.replace(" > ", " ≤ "))


def rule(entry: dict[str, Any]) -> None:
    if entry["kind"] == "ballot":
        entry["content"]["rule"]["base"] = "present"


def more(entry: dict[str, Any]) -> None:
    if entry["kind"] == "result":
        entry["content"]["turnout"]["not_pressed"] += 1


def test_even_signed_anew_false_figures_contradict_each_other(hall: Hall, tmp_path: Path) -> None:
    text = told(hall, full_sitting(hall), tmp_path)

    assert verified(resealed(text, tmp_path, lambda entry: None), tmp_path)[0] == 0
    for change, fault in (
        (swap, "papers and figures: the papers of 局长甲 do not make its figures"),
        (threshold, "thresholds: false:"),
        (rule, "rule: the rule was changed"),
        (more, "turnout: those returned and those not returned do not make those issued"),
    ):
        status, said = verified(resealed(text, tmp_path, change), tmp_path)
        assert status == 1
        assert any(fault in line for line in said), (fault, said)


def test_another_key_than_the_announced_is_told(hall: Hall, tmp_path: Path) -> None:
    meeting = sitting(hall)
    publish(hall, measured(hall, meeting))
    status, said = verified(told(hall, meeting, tmp_path), tmp_path, "ab" * 32)
    assert status == 1
    assert any("not by the announced key" in line for line in said)


def test_a_sitting_without_results_has_no_archive(hall: Hall, tmp_path: Path) -> None:
    empty = sitting(hall, "空会")
    assert refusal(lambda: told(hall, empty, tmp_path)) == "“空会”没有表决,没有可存档的结果。 [archive.empty]"
    assert refusal(lambda: told(hall, 99, tmp_path)) == "没有第 99 号会议,不能生成存档。 [archive.no_meeting]"
    hall.ready("motion", meeting=empty)
    assert refusal(lambda: told(hall, empty, tmp_path)) == (
        "“表决甲”还没有计票。全部表决计票之后才能生成存档。 [archive.unfinished]"
    )
