"""A folder holds one family of features, a header's source has its name, and a name is found once."""
import collections
import pathlib

from .sources import sources

UNITS = 10  # a unit is a header with its source, or one of the two alone
# Machines rather than features: their parts mean little one by one.
ROOMY = {"src/base": 20, "src/domain": 20, "src/sql/sqlite": 20, "src/sql/postgres": 20}
# The interface of an engine stands beside the folders of those who implement it.
INTERFACES = {"src/sql", "src/blobs", "src/cache", "src/providers", "src/imaging"}
# Twins answer to the same names, and so do the features of the chat: flow, screen, routes.
SAME_NAMES = ("src/sql/", "src/blobs/", "src/cache/", "src/providers/", "src/bot/features/")


def folder_of(name: str) -> str:
    return name.rsplit("/", 1)[0]


def stem_of(name: str) -> str:
    return pathlib.PurePosixPath(name).stem


def units(names: list[str]):
    held = collections.defaultdict(set)
    for name in names:
        held[folder_of(name)].add(stem_of(name))
    for folder, stems in sorted(held.items()):
        limit = ROOMY.get(folder, UNITS)
        if len(stems) > limit:
            yield f"{folder}: {len(stems)} units (at most {limit})"


def loose(names: list[str]):
    folders = {folder_of(name) for name in names}
    for name in names:
        folder = folder_of(name)
        if folder not in INTERFACES and any(other.startswith(folder + "/") for other in folders):
            yield f"{name}: stands beside subfolders; it belongs into one of them"


def headerless(names: list[str]):
    known = set(names)
    for name in names:
        free = name.endswith("/main.cpp") or name.endswith("_impl.cpp")
        if name.endswith(".cpp") and not free and name.removesuffix(".cpp") + ".hpp" not in known:
            yield f"{name}: has no header of its name"


def twice(names: list[str]):
    homes = collections.defaultdict(set)
    for name in names:
        # Only the folders of the engines are free, not the interface beside them.
        inner = next((name.removeprefix(free) for free in SAME_NAMES if name.startswith(free)), "")
        if "/" not in inner:
            homes[stem_of(name)].add(folder_of(name))
    for stem, folders in sorted(homes.items()):
        if len(folders) > 1:
            yield f"{stem}: the name stands in {', '.join(sorted(folders))}"


def violations(root: pathlib.Path):
    names = sources(root, ("src",))
    return [problem for rule in (units, loose, headerless, twice) for problem in rule(names)]
