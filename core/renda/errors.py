"""Every refusal and every mistake in one shape: a code, a Chinese sentence, the values in it.

The sentence says what is wrong, where, and what to do; the code is what a program compares.
Modules declare their sentences beside the rules that raise them, with ``declare``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renda.i18n import gettext

_SENTENCES: dict[str, tuple[str, int]] = {}


def declare(sentences: Mapping[str, str], *, status: int = 422) -> None:
    """Make codes known, each with its Chinese sentence (``str.format`` fields) and its HTTP status.

    Raises ``ValueError`` where a code is declared again with another sentence.
    """
    for code, sentence in sentences.items():
        known = _SENTENCES.get(code)
        if known is not None and known != (sentence, status):
            raise ValueError(f"error code declared twice: {code}")
        _SENTENCES[code] = (sentence, status)


def declared() -> dict[str, tuple[str, int]]:
    """All codes with sentence and status, for the documentation and the translation test."""
    return dict(_SENTENCES)


class RendaError(Exception):
    """What went wrong, said so that the person who did it can put it right.

    ``code`` is one of those declared; ``values`` fill its sentence; ``fields`` maps the names of
    form fields to the sentences about them, where the mistake is in a form.
    """

    def __init__(self, code: str, /, *, fields: Mapping[str, str] | None = None, **values: Any) -> None:
        if code not in _SENTENCES:
            raise KeyError(f"undeclared error code: {code}")
        self.code = code
        self.values = values
        self.fields = dict(fields or {})
        super().__init__(code)

    @property
    def status(self) -> int:
        """The HTTP status a door answers with."""
        return _SENTENCES[self.code][1]

    @property
    def message(self) -> str:
        """The sentence in the reader's language; Chinese where no language was chosen."""
        return gettext(_SENTENCES[self.code][0], **self.values)

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.code, self.fields, self.values)


class TableError(RendaError):
    """What is wrong in a table that an action was given as text.

    ``rows``: for each mistake the line of the text (from 1, headings counted), the column's heading, the sentence. Where the
    table came from a file, each is told by its row of the file.
    """

    def __init__(self, code: str, /, *, rows: Sequence[tuple[int, str, str]] = (), **values: Any) -> None:
        super().__init__(code, **values)
        self.rows = tuple(rows)


def _rebuilt(code: str, fields: dict[str, str], values: dict[str, Any]) -> RendaError:
    return RendaError(code, fields=fields, **values)
