"""What a header of src declares is used somewhere in the programs: src, apps, sandbox, tools.

A heuristic on words, without overloads and scopes: a name that stands anywhere but in its own declarations and
definitions counts as used, so a dead function that shares its name with a living one is not seen. A test is no user.
"""
import collections
import pathlib
import re

from .sources import sources

# Lines "name: why it stays although no program names it". A line that is no longer needed is an error as well.
KEPT = "tools/layers/kept.txt"

NOISE = re.compile(
    r'R"(?P<mark>[^(\s]*)\((?:.*?)\)(?P=mark)"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S
)
TOKEN = re.compile(r"[A-Za-z_]\w*")
# What may stand before a name at the beginning of a declaration or definition: a type, and no expression.
BEFORE = re.compile(r"^\s*(?:\[\[[\w:]+\]\]\s*)?(?:[\w:<>,&*]|\s|\(\))*(?:[\w>&*]\s+|[&*>]\s*)(?:\w+(?:<[\w, ]*>)?::)*$")
WORDS_OF_STATEMENTS = re.compile(
    r"\b(return|co_return|co_await|co_yield|throw|else|case|new|delete|goto|and|or|not|using|if|while|for|switch|do)\b"
)
TYPE = re.compile(r"^\s*(?:template\s*<[^;{]*>\s*)?(?:struct|class|enum class|enum|union|concept|using)\s+([A-Za-z_]\w*)\b", re.M)
CONSTANT = re.compile(r"\b(k[A-Z]\w*)\b(?=\s*(?:=|\{|\[))")
NOT_OURS = {"main", "operator", "noexcept", "requires", "decltype", "static_assert", "sizeof", "alignas", "explicit"}


def plain(text: str) -> str:
    """Without comments and the insides of strings, with every line in its place."""
    return NOISE.sub(lambda m: '""' if m[0][0] in 'R"' and "\n" not in m[0] else re.sub(r"[^\n]", " ", m[0]), text)


def is_declaration(line: str, start: int, end: int) -> bool:
    """Whether the name at [start, end) is declared or defined there rather than used."""
    before = line[:start]
    if not line[end:].lstrip().startswith("(") or WORDS_OF_STATEMENTS.search(before):
        return False
    return BEFORE.match(before) is not None


def kept_names(root: pathlib.Path):
    """(names, sentences about lines that give no reason)."""
    path = root / KEPT
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    pairs = [line.partition(": ")[::2] for line in lines]
    return {word for word, _ in pairs}, [f"{KEPT}: {word} has no reason" for word, reason in pairs if not reason.strip()]


def violations(root: pathlib.Path):
    """(sentences, number of names declared in headers of src)."""
    declared: dict[str, str] = {}
    uses: collections.Counter[str] = collections.Counter()
    for name in sources(root):
        text = plain((root / name).read_text(encoding="utf-8"))
        named = {m.start(1) for m in TYPE.finditer(text)} | {m.start(1) for m in CONSTANT.finditer(text)}
        ours = name.startswith("src/") and name.endswith(".hpp")
        offset = 0
        for line in text.split("\n"):
            directive = line.lstrip().startswith("#")
            for token in [] if directive else TOKEN.finditer(line):
                word = token[0]
                at = offset + token.start()
                if at in named or is_declaration(line, token.start(), token.end()):
                    if ours and word not in NOT_OURS and not line[: token.start()].rstrip().endswith("~"):
                        declared.setdefault(word, name)
                else:
                    uses[word] += 1
            offset += len(line) + 1
    unused = {word: name for word, name in declared.items() if not uses[word]}
    kept, wrong = kept_names(root)
    wrong += [f"{name}: nothing in the programs uses {word}" for word, name in unused.items() if word not in kept]
    wrong += [f"{KEPT}: {word} is used or gone; take its line out" for word in kept if word not in unused]
    return sorted(wrong), len(declared)
