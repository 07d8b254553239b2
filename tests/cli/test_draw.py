"""`renda draw verify`: a transcript checked without a database."""

import json
from pathlib import Path

from backing.terminal import Terminal
from renda.drawing import Entrant, Seeding, as_text, commitment, transcript

HEADS = tuple(Entrant(f"h{number:02d}", f"主任{number:02d}") for number in range(1, 9))
SEEDS = (("主任会议", "chair-seed-1"), ("监督员", "witness-seed-2"))


def written(folder: Path) -> Path:
    seedings = [Seeding(party, commitment(party, seed), seed) for party, seed in SEEDS]
    file = folder / "draw.json"
    file.write_text(as_text(transcript("抽签", HEADS, seedings, 3)), "utf-8")
    return file


def test_a_right_transcript_names_those_drawn(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path)
    assert terminal.said("draw", "verify", str(file)).endswith("抽签记录核对无误:名单 8 人,抽中 3 人。\n")
    listed = json.loads(terminal.said("draw", "verify", str(file), "--json"))
    assert [each["code"] for each in listed] == json.loads(file.read_text("utf-8"))["drawn"]


def test_a_changed_transcript_ends_with_an_error(terminal: Terminal, tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_text(file.read_text("utf-8").replace("主任01", "主任99"), "utf-8")
    assert "名单的摘要与记录不符:名单冻结之后被改过。" in terminal.refused("draw", "verify", str(file))


def test_another_file_is_no_transcript(terminal: Terminal, tmp_path: Path) -> None:
    for content, reason in (("[]", "list"), ("{", "Expecting property name")):
        file = tmp_path / "draw.json"
        file.write_text(content, "utf-8")
        said = terminal.refused("draw", "verify", str(file))
        assert "draw.json 不是抽签记录" in said
        assert reason in said
