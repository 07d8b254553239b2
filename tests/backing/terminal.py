"""Somebody at a terminal who runs the commands."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from backing import spreadsheets
from backing.databases import Database
from backing.sample import write_districts
from renda.cli import main


@dataclass
class Terminal:
    """Somebody at a terminal; every command is given the same settings."""

    environment: dict[str, str]
    districts: Path

    def run(self, *arguments: str, **options: Any) -> Result:
        """A command with its result."""
        result = CliRunner().invoke(main, arguments, env=self.environment, **options)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def said(self, *arguments: str, **options: Any) -> str:
        """What a command that succeeds says."""
        result = self.run(*arguments, **options)
        assert result.exit_code == 0, result.output
        return result.output

    def refused(self, *arguments: str, **options: Any) -> str:
        """What a command that is refused says."""
        result = self.run(*arguments, **options)
        assert result.exit_code == 2, result.output
        return result.output.strip()

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a district's file."""
        path = self.districts / file
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def terminal_for(database: Database, root: Path) -> Terminal:
    """甲区 with spreadsheets and 乙区 without, in a fresh database."""
    districts = write_districts(root / "districts")
    shutil.rmtree(districts / "bing")
    spreadsheets.write(districts / "jia" / "data")
    environment = {
        "RENDA_DATABASE_URL": database.app_url,
        "RENDA_OWNER_URL": database.owner_url,
        "RENDA_DISTRICTS": str(districts),
        "RENDA_SECRET_FILE": str(root / "secret"),
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "",
    }
    return Terminal(environment, districts)
