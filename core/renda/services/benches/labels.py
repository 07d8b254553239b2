"""Lines of a ballot named as people know them, in what benches refuse."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class Labelled:
    """What benches share: ``labels`` maps a line's code to its words; without any the code stands for itself."""

    labels: Mapping[str, str] = MappingProxyType({})

    def label_of(self, code: object) -> str:
        """What a line is called."""
        return self.labels.get(str(code), str(code))
