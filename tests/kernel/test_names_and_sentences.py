"""What a plugin may import is pinned; every error has a sentence that can be said; English where there is any."""

import importlib
import pickle
import pkgutil
import re
import string
from pathlib import Path
from typing import Any

import pytest
from kernel.conftest import refusal

import renda
from renda import RendaError, declare, i18n
from renda.errors import declared
from renda.i18n import add_catalogues, current_locale, gettext, reading_in

PUBLIC = [
    "Actor", "Appointment", "Attachment", "Ballot", "BallotSubject", "Change", "Channel", "Deadline", "Entry", "Event",
    "Explained", "Fact", "Follow", "Kind", "Link", "Matter", "Message", "Opening", "Paper", "Party", "Practice", "Problem",
    "Project", "Question", "Questionnaire", "Records", "RendaError", "Schema", "Section", "Sheet", "Span",
    "SuggestionAccounts", "SuggestionLife", "TableError", "Turn", "action", "banded", "capped", "chosen", "cite_ballot", "cite_fact", "cite_matter", "cite_rule", "condition", "counted", "declare",
    "drawing", "due", "due_on", "fields", "floored", "gathered", "hookimpl", "latest_before", "leaf", "looked_up",
    "mean", "met", "minus", "outcomes", "percent", "ratio", "rounded", "times", "total",
]  # fmt: skip
BEGUN_WHEN_IMPORTED = {"renda.__main__"}


def test_what_a_plugin_may_import_is_this_and_no_more() -> None:
    assert renda.__all__ == PUBLIC
    assert [name for name in PUBLIC if not hasattr(renda, name)] == []


def whole_distribution() -> None:
    for module in pkgutil.walk_packages(renda.__path__, "renda."):
        if module.name not in BEGUN_WHEN_IMPORTED:
            importlib.import_module(module.name)
    import_plugins = importlib.import_module("renda_plugins")
    for module in pkgutil.walk_packages(import_plugins.__path__, "renda_plugins."):
        importlib.import_module(module.name)


class Anything:
    """Fills any place of a sentence."""

    def __format__(self, spec: str) -> str:
        return "某"


def test_every_error_has_a_chinese_sentence_that_can_be_said() -> None:
    whole_distribution()
    said = declared()
    assert len(said) > 50
    for code, (sentence, status) in said.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", code), code
        assert re.search(r"[\u4e00-\u9fff]", sentence), code
        assert 400 <= status < 600, code
        places = [place for _, place, _, _ in string.Formatter().parse(sentence) if place is not None]
        assert all(re.fullmatch(r"[a-z_]+", place) for place in places), (code, places)
        values: dict[str, Any] = dict.fromkeys(places, Anything())
        message = RendaError(code, **values).message
        assert not any(f"{{{place}}}" in message for place in places), code
        assert message.count("某") >= len(places), code


def test_a_code_nobody_declared_cannot_be_raised() -> None:
    with pytest.raises(KeyError, match=r"undeclared error code: no\.such"):
        RendaError("no.such")


def test_a_code_is_declared_once_or_alike() -> None:
    declare({"matter.endless": declared()["matter.endless"][0]}, status=declared()["matter.endless"][1])
    with pytest.raises(ValueError, match=r"declared twice: matter\.endless"):
        declare({"matter.endless": "另一句"})


def test_an_error_goes_whole_to_another_process() -> None:
    error = RendaError("form.invalid", fields={"title": "必须填写。"}, mistakes="标题:必须填写。")
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.fields, again.values, again.message) == (
        error.code, error.fields, error.values, error.message,
    )  # fmt: skip
    assert str(again) == "表单有误:标题:必须填写。 [form.invalid]"


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of translations of its own, with two sentences, one of them uncertain."""
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    text += 'msgid "样例里有 {number} 件"\nmsgstr "{number} in the sample"\n\n'
    text += '#, fuzzy\nmsgid "样例存疑"\nmsgstr "sample in doubt"\n\nmsgid "样例未译"\nmsgstr ""\n'
    (folder / "sample.po").write_text(text, "utf-8")
    monkeypatch.setattr(i18n, "_folders", list(i18n._folders))
    i18n._catalogue.cache_clear()
    return tmp_path / "translations"


def test_sentences_are_read_in_the_language_chosen(catalogue: Path) -> None:
    assert gettext("样例里有 {number} 件", number=3) == "样例里有 3 件"
    with reading_in("en"):
        assert gettext("样例里有 {number} 件", number=3) == "样例里有 3 件"
        add_catalogues(catalogue)
        add_catalogues(catalogue)
        assert current_locale() == "en"
        assert gettext("样例里有 {number} 件", number=3) == "3 in the sample"
        assert [gettext(said) for said in ("样例存疑", "样例未译", "")] == ["样例存疑", "样例未译", ""]
        with reading_in("fr"):
            assert current_locale() == "zh_CN"
        assert current_locale() == "en"
    assert current_locale() == "zh_CN"
    i18n._catalogue.cache_clear()


def test_a_refusal_is_in_the_readers_language_when_it_is_read() -> None:
    error = refusal(lambda: (_ for _ in ()).throw(RendaError("matter.stale")))
    chinese = error.message
    with reading_in("en"):
        assert error.message != chinese
        assert re.search(r"[\u4e00-\u9fff]", error.message) is None
    assert error.message == chinese
