"""Which Chinese texts of the sources become sentences to translate, and which do not."""

import io

from renda.i18n_extract import extract


def taken(source: str) -> list[tuple[int, str]]:
    """The sentences found in a module: (line, sentence)."""
    return [(line, sentence) for line, _, sentence, _ in extract(io.BytesIO(source.encode()), None, None, None)]


def test_every_chinese_sentence_is_taken_wherever_it_stands() -> None:
    source = 'TITLE = "样例"\ndef said(name: str = "某人") -> str:\n    return _("你好,{name}", {"a": "plain"})\n'
    assert sorted(taken(source)) == [(1, "样例"), (2, "某人"), (3, "你好,{name}")]


def test_a_text_that_stands_alone_is_documentation() -> None:
    source = '"""模块。"""\nTOP = 37\n"""天头, in mm."""\nclass A:\n    """类。"""\n    b: int\n    """字段。"""\n'
    assert taken(source) == []
    assert taken(source + 'said("一句话")\n') == [(8, "一句话")]


def test_pieces_of_a_formatted_text_are_not_sentences() -> None:
    assert taken('name = f"单位-{code}"\n') == []


def test_what_is_annotated_verbatim_is_left_as_it_is() -> None:
    source = 'WORD: Verbatim[re.Pattern[str]] = re.compile("[一二]")\nREAD: Verbatim[dict[str, str]] = {"单": "善"}\n'
    assert taken(source) == []
    assert taken('WORD: Verbatim[str]\nOTHER: Mapping[str, str] = {"a": "一句话"}\n') == [(2, "一句话")]
