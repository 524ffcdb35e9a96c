#!/usr/bin/env python3
"""Each rule of tools/check_docs, broken once on a made-up tree."""
import unittest

from made_up_tree import MadeUpTree


class Docs(MadeUpTree):
    def setUp(self):
        super().setUp()
        self.write({"src/base/log.hpp": "", "src/base/log.cpp": "", "data/locales/ru.po": "", "data/locales/en.po": "",
                    "docs/adr/0001-clang.md": "", "src/bot/cards/card.hpp": ""})

    def refused(self, page: str, text: str, sentence: str):
        self.write({page: text})
        code, output = self.run_tool("check_docs")
        self.assertEqual(code, 1, output)
        self.assertIn(sentence, output)

    def accepted(self, page: str, text: str):
        self.write({page: text})
        code, output = self.run_tool("check_docs")
        self.assertEqual(code, 0, output)

    def test_a_path_from_the_root_is_looked_up(self):
        self.accepted("README.md", "see `docs/adr/0001-clang.md` and `data/locales/`")
        self.refused("README.md", "\nsee `docs/adr/0002-gcc.md`", "README.md:2: there is no docs/adr/0002-gcc.md")

    def test_a_folder_that_is_empty_is_not_there(self):
        (self.root / "src/jobs").mkdir()
        self.refused("README.md", "see `src/jobs/`", "there is no src/jobs/")

    def test_a_unit_is_called_as_an_include_calls_it(self):
        self.accepted("ARCHITECTURE.md", "`base/log` and `base/log.hpp`")
        self.refused("ARCHITECTURE.md", "`base/logger`", "there is no base/logger")

    def test_a_path_from_the_folder_of_the_page_is_looked_up(self):
        self.accepted("docs/guides/a.md", "`../adr/0001-clang.md`")
        self.refused("docs/guides/a.md", "`../adr/0003.md`", "there is no ../adr/0003.md")

    def test_globs_braces_and_placeholders_stand_for_what_there_is(self):
        self.accepted("CONTRIBUTING.md", "`data/locales/*.po` `data/locales/{ru,en}.po` `data/locales/{language}.po`")
        self.refused("CONTRIBUTING.md", "`data/locales/{ru,fr}.po`", "there is no data/locales/fr.po")
        self.refused("CONTRIBUTING.md", "`data/styles/*.toml`", "there is no data/styles/*.toml")

    def test_a_readme_speaks_of_its_own_folder_and_what_is_below(self):
        self.accepted("src/bot/README.md", "`card.hpp`")
        self.refused("src/bot/README.md", "`log.hpp`", "there is no log.hpp")

    def test_another_page_speaks_of_anything(self):
        self.accepted("docs/performance.md", "`log.hpp`")
        self.refused("docs/performance.md", "`crowd.mjs`", "there is no crowd.mjs")

    def test_links_and_pictures_are_paths_too(self):
        self.refused("README.md", "[the rules](docs/rules.md)", "there is no docs/rules.md")
        self.refused("README.md", '<img src="docs/images/a.html">', "there is no docs/images/a.html")
        self.accepted("README.md", "[fal](https://fal.ai/models) `fal-ai/flux-lora` `/metrics` `aisha check --objects`")

    def test_what_is_fenced_is_a_command_and_no_claim(self):
        self.accepted("README.md", "```sh\ncat `docs/none.md`\n```\n")

    def test_a_source_cites_pages_of_the_repository_only(self):
        self.accepted("src/base/a.cpp", "// docs/adr/0001-clang.md says why\n")
        self.refused("src/base/a.cpp", "\n// handbook.md 13\n", "src/base/a.cpp:2: cites handbook.md, which is not in the")

    def test_a_test_and_a_script_are_held_to_it_too(self):
        self.refused("tests/e2e/a.test.mjs", "// handbook.md (e) 9\n", "tests/e2e/a.test.mjs:1: cites handbook.md")
        self.refused("tools/check_all", "# handbook.md\n", "tools/check_all:1: cites handbook.md")

    def test_a_comment_names_a_source_that_exists(self):
        self.accepted("src/base/a.cpp", "// as log.hpp says, and bot/cards/card.hpp\n")
        self.refused("src/base/a.cpp", "// the first part is in wire.cpp\n", "cites wire.cpp")

    def test_a_section_is_one_of_an_rfc(self):
        self.accepted("src/base/a.cpp", "// RFC 4648 §5, without padding\n")
        self.refused("src/base/a.cpp", "// §4.2\n", "cites a section of something that is no RFC")

    def test_a_row_of_bad_input_names_tests_that_exist(self):
        self.write({"tests/unit/a_test.cpp": "TEST_F(Chat, Row9AnUnknownButton) {\n"})
        self.accepted("docs/design/bad_input.md", "| 9 | a button | a toast | `Chat.Row9AnUnknownButton` |\n")
        self.refused("docs/design/bad_input.md", "| 9 | a button | a toast | `Chat.Row9Gone` |\n", "no test Chat.Row9Gone")

    def test_a_row_that_a_test_names_is_on_the_page(self):
        page = "| 9 | a button | a toast |\n| 16 | nothing | asked again |\n"
        self.write({"docs/design/bad_input.md": page})
        self.refused("tests/unit/a_test.cpp", "TEST(Prompt, Rows16And17AreAsked) {\n", "names row 17, which")
        self.accepted("tests/unit/a_test.cpp", "TEST(Prompt, Row16IsAsked) {\n")
        self.refused("tests/e2e/a.test.mjs", 'test("Row44: gone", () => {', "names row 44, which")

    def test_a_report_ends_with_nought(self):
        self.write({"README.md": "`docs/none.md`"})
        code, output = self.run_tool("check_docs", "--report")
        self.assertEqual((code, output), (0, "README.md:1: there is no docs/none.md\ncheck_docs: 1 violations\n"))

    def test_a_clean_tree_says_what_was_seen(self):
        self.write({"README.md": "`docs/adr/` and `data/locales/ru.po`"})
        code, output = self.run_tool("check_docs")
        self.assertEqual((code, output), (0, "check_docs: 2 paths exist, no source cites what is not here\n"))


if __name__ == "__main__":
    unittest.main()
