"""The digest that seals an entry of a log."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def sealed(said: Any) -> str:
    """SHA-256 over what can be written as JSON, the same on every database and machine."""
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
