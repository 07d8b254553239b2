"""Build hook of the distribution; the front end is added to it with its sources."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Folders at the root of the repository that an installed wheel carries inside the package.
CARRIED = ("districts", "migrations")


class FrontEnd(BuildHookInterface[Any]):
    """Builds the browser's files before a wheel, an sdist or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the carried folders to a wheel; an editable install finds them at the root.

        Args:
            version: `standard` or `editable`.
            build_data: hatchling's own, changed in place.
        """
        if self.target_name == "wheel" and version == "standard":
            for folder in CARRIED:
                if (Path(self.root) / folder).is_dir():
                    build_data["force_include"][folder] = f"renda/{folder}"
