#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a .cpp that carries files as bytes: embed.py OUT NAME BASE FILE..."""
import os
import sys

LINE = 4096


def escape_table():
    plain = {9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\"}
    table = []
    for byte in range(256):
        # Three octal digits end by themselves, so a digit may follow; '?' is escaped against trigraphs.
        printable = 32 <= byte < 127 and byte != 63
        table.append(plain.get(byte) or (chr(byte) if printable else f"\\{byte:03o}"))
    return table


def literal(data, table):
    pieces = [data[at : at + LINE] for at in range(0, len(data), LINE)] or [b""]
    return "\n    ".join('"' + "".join(table[byte] for byte in piece) + '"' for piece in pieces)


def main():
    out, name, base, *files = sys.argv[1:]
    table = escape_table()
    entries = {}
    for file in files:
        path = os.path.relpath(file, base).replace(os.sep, "/")
        if path.startswith(".."):
            sys.exit(f"embed.py: {file} is not below {base}")
        with open(file, "rb") as source:
            entries[path] = source.read()
    lines = ['// Generated from the files it carries.', '#include "base/embedded.hpp"', "", "namespace aisha::embedded {"]
    lines += [f"Files {name}();", "namespace {"]
    for number, path in enumerate(sorted(entries)):
        lines.append(f"constexpr char kBytes{number}[] =\n    {literal(entries[path], table)};")
    if entries:
        lines.append("constexpr File kFiles[] = {")
        for number, path in enumerate(sorted(entries)):
            lines.append(f'    {{{literal(path.encode(), table)}, {{kBytes{number}, sizeof kBytes{number} - 1}}}},')
        lines.append("};")
    lines += ["}  // namespace", f"Files {name}() {{ return {'Files(kFiles)' if entries else 'Files()'}; }}"]
    lines += ["}  // namespace aisha::embedded", ""]
    with open(out, "w", encoding="ascii") as target:
        target.write("\n".join(lines))


main()
