#!/usr/bin/env python3
"""The drawings of ARCHITECTURE.md are the tables that tools/check_layers goes by."""
import re
import unittest

from made_up_tree import ROOT
from layers import arrows

WORDS = {"everything": [arrows.EVERYTHING], "nothing": []}


def drawing(heading: str) -> str:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return page.split(f"### {heading}\n", 1)[1].split("```\n")[1]


def read(lines) -> dict[str, list[str]]:
    """"a b -> c d" -> {"a": ["c", "d"], "b": ["c", "d"]}."""
    table = {}
    for line in lines:
        left, _, right = line.partition(" -> ")
        targets = WORDS.get(right.strip(), right.split())
        table.update({name: targets for name in left.split()})
    return table


def sets(table) -> dict[str, set[str]]:
    return {name: set(targets) for name, targets in table.items()}


class Drawings(unittest.TestCase):
    maxDiff = None

    def test_the_layers_are_those_of_the_check(self):
        of_check = {name.removeprefix("../"): [target.removeprefix("../") for target in targets]
                    for name, targets in arrows.LAYERS.items()}
        self.assertEqual(sets(read(drawing("Layers").splitlines())), sets(of_check))

    def test_the_rooms_are_those_of_the_check(self):
        drawn = {}
        layer = ""
        for line in drawing("Rooms").splitlines():
            head = re.match(r"(\w+):", line)
            if head:
                layer = head[1]
                line = line[head.end() :]
            if " -> " in line:
                for room, targets in read([line]).items():
                    drawn[f"{layer}/{room}"] = [t if t == arrows.EVERYTHING else f"{layer}/{t}" for t in targets]
        self.assertEqual(sets(drawn), sets(arrows.ROOMS))

    def test_the_map_is_that_of_the_check(self):
        lines = [line for line in drawing("The map of features").splitlines()[2:] if line.strip()]
        column = drawing("The map of features").splitlines()[0].index("services -> stores")
        features = read(line[:column] for line in lines if line[:column].strip())
        services = read(line[column:] for line in lines if line[column:].strip())
        self.assertEqual(sets({f"bot/features/{name}": to for name, to in features.items()}), sets(arrows.FEATURES))
        self.assertEqual(sets({f"services/{name}": to for name, to in services.items()}), sets(arrows.SERVICE_STORES))


if __name__ == "__main__":
    unittest.main()
