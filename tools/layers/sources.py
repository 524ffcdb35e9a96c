"""The C++ sources that the rules look at."""
import pathlib
import re

FOLDERS = ("src", "apps", "sandbox", "tools")
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def sources(root: pathlib.Path, folders=FOLDERS) -> list[str]:
    """Paths below `root`, sorted; tracked or not, so that a new file is held to the rules before it is added."""
    found = []
    for folder in folders:
        for suffix in ("*.cpp", "*.hpp"):
            found.extend(path.relative_to(root).as_posix() for path in (root / folder).rglob(suffix))
    return sorted(found)


def includes(root: pathlib.Path):
    """(file, included) for each #include of a header of ours, both as paths below `root`."""
    for name in sources(root):
        for include in INCLUDE.findall((root / name).read_text(encoding="utf-8")):
            yield name, include if include.startswith(("sandbox/", "tools/")) else "src/" + include
