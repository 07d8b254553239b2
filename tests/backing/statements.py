"""What is said to a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def heard(engine: Engine) -> Iterator[list[str]]:
    """All statements that the engine carries out inside."""
    said: list[str] = []

    def hear(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)
