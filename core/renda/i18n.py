"""The reader's language. Chinese sentences are the message ids; Babel's catalogues turn them into English.

A catalogue is a folder ``translations/<locale>/LC_MESSAGES/*.po`` of the core or of a plugin. It is read
when the first sentence in that language is asked for, so that nobody waits for a language nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from babel.messages.pofile import read_po

SOURCE_LOCALE = "zh_CN"
LOCALES = {"zh_CN": "中文", "en": "English"}
Said = TypeVar("Said")
Verbatim = Annotated[Said, "not translated"]
"""The type of a name whose Chinese is no sentence, ``X: Verbatim[str] = "…"``: it stays out of the catalogues."""

_locale: ContextVar[str] = ContextVar("renda_locale", default=SOURCE_LOCALE)
_folders: list[Path] = [Path(__file__).parent / "translations"]


def add_catalogues(folder: Path) -> None:
    """Let the translations in ``folder`` answer too; the core's own are asked first."""
    if folder not in _folders:
        _folders.append(folder)
        _catalogue.cache_clear()


def current_locale() -> str:
    """The locale sentences are now given in, such as ``zh_CN``."""
    return _locale.get()


@contextmanager
def reading_in(locale: str) -> Iterator[None]:
    """Give sentences in ``locale`` inside the block; an unknown locale is read as Chinese."""
    token = _locale.set(locale if locale in LOCALES else SOURCE_LOCALE)
    try:
        yield
    finally:
        _locale.reset(token)


def gettext(sentence: str, **values: Any) -> str:
    """The sentence in the reader's language, its ``{fields}`` filled with ``values``."""
    locale = _locale.get()
    if locale != SOURCE_LOCALE and sentence:
        sentence = _catalogue(locale).get(sentence, sentence)
    return sentence.format(**values) if values else sentence


@lru_cache(maxsize=8)
def _catalogue(locale: str) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for folder in _folders:
        for path in sorted(folder.glob(f"{locale}/LC_MESSAGES/*.po")):
            with path.open("rb") as file:
                for message in read_po(file):
                    if message.id and message.string and not message.fuzzy:
                        sentences.setdefault(str(message.id), str(message.string))
    return sentences
