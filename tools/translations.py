"""Brings the English catalogues up to date with the sources, or says what is not translated (``--check``)."""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = "en"
METHODS = [("**/front/**", "ignore"), ("testing/**", "ignore"), ("**.py", "renda"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"encoding": "utf-8"}}


def domains() -> dict[Path, str]:
    """The folders that have catalogues of their own, with the names of these."""
    plugins = sorted(path.parent for path in (ROOT / "plugins/renda_plugins").glob("*/__init__.py"))
    return {ROOT / "core/renda": "renda", **{plugin: plugin.name for plugin in plugins}}


def extracted(folder: Path, domain: str) -> Catalog:
    """All messages of the sources below a folder; lines are left out, so that a change moves nothing."""
    catalogue = Catalog(project="renda", domain=domain, charset="utf-8")
    found = extract_from_dir(folder, METHODS, OPTIONS, keywords={"_": None, "gettext": None})
    for name, _line, message, _comments, _context in sorted(found, key=lambda each: (each[0], each[1])):
        if any("\u4e00" <= character <= "\u9fff" for character in str(message)):
            catalogue.add(message, locations=[(name, 0)])
    return catalogue


def merged(path: Path, template: Catalog) -> Catalog:
    """The translations at ``path``, with what is new added and what is gone dropped."""
    known = Catalog(locale=LOCALE, domain=template.domain)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=LOCALE, domain=template.domain)
    known.header_comment = f"# {known.domain}: English beside the Chinese of the sources."
    known.project, known.version = "renda", "1"
    known.last_translator = known.language_team = known.msgid_bugs_address = "Renda"
    known.fuzzy = False
    known.update(template, no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    return known


def written(catalogue: Catalog) -> bytes:
    """The catalogue as its file has it."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, sort_output=True, omit_header=False, include_lineno=False, width=110)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(('"POT-Creation', '"PO-Revision', '"Generated'))
    ).encode()


def main() -> int:
    """Write the catalogues, or with ``--check`` only say what is missing or out of date."""
    check = "--check" in sys.argv[1:]
    wrong = 0
    for folder, domain in domains().items():
        path = folder / "translations" / LOCALE / "LC_MESSAGES" / f"{domain}.po"
        catalogue = merged(path, extracted(folder, domain))
        missing = [str(message.id) for message in catalogue if message.id and (not message.string or message.fuzzy)]
        if not check and len(catalogue):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(catalogue))
        stale = check and len(catalogue) and (not path.exists() or path.read_bytes() != written(catalogue))
        if missing or stale:
            wrong += 1
            print(
                f"{path.relative_to(ROOT)}: {len(missing)} 条未译 / untranslated{' · 未更新 / out of date' if stale else ''}"
            )
            for sentence in missing[:20]:
                print(f"    {sentence}")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
