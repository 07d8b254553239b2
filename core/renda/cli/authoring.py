"""``renda new-plugin``, ``renda features``, ``renda docs``: for those who write plugins, rules and the pages about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path

import click

from renda.cli.base import Bench, Command, pass_bench
from renda.errors import RendaError, declare
from renda.i18n import SOURCE_LOCALE, gettext, reading_in
from renda.services import references, scaffolding
from renda.settings import HOME

declare({"features.not_installed": "运行特性文件要用测试工具:请安装 renda[testing]。"}, status=500)

RUNNER = "renda.features"


@click.command(cls=Command, name="new-plugin", help="新建一个插件包:规则约六十行,带例子和能通过的测试")
@click.argument("name")
@click.option(
    "--into", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(), help="放在哪个文件夹下"
)
def new_plugin(name: str, into: Path) -> None:
    """Write a plugin to begin with."""
    for path in scaffolding.new_plugin(name, into):
        click.echo(path)


@click.command(
    cls=Command, help="运行区县的特性文件(区县代码、名称)或指定的文件、文件夹,打印红绿结果;有不符的以 1 退出"
)
@click.argument("wanted", nargs=-1, required=True)
@click.option(
    "--features", "folder", type=click.Path(path_type=Path), default=HOME / "features", help="特性文件的文件夹"
)
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="另存为网页")
@pass_bench
def features(bench: Bench, wanted: Sequence[str], folder: Path, html: Path | None) -> None:
    """Run feature files."""
    # The kit stands above the command line and needs pytest; it makes itself known instead of being imported.
    found = next(iter(entry_points(group=RUNNER)), None)
    try:
        run = found.load() if found is not None else None
    except ImportError:
        run = None
    if run is None:
        raise RendaError("features.not_installed")
    status = run(list(wanted), districts=bench.settings.districts, features=folder, html=html)
    click.get_current_context().exit(status)


@click.command(cls=Command, help="由代码重写 docs/ 里的钩子、命令、错误三页;--check 只核对")
@click.option("--check", "only_check", is_flag=True, help="只核对;过时则以 2 退出")
@click.option("--into", type=click.Path(path_type=Path), default=HOME / "docs", help="文档的文件夹")
@click.pass_context
def docs(context: click.Context, into: Path, *, only_check: bool) -> None:
    """Write or check the generated pages, always in Chinese."""
    with reading_in(SOURCE_LOCALE):
        commands = list(_described(context.find_root().command, "renda"))
        if only_check:
            references.check(into, commands)
            changed: list[str] = []
        else:
            changed = references.write(into, commands)
    click.echo("\n".join(changed) or gettext("生成的文档没有变化。"))


def _described(command: click.Command, path: str) -> Iterator[references.Command]:
    usage = " ".join([path, *(_usage(param) for param in command.params if isinstance(param, click.Argument))])
    options = [
        (" / ".join(param.opts), f"{param.help or ''}") for param in command.params if isinstance(param, click.Option)
    ]
    yield references.Command(usage, command.help or "", options)
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _described(inner, f"{path} {name}")


def _usage(argument: click.Argument) -> str:
    name = (argument.metavar or argument.name or "").upper()
    several = f"{name}…" if argument.nargs == -1 else name
    return several if argument.required else f"[{several}]"
