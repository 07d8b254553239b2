"""The digest that seals an entry of a log."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(said: Any) -> str:
    """What can be written as JSON, as text that is the same on every database and machine."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealed(said: Any) -> str:
    """SHA-256 over the canonical text of what can be written as JSON."""
    return hashlib.sha256(canonical(said).encode()).hexdigest()
