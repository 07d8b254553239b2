"""In which encoding a CSV file is written and what separates its cells: decided strictly, never by likelihood.

Excel in China saves “CSV” as GBK, “CSV UTF-8” with a byte order mark, “Unicode text” as UTF-16 with tabs.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from renda.errors import RendaError, declare
from renda.i18n import gettext

declare(
    {
        "import.unreadable": "读不懂这个文件:{mistake}。请用 Excel 或 WPS 打开原来的表格,另存为 xlsx 再导入。",
        "import.separators": "表头里同时有{found},分不清哪一个是分隔各列的。请只用其中一种,或另存为 xlsx 再导入。",
    }
)

UTF_8, GB18030 = "utf-8", "gb18030"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号"}
PORTION = 64 * 1024
LONGEST_HEADING = 64 * 1024
MOST_TITLES = 10
# From here on a character is three bytes of UTF-8. Text in GBK hardly ever begins with what passes for those.
_LONG = re.compile("[\u0800-\U0010ffff]")
_TELLS = re.compile("sep=([,;\t])", re.IGNORECASE)
_QUOTED = re.compile('"[^"]*"')
_BLANK = ' "\r\n' + "".join(SEPARATORS)


def encoding_of(path: Path) -> str:
    """The encoding, from one reading of the whole file, a portion at a time.

    A byte order mark (UTF-8, UTF-16) decides; else it is UTF-8 if all of it is, else GB18030 (which GBK and GB2312
    are parts of) if all of it is. What begins as UTF-8 and goes on as something else is damaged and not taken for
    GB18030, as which it would be nonsense. Raises ``import.unreadable``.
    """
    with path.open("rb") as file:
        portion = file.read(len(codecs.BOM_UTF8))
        marked = next((name for mark, name in MARKS if portion.startswith(mark)), None)
        tried = [_Trial(name) for name in ((marked,) if marked else (UTF_8, GB18030))]
        readable = [each for each in tried if each.goes_on(portion)]
        while readable and portion:
            portion = file.read(PORTION)
            readable = [each for each in tried if each.goes_on(portion)]
    first = tried[0]
    if first.failed and (marked or first.certain):
        told = {"line": first.line, "encoding": first.encoding.removesuffix("-sig").upper()}
        mistake = gettext("开头是 {encoding} 编码,第 {line} 行里却有不是的字节,文件可能残缺或拼接过", **told)
        raise RendaError("import.unreadable", mistake=mistake)
    if not readable:
        mistake = gettext("其中的文字不是 UTF-8、GBK(GB18030)或 UTF-16 编码")
        raise RendaError("import.unreadable", mistake=mistake)
    return readable[0].encoding


def separator_of(path: Path, encoding: str) -> str:
    """What separates the cells: the one of comma, tab and semicolon that stands in the heading outside quotes.

    A first line ``sep=;`` says it; a comma where none does; raises ``import.separators`` where several do.
    """
    looked_at, heading = 0, ""
    with path.open(encoding=encoding, newline="") as file:
        for number, line in enumerate(file):
            told = _TELLS.fullmatch(line.rstrip("\r\n")) if number == 0 else None
            if told:
                return told[1]
            if not heading and line.strip(_BLANK)[:1] in {"", "#"}:
                continue
            heading += line
            if heading.count('"') % 2 and len(heading) <= LONGEST_HEADING:
                continue
            bare = _QUOTED.sub("", heading)
            found = [each for each in SEPARATORS if each in bare]
            if len(found) == 1:
                return found[0]
            if found and not looked_at:
                raise RendaError("import.separators", found="、".join(gettext(SEPARATORS[each]) for each in found))
            # A title above the headings stands alone in its line: what separates is told by the next ones.
            looked_at, heading = looked_at + 1, ""
            if found or looked_at == MOST_TITLES:
                break
    return ","


class _Trial:
    """Whether a file can be read in one encoding; no text holds the character NUL."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.failed = self.certain = False
        self.line = 1
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def goes_on(self, portion: bytes) -> bool:
        """Read on; the empty portion is the end."""
        if self.failed:
            return False
        try:
            text = self._decoder.decode(portion, not portion)
        except UnicodeDecodeError as error:
            self.failed = True
            # The error tells which of the two UTF-16 was being read.
            text = error.object[: error.start].decode(error.encoding, "ignore")
        text, nul, _ = text.partition("\0")
        self.failed = self.failed or bool(nul)
        self.line += text.count("\n")
        self.certain = self.certain or _LONG.search(text) is not None
        return not self.failed
