"""``renda questionnaires``: listed, and counted every day when they are over."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backing.databases import Database
from backing.terminal import Terminal
from renda.matter import SYSTEM
from renda.services.ballots import FolderKeys
from renda.services.desk import Desk
from renda.services.questionnaires import answering, finding, opening
from renda.settings import installation, settings_from

DISTRICTS = Path(__file__).parents[2] / "districts"


def terminal_in_fengxian(database: Database, root: Path) -> Terminal:
    districts = root / "districts"
    shutil.copytree(DISTRICTS / "fengxian", districts / "fengxian")
    environment = {
        "RENDA_DATABASE_URL": database.app_url,
        "RENDA_OWNER_URL": database.owner_url,
        "RENDA_DISTRICTS": str(districts),
        "RENDA_SECRET_FILE": str(root / "secret"),
        "RENDA_KEY_FOLDER": str(root / "keys"),
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "",
    }
    return Terminal(environment, districts)


def answer(desk: Desk, number: int, place: int) -> None:
    answering.answer(desk, number, {"whole": "满意"}, token=f"{place:020}")


def test_questionnaires_are_listed_and_those_that_are_over_are_counted(
    sqlite_database: Database, tmp_path: Path
) -> None:
    terminal = terminal_in_fengxian(sqlite_database, tmp_path)
    terminal.said("demo", "--prepare-only")
    told = json.loads(terminal.said("questionnaires", "fengxian", "--json"))
    assert [(each["label"], each["answered"]) for each in told][-2:] == [("已统计", 1000), ("已统计", 1000)]
    number = told[0]["id"]
    here = installation(settings_from(terminal.environment))
    past = datetime(2026, 11, 10, tzinfo=UTC)
    with here.writing("fengxian", now=past) as desk:
        row = finding.find(desk, number)
        if row.state == "prepared":
            opening.open_questionnaire(desk, SYSTEM, number, keys=FolderKeys(tmp_path / "keys"))
        for place in range(60):
            answer(desk, number, place)
        row.until_on = datetime.now(UTC).date() - timedelta(days=2)
    assert "开放作答" in terminal.said("questionnaires", "fengxian")
    said = terminal.run("questionnaires", "fengxian", "--count")
    assert said.exit_code == 0
    assert "已统计“2026 年度政府实事项目群众评议”。" in said.output
    assert json.loads(terminal.said("questionnaires", "fengxian", "--json"))[0]["state"] == "counted"
    here.store.close()
