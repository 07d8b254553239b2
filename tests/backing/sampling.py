"""Which races are run: all where ``RENDA_RACES=all``, otherwise a sample by ``RENDA_RACES_SEED`` (today's number)."""

import os
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

Each = TypeVar("Each")
EVERY = os.environ.get("RENDA_RACES") == "all"
SEED = int(os.environ.get("RENDA_RACES_SEED") or datetime.now(UTC).strftime("%Y%m%d"))


def sample(every: Sequence[Each], size: int, what: str) -> list[Each]:
    """All of them, or ``size`` drawn by the seed; ``what`` they are makes each drawing another."""
    if EVERY or len(every) <= size:
        return list(every)
    return random.Random(f"{SEED} {what}").sample(list(every), size)
