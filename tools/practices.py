"""Every practice of the five articles, row by row: its plugin, its districts' files, its features, its figures.

Each figure is looked for on the pages of the demo's own districts, as a clerk reads them. The demo is imported into
a database of this run; with a path to one that is there already (`renda demo --prepare-only`) that one is read. Prints
a line for each row and ends with 1 where something is missing.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from renda.migrate import upgrade
from renda.model import BallotRow
from renda.rulebook import Rulebooks
from renda.services import demonstration
from renda.services.desk import Installation
from renda.store import Store
from renda.web.app import create_app

ROOT = Path(__file__).resolve().parent.parent
CORE = "meetings"
ALWAYS = "2005-01-01/2026-12-31"
# What the row is called, its plugin, and for each district the days to look at and what the article prints.
ROWS: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "A1": ("duty_appraisal", {"yangpu": (ALWAYS, "100%", "97%")}),
    "A2": ("duty_report", {"jiangbei": (ALWAYS, "8", "12"), "pingshan": (ALWAYS, "6", "14")}),
    "A3": ("report_review", {"danjiangkou": ("2019-01-01/2020-12-31", "26", "117", "100%")}),
    "A4": ("work_appraisal", {"danjiangkou": (ALWAYS, "10", "79", "35", "双满意")}),
    "A5": ("appointment", {"jiangbei": (ALWAYS, "")}),
    "A6": ("negative_list", {"jiangbei": ("2020-01-01/2020-12-31", "0.1", "0.2")}),
    "A7": ("supervision_dossier", {"danjiangkou": (ALWAYS, "29", "三年见成效"), "yangpu": (ALWAYS, "21")}),
    "B1": ("segmented_scoring", {"pingshan": ("2020-01-01/2020-12-31", "156", "142", "99.4%")}),
    "B2": ("handling_rating", {"jiangbei": ("2016-01-01/2020-12-31", "1952", "100%")}),
    "B3": ("suggestion_tracking", {"danjiangkou": ("2016-01-01/2020-12-31", "478", "296", "327", "42.2%", "34.3")}),
    "B4": ("opinion_tracking", {"danjiangkou": ("2016-01-01/2020-12-31", "193")}),
    "B5": ("joint_supervision", {"pingshan": ("2021-01-01/2021-07-31", "277", "25", "201", "73", "1455", "530", "56",
                                              "273.28", "27")}),
    "C1": ("duty_points", {"pingshan": (ALWAYS, "36576", "31.2%"),
                           "jiangbei": (ALWAYS, "48.7", "53.1", "60.5", "80.3", "81.3", "80.5")}),
    "C2": ("stations", {"pingshan": (ALWAYS, "23", "159"), "jiangbei": (ALWAYS, "12", "41", "650"),
                        "qingpu": (ALWAYS, "65", "11"), "xuhui": (ALWAYS, "")}),
    "C3": ("deliberation", {"pingshan": ("2017-01-01/2021-08-10", "186", "2685", "87", "1055")}),
    "C4": ("liaisons", {"jiangbei": (ALWAYS, "3"), "pingshan": (ALWAYS, "3")}),
    "C5": ("video_link", {"jiangbei": (ALWAYS, "")}),
    "C6": ("study_sessions", {"jiangbei": (ALWAYS, "53")}),
    "C7": ("street_committee", {"xuhui": (ALWAYS, "")}),
    "D1": ("livelihood_projects", {"jiangbei": (ALWAYS, "213", "20", "13"), "pingshan": (ALWAYS, "40", "32", "8"),
                                   "fengxian": (ALWAYS, "")}),
    "D2": ("micro_projects", {"pingshan": ("2017-01-01/2021-08-10", "1055", "100%", "95")}),
    "D3": ("budget_pace", {"jiangbei": ("2019-01-01/2020-12-31", "12", "10", "9", "151.8")}),
    "D4": ("project_performance", {"jiangbei": ("2019-01-01/2019-12-31", "3")}),
    "D5": ("budget_performance", {"minhang": (ALWAYS, "")}),
    "D6": ("state_assets", {"putuo": (ALWAYS, "")}),
    "D7": ("lift_installation", {"baoshan": (ALWAYS, "176", "5500", "422")}),
    "D8": ("public_evaluation", {"fengxian": (ALWAYS, "91.1", "93.1")}),
    "E1": ("topic_selection", {"jiading": (ALWAYS, "228")}),
    "E2": (CORE, {}),
}  # fmt: skip


def main() -> int:
    """Checks all rows; the status of the process."""
    with tempfile.TemporaryDirectory() as box:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
        if given is not None and not given.is_file():
            raise SystemExit(f"{given}: 没有这个数据库 / no such database")
        installation = _demo(given, Path(box))
        right = 0
        for row, (plugin, districts) in ROWS.items():
            known: dict[str, tuple[str, ...]] = districts
            if plugin == CORE:
                known = dict.fromkeys(installation.rulebooks.slugs(), (ALWAYS,))
            missing = list(_missing(installation, plugin, known))
            right += not missing
            print(f"{'有' if not missing else '缺'} {row} {plugin}: {'；'.join(missing) or '、'.join(known)}")
        installation.store.close()
    print(f"{right} / {len(ROWS)}")
    return 0 if right == len(ROWS) else 1


def _demo(path: Path | None, box: Path) -> Installation:
    file = path or box / "renda.sqlite3"
    url = f"sqlite:///{file}"
    if path is None:
        upgrade(url)
    installation = Installation(Store(url), Rulebooks(ROOT / "districts"), lambda: datetime.now(UTC))
    if path is None:
        demonstration.load(installation, lambda slug, progress: None)
    return installation


def _missing(installation: Installation, plugin: str, districts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    if plugin != CORE and plugin not in entry_points(group="renda.practices").names:
        yield "没有这个插件"
        return
    if plugin != CORE and not (ROOT / "plugins/renda_plugins" / plugin / "README.md").is_file():
        yield "没有说明"
    for slug, (days, *figures) in districts.items():
        if slug not in installation.rulebooks.slugs():
            yield f"没有区县 {slug}"
            continue
        if plugin != CORE and plugin not in installation.rulebooks.of(slug).versions:
            yield f"{slug} 没有规则文件"
            continue
        folder = "shared" if plugin == CORE else slug
        if not (ROOT / "features" / folder / f"{plugin}.feature").is_file():
            yield f"{slug} 没有特性文件"
        said = _sittings(installation, slug) if plugin == CORE else _pages(installation, slug, plugin, days)
        if not said:
            yield f"{slug} 的演示里什么也没有"
        for figure in figures:
            if not re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.])", said):
                yield f"{slug} 的页面上没有 {figure}"


def _clerk(installation: Installation, slug: str) -> FlaskClient:
    app = create_app(installation, secret_key="practices", secure_cookies=False)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    answer = client.post(f"/{slug}/sign-in", data={"login": "clerk", "password": demonstration.PASSWORD})
    if answer.status_code != 303:
        raise SystemExit(f"{slug}: {answer.status_code}")
    return client


def _pages(installation: Installation, slug: str, plugin: str, days: str) -> str:
    """All that the practice's tables and ballots say, without markup and thousands' commas."""
    client, (since, until) = _clerk(installation, slug), map(date.fromisoformat, days.split("/"))
    period = f"since={since}&until={until}"
    listed = client.get(f"/{slug}/sheets/?{period}").text
    codes = sorted(set(re.findall(rf"/{slug}/sheets/{plugin}/([\w.-]+)\?", listed)))
    said = [_text(client.get(f"/{slug}/sheets/{plugin}/{code}?{period}")) for code in codes]
    with installation.reading(slug) as desk:
        held = desk.session.scalars(select(BallotRow.id).where(BallotRow.practice == plugin)).all()
    said += [_text(client.get(f"/{slug}/ballots/{number}")) for number in held]
    found = client.get(f"/{slug}/matters?practice={plugin}").text
    return " ".join(said) if said else "有事项" if f"/{slug}/matters/" in found else ""


def _sittings(installation: Installation, slug: str) -> str:
    listed = _clerk(installation, slug).get(f"/{slug}/meetings/").text
    return " ".join(re.findall(rf"/{slug}/meetings/\d+", listed))


def _text(answer: Any) -> str:
    if answer.status_code != 200:
        return ""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


if __name__ == "__main__":
    sys.exit(main())
