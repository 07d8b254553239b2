"""Brings the English catalogues up to date with the Chinese sentences of the sources, or checks that they are.

The core and every plugin have a catalogue of their own, `translations/en/LC_MESSAGES/messages.po`. Run without
arguments it adds what is new with an empty translation and drops what is gone; with `--check` it changes nothing,
prints what a translator has left to do, and ends with 1 when there is anything. Names of plugins limit it to those.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = "en"
METHODS = [("**.py", "renda"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
OPTIONS = {"**/templates/**": {"extensions": "jinja2.ext.i18n", "silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
FIELD = re.compile(r"\{(\w+)[^}]*\}")


def packages() -> list[Path]:
    """The core first, then the plugins by name."""
    plugins = sorted(path.parent for path in (ROOT / "plugins/renda_plugins").glob("*/__init__.py"))
    return [ROOT / "core/renda", *plugins]


def sentences(package: Path) -> Iterator[tuple[str, str]]:
    """Every sentence of a package, with the file it stands in."""
    for name, _line, message, _comments, _context in extract_from_dir(package, METHODS, OPTIONS, KEYWORDS):
        for sentence in message if isinstance(message, tuple) else (message,):
            if sentence:
                yield sentence, name


def catalogue_of(package: Path) -> Path:
    """Where the package's translations are."""
    return package / "translations" / LOCALE / "LC_MESSAGES" / "messages.po"


def read(path: Path) -> Catalog:
    """The catalogue as it stands, or an empty one."""
    if not path.exists():
        return Catalog(locale=LOCALE)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def fresh(package: Path, before: Catalog, elsewhere: set[str]) -> Catalog:
    """The catalogue as it should be: today's sentences, with the translations there were."""
    after = Catalog(locale=LOCALE, project="renda", version="", copyright_holder="", charset="utf-8")
    # No dates: a catalogue changes when a sentence does.
    after.mime_headers = [
        ("Language", LOCALE),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    for sentence, name in sentences(package):
        if sentence not in elsewhere:
            known = before.get(sentence)
            after.add(sentence, known.string if known else "", locations=[(name, 0)])
    return after


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if not message.string or message.fuzzy:
        yield "没有译文 / not translated"
    elif set(FIELD.findall(str(message.id))) != set(FIELD.findall(str(message.string))):
        yield "花括号中的字段不一致 / the fields in braces differ"


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file."""
    file = io.BytesIO()
    write_po(file, catalogue, width=0, sort_output=True, include_lineno=False, omit_header=False)
    body = file.getvalue().decode()
    body = re.sub(r'^"POT-Creation-Date:.*\n', "", body, flags=re.MULTILINE)
    return re.sub(r"\A(#.*\n)+", "", body).rstrip("\n").encode() + b"\n"


def main() -> int:
    """Updates or checks; the status of the process."""
    checking = "--check" in sys.argv
    wanted = {each for each in sys.argv[1:] if not each.startswith("-")}
    wrong = []
    elsewhere: set[str] = set()
    for package in packages():
        path = catalogue_of(package)
        before = read(path)
        after = fresh(package, before, elsewhere)
        messages = [message for message in after if message.id]
        if package == ROOT / "core/renda":
            elsewhere = {str(message.id) for message in messages}
        if wanted and package.name not in wanted:
            continue
        place = path.relative_to(ROOT)
        wrong += [f"{place}: {message.id!r}: {fault}" for message in messages for fault in faults(message)]
        gone = [message.id for message in before if message.id and after.get(message.id) is None]
        if checking:
            wrong += [f"{place}: {sentence!r}: 源码中已没有这句话 / no longer in the sources" for sentence in gone]
        elif messages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(after))
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if checking and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
