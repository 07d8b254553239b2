"""The measures of GB/T 9704-2012, read back from the file; and from the printed page where LibreOffice is there."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from renda.district_files import DistrictFile
from renda.documents import measures
from renda.documents.official import Official, Part, written
from renda.documents.wording import heading, title_lines, width
from renda.letterheads import Letterheads

JIA = DistrictFile("jia", "甲区", "乙市甲区", "第一届")
HEADS = Letterheads(
    JIA, {"common": {"code": "甲人常发", "signer": "代表甲一"}, "函": {"code": "甲人常函", "note": "联系人:丙"}}
)
TEXT = "根据《甲区人民代表大会常务委员会履职评阅办法》,组织了对二〇二五年度履职报告的评阅。"


def made(genre: str = "通报", **said: Any) -> Any:
    return docx.Document(BytesIO(file(genre, **said)))


def file(genre: str = "通报", **said: Any) -> bytes:
    head = HEADS.of(genre)
    told: dict[str, Any] = {
        "title": f"关于履职报告评阅情况的{genre}",
        "paragraphs": [TEXT],
        "issued_on": date(2026, 11, 5),
        "number": f"{head.code}〔2026〕1号",
        "recipients": ["区人民政府", "区监察委员会"],
        **said,
    }
    return written(Official(letterhead=head, **told))


def find(document: Any, text: str) -> Any:
    return next(each for each in document.paragraphs if each.text.startswith(text))


def font(paragraph: Any, at: int = 0) -> tuple[str, float]:
    run = paragraph.runs[at]
    return run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), run.font.size.pt


def test_the_paper_is_a4_with_the_margins_of_the_standard() -> None:
    section = made().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(each.mm) for each in margins] == [37, 28, 26, 35]
    assert (measures.TEXT_WIDTH, measures.TEXT_HEIGHT) == (156, 225)


def test_twenty_two_lines_of_twenty_eight_characters_fill_the_page() -> None:
    document = made()
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert 0 <= measures.twips(225) - measures.LINES * measures.LINE < measures.LINE // 10
    assert 0 <= measures.twips(156) - measures.CHARACTERS * measures.CHARACTER < measures.CHARACTER
    text = find(document, TEXT)
    spacing = text._p.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert text.runs[0]._r.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert text.paragraph_format.first_line_indent.twips == 2 * measures.CHARACTER


def test_each_part_has_its_font_and_size() -> None:
    document = made(paragraphs=["一、基本情况。共二十六份。", "（一）报送情况", "1. 按时的", TEXT])
    assert font(find(document, "乙市甲区人民代表大会常务委员会文件"))[0] == "方正小标宋简体"
    assert font(find(document, "关于履职")) == ("方正小标宋简体", 22)
    assert font(find(document, "一、")) == ("黑体", 16)
    assert font(find(document, "一、"), 1) == ("仿宋_GB2312", 16)
    assert font(find(document, "（一）")) == ("楷体_GB2312", 16)
    assert font(find(document, "1. ")) == ("仿宋_GB2312", 16)
    assert font(find(document, "区人民政府、区监察委员会：")) == ("仿宋_GB2312", 16)


def test_fonts_are_named_with_what_may_stand_in_for_them_and_none_is_shipped() -> None:
    document = made()
    parts = {str(part.partname): part for part in document.part.package.iter_parts()}
    table = parts["/word/fontTable.xml"].blob.decode()
    assert 'w:name="仿宋_GB2312"' in table
    assert "FangSong" in table
    assert [name for name in parts if "odttf" in name or "/fonts/" in name] == []


def test_the_head_is_red_and_the_line_below_the_number_too() -> None:
    document = made()
    head = find(document, "乙市甲区人民代表大会常务委员会文件")
    assert head.runs[0].font.color.rgb == docx.shared.RGBColor(255, 0, 0)
    before = document.paragraphs[0]._p.pPr.find(qn("w:spacing")).get(qn("w:line"))
    size = round(head.runs[0].font.size.pt)
    assert abs(int(before) + size * 13 // 4 - measures.twips(35)) <= 1
    line = find(document, "甲人常发〔2026〕1号")._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert line.get(qn("w:color")) == "FF0000"


def test_a_long_head_stays_in_one_line() -> None:
    head = find(made(), "乙市甲区人民代表大会常务委员会文件").runs[0]
    scale = int(head._r.rPr.find(qn("w:w")).get(qn("w:val")))
    assert len(head.text) * head.font.size.pt * scale / 100 <= 156 * 72 / 25.4


def test_a_document_that_goes_up_names_who_signs_it() -> None:
    line = find(made("报告"), "甲人常发〔2026〕1号")
    assert line.text == "甲人常发〔2026〕1号\t签发人：代表甲一"
    assert font(line, 1) == ("楷体_GB2312", 16)


def test_page_numbers_stand_between_dashes_odd_right_even_left() -> None:
    document = made()
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side, indent in ((section.footer, "right", "right"), (section.even_page_footer, "left", "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "—  —"
        assert " PAGE " in paragraph._p.xml
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{indent}")) == str(measures.CHARACTER)
        assert font(paragraph) == ("宋体", 14)


def test_organ_and_date_leave_room_for_the_seal() -> None:
    document = made()
    day = find(document, "2026年11月5日")
    assert day.paragraph_format.right_indent.twips == 4 * measures.CHARACTER
    signed = next(each for each in document.paragraphs if each.text == HEADS.of("函").organ)
    # The organ is centred over the date.
    middle = [
        each.paragraph_format.right_indent.twips * 2 + width(each.text) * measures.CHARACTER // 2
        for each in (day, signed)
    ]
    assert abs(middle[0] - middle[1]) <= measures.CHARACTER


def test_attachments_are_listed_below_the_text_and_begin_a_page_of_their_own() -> None:
    rows = [[str(at), "对代表建议的答复不够及时,应当自动换行" * 3] for at in range(1, 4)]
    parts = (Part("问题清单", ("汇总如下。",), ("序号", "问题"), rows), Part("名单", ("代表甲一",)))
    document = made(attachments=parts)
    listed = [each.text for each in document.paragraphs]
    assert listed[listed.index("附件：1. 问题清单") + 1] == "2. 名单"
    for text in ("附件1", "附件2"):
        assert find(document, text)._p.pPr.find(qn("w:pageBreakBefore")) is not None
        assert font(find(document, text)) == ("黑体", 16)
    table = document.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "问题"]
    assert sum(cell.width for cell in table.rows[1].cells) == measures.twips(156) * measures.EMU
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_one_attachment_bears_no_number() -> None:
    texts = [each.text for each in made(attachments=(Part("名单"),)).paragraphs]
    assert "附件：名单" in texts
    assert "附件" in texts


def test_the_imprint_has_its_lines_at_the_foot_of_the_last_page() -> None:
    document = made(copies=["区委组织部"])
    table = document.tables[-1]
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：区委组织部。",
        "乙市甲区人民代表大会常务委员会办公室\t2026年11月5日印发",
    ]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert [borders.find(qn(f"w:{side}")).get(qn("w:sz")) for side in ("top", "bottom", "insideH")] == ["8", "8", "6"]
    assert font(table.rows[0].cells[0].paragraphs[0])[1] == 14


def test_a_letter_has_double_lines_and_no_page_number_on_its_first_page() -> None:
    document = made("函", copies=["区人民政府办公室"])
    section = document.sections[0]
    assert section.different_first_page_header_footer
    head = section.first_page_header
    assert head.paragraphs[0].text == "乙市甲区人民代表大会常务委员会"
    for part, sizes in ((head.paragraphs[1:], ["18", "6"]), (section.first_page_footer.paragraphs[1:], ["6", "18"])):
        lines = [each._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom")) for each in part]
        assert [line.get(qn("w:sz")) for line in lines] == sizes
        indents = [each._p.pPr.find(qn("w:ind")) for each in part]
        beyond = [-int(each.get(qn("w:left"))) - int(each.get(qn("w:right"))) for each in indents]
        assert all(abs(each - measures.twips(170 - 156)) <= 1 for each in beyond)
    assert "PAGE" not in section.first_page_footer._element.xml
    assert find(document, "\t甲人常函〔2026〕1号") is not None
    assert find(document, "（联系人:丙）") is not None
    assert [row.cells[0].text for row in document.tables[-1].rows] == ["抄送：区人民政府办公室。"]


def test_a_reply_bears_the_departments_head_and_no_number_of_ours() -> None:
    document = made("答复函", issuer="甲区住房和城乡建设局", number="")
    assert document.sections[0].first_page_header.paragraphs[0].text == "甲区住房和城乡建设局"
    assert "甲人常函" not in "".join(each.text for each in document.paragraphs)
    assert find(document, "甲区住房和城乡建设局") is not None
    assert "联系人" not in "".join(each.text for each in document.paragraphs)


def test_an_announcement_has_no_recipients_and_no_imprint() -> None:
    document = made("公告", copies=[])
    assert find(document, "乙市甲区人民代表大会常务委员会公告") is not None
    assert "区人民政府" not in "".join(each.text for each in document.paragraphs)
    assert document.tables == []


def test_minutes_list_who_was_there_without_breaking_a_name() -> None:
    document = made("会议纪要", people=[("出席", [*("代表甲一", "田富") * 9])])
    lines = [each.text for each in document.paragraphs if "代表甲一" in each.text]
    assert lines[0].startswith("出席：代表甲一")
    assert "".join(lines).replace("　", "").count("代表甲一") == 9
    assert not any(line.endswith("　") or line.startswith("　") for line in lines)
    assert "乙市甲区人民代表大会常务委员会" not in [each.text for each in document.paragraphs]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于履职报告评阅问题整改的函", ["关于履职报告评阅问题整改的函"]),
        (
            "关于2025年度区人民政府组成部门主要负责人履职报告评阅情况的报告",
            ["关于2025年度区人民政府组成部门", "主要负责人履职报告评阅情况的报告"],
        ),
    ],
)
def test_a_title_falls_into_lines_of_nearly_the_same_length(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines


def test_a_title_breaks_no_quotation_and_no_number() -> None:
    for line in title_lines("关于代表建议“在人民路口增设红绿灯和人行天桥”办理情况2026年第一次通报"):
        assert line.count("“") == line.count("”")
        assert not line.endswith(("2", "20", "202"))


def test_a_long_sentence_that_begins_like_a_heading_is_text() -> None:
    text = "一、" + "长" * 45 + "。"
    assert heading(text) == ("body", "", text)
    assert heading("一、短标题。其余正文") == ("first", "一、短标题。", "其余正文")
    assert heading("（二）短标题") == ("second", "（二）短标题", "")


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert find(made(paragraphs=["甲\x00乙\x08丙"]), "甲乙丙") is not None


def test_the_same_document_is_written_the_same_twice() -> None:
    assert docx.Document(BytesIO(file())).element.xml == docx.Document(BytesIO(file())).element.xml


def printed_pages(content: bytes, folder: Path) -> int | None:
    """How many pages LibreOffice prints; None where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        return None
    (folder / "a.docx").write_bytes(content)
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "a.docx"],
        cwd=folder, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "a.pdf").read_bytes().count(b"/Type/Page/") or (folder / "a.pdf").read_bytes().count(
        b"/Type /Page\n"
    )


def test_a_text_of_two_pages_and_no_more_is_printed_on_two(tmp_path: Path) -> None:
    # The first page holds the head and about seven lines, the second twenty-two.
    content = file(paragraphs=["字" * 26 * 4] * 4, copies=["区委组织部"])
    assert printed_pages(content, tmp_path) in {None, 2}
    assert len([each for each in docx.Document(BytesIO(content)).paragraphs if each.text.startswith("字")]) == 4
    assert Pt(measures.BODY) == find(docx.Document(BytesIO(content)), "字").runs[0].font.size
