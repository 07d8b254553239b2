from pathlib import Path

import pytest

from renda.district_files import DistrictFile
from renda.errors import RendaError
from renda.letterheads import FONTS, Letterheads, family_of, read_letterhead

JIA = DistrictFile("jia", "甲区", "乙市甲区", "第一届")


def read(folder: Path, **files: str) -> Letterheads:
    place = folder / "jia" / "documents"
    place.mkdir(parents=True)
    for name, text in files.items():
        (place / f"{name}.toml").write_text(text, "utf-8")
    return Letterheads(JIA, {path.stem: read_letterhead(path, path.read_bytes()) for path in sorted(place.iterdir())})


def test_without_files_names_follow_from_the_district_and_numbers_have_no_code(tmp_path: Path) -> None:
    found = Letterheads(JIA, {}).of("通报")
    assert (found.organ, found.head, found.code) == (
        "乙市甲区人民代表大会常务委员会",
        "乙市甲区人民代表大会常务委员会文件",
        "",
    )
    assert (found.office, found.form, found.fonts) == (f"{found.organ}办公室", "document", FONTS)


def test_the_nearer_file_has_the_last_word(tmp_path: Path) -> None:
    heads = read(
        tmp_path,
        common='code = "甲人常发"\noffice = "办公室"\nfonts = { body = "仿宋", page = "宋体" }',
        函='code = "甲人常函"\nclosing = ["特此函告。"]',
        催办函='closing = ["请抓紧办理。"]\nfonts = { body = "方正仿宋_GBK" }',
    )
    common, letter, reminder = (heads.of(genre) for genre in ("通报", "函", "催办函"))
    assert [common.code, letter.code, reminder.code] == ["甲人常发", "甲人常函", "甲人常函"]
    assert [*common.closing, *letter.closing, *reminder.closing] == ["特此函告。", "请抓紧办理。"]
    assert [each.fonts["body"] for each in (common, letter, reminder)] == ["仿宋", "仿宋", "方正仿宋_GBK"]
    assert reminder.form == "letter"


@pytest.mark.parametrize(
    ("genre", "family"),
    [
        ("函", ("函", "letter")),
        ("答复函", ("函", "letter")),
        ("交办单", ("函", "letter")),
        ("问题清单", ("函", "letter")),
        ("会议纪要", ("会议纪要", "minutes")),
        ("公告", ("公告", "announcement")),
        ("报告", ("报告", "upward")),
        ("通报", ("common", "document")),
    ],
)
def test_a_kind_of_document_has_its_form(genre: str, family: tuple[str, str]) -> None:
    assert family_of(genre) == family


def test_fixed_sentences_stand_around_the_text_and_the_last_is_not_said_twice(tmp_path: Path) -> None:
    head = read(tmp_path, 函='opening = ["你单位:"]\nclosing = ["特此函告。"]').of("函")
    assert head.framed(["请办理。"]) == ["你单位:", "请办理。", "特此函告。"]
    assert head.framed(["请办理。", "特此函告。"]) == ["你单位:", "请办理。", "特此函告。"]


ENTRIES = "organ、head、code、office、signer、note、secrecy、urgency、form、opening、closing、copies、fonts"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('heads = "甲区"', f"jia/documents/函.toml 有不认识的键“heads”。可用的键:{ENTRIES}。"),
        ("head = 1", "jia/documents/函.toml 的“head”应为文字。"),
        ('closing = "特此函告。"', 'jia/documents/函.toml 的“closing”应为若干段文字,例如 ["特此函告。"]。'),
        (
            'form = "fax"',
            "jia/documents/函.toml 的 form 写的是“fax”。可用的:document、upward、letter、announcement、minutes。",
        ),
        ('fonts = "仿宋"', 'jia/documents/函.toml 的“fonts”应为对照表,例如 { body = "仿宋" }。'),
        (
            'fonts = { text = "仿宋" }',
            "jia/documents/函.toml 的 fonts 有不认识的键“text”。可用的键:head、title、body、first、second、page。",
        ),
        (f'code = "{"长" * 41}"', "jia/documents/函.toml 的“code”太长:至多 40 个字。"),
    ],
)
def test_mistakes_are_told_with_file_and_entry(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RendaError) as refused:
        read(tmp_path, 函=text)
    assert refused.value.message == said
