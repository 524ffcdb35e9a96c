#!/usr/bin/env python3
"""Each rule of tools/check_layers, broken once on a made-up tree."""
import unittest

from made_up_tree import MadeUpTree
from layers import arrows, callers, folders


class Arrows(MadeUpTree):
    def problems(self, name: str, include: str) -> str:
        self.write({name: f'#include "{include}"\n'})
        return "\n".join(arrows.violations(self.root)[0])

    def refused(self, name: str, include: str, why: str):
        self.assertIn(why, self.problems(name, include))

    def allowed(self, name: str, include: str):
        self.assertEqual(self.problems(name, include), "")

    def test_a_layer_includes_what_its_arrows_name(self):
        self.allowed("src/texts/a.hpp", "base/error.hpp")
        self.allowed("src/app/serve/a.cpp", "sql/sqlite/driver.hpp")
        self.allowed("sandbox/page/a.cpp", "sandbox/hub.hpp")
        self.allowed("apps/imager/main.cpp", "imaging/worker/process/worker_loop.hpp")

    def test_a_layer_does_not_include_the_one_above(self):
        self.refused("src/domain/a.hpp", "services/people/people.hpp", "layer domain -> base")

    def test_the_bot_does_not_see_sql(self):
        self.refused("src/bot/flow/a.cpp", "stores/people/users.hpp", "layer bot ->")

    def test_only_the_app_names_an_engine(self):
        self.refused("src/services/context/a.cpp", "blobs/s3/store.hpp", "layer services ->")

    def test_the_sandbox_does_not_include_the_product(self):
        self.refused("sandbox/hub.cpp", "services/people/people.hpp", "layer ../sandbox ->")

    def test_an_include_of_a_folder_that_no_layer_holds_is_refused(self):
        self.refused("src/base/a.hpp", "jobs/pump.hpp", "no layer holds it")

    def test_a_source_of_a_folder_that_no_layer_holds_is_refused(self):
        self.refused("src/payments/a.hpp", "base/error.hpp", "no layer of")

    def test_a_source_of_a_room_that_the_tables_do_not_name_is_refused(self):
        self.refused("src/services/payments/a.hpp", "base/error.hpp", "no room of services")

    def test_rooms_of_stores_know_only_their_unit_of_work(self):
        self.allowed("src/stores/jobs/a.cpp", "stores/unit/unit_of_work.hpp")
        self.refused("src/stores/jobs/a.cpp", "stores/pictures/requests.hpp", "room stores/jobs -> stores/unit")

    def test_upkeep_reads_every_store(self):
        self.allowed("src/stores/upkeep/a.cpp", "stores/ledger/ledger.hpp")

    def test_jobs_do_not_know_what_they_make(self):
        self.refused("src/services/jobs/a.cpp", "services/generations/status.hpp", "room services/jobs ->")

    def test_people_do_not_know_the_inbox(self):
        self.refused("src/services/people/a.hpp", "services/inbox/inbox.hpp", "room services/people ->")

    def test_people_do_not_know_the_outbox(self):
        self.refused("src/services/people/a.hpp", "services/outbox/sender.hpp", "room services/people ->")

    def test_a_flow_does_not_know_the_features(self):
        self.refused("src/bot/flow/a.hpp", "bot/features/create/screen.hpp", "room bot/flow ->")

    def test_dispatch_and_delivery_do_not_know_each_other(self):
        self.refused("src/bot/delivery/a.cpp", "bot/dispatch/event.hpp", "room bot/delivery ->")

    def test_the_table_of_http_routes_includes_the_hooks_and_not_the_reverse(self):
        self.allowed("src/web/table/a.cpp", "web/hooks/fal_hook.hpp")
        self.refused("src/web/hooks/a.cpp", "web/table/http_routes.hpp", "room web/hooks -> nothing")

    def test_client_and_server_of_http_meet_in_common(self):
        self.allowed("src/http/server/a.cpp", "http/common/date.hpp")
        self.refused("src/http/server/a.cpp", "http/client/client.hpp", "room http/server -> http/common")

    def test_engines_are_opened_without_the_commands(self):
        self.refused("src/app/engines/a.cpp", "app/commands/cli.hpp", "room app/engines -> nothing")

    def test_a_feature_sees_the_routes_of_another_and_nothing_else(self):
        self.allowed("src/bot/features/picture/screen.cpp", "bot/features/create/routes.hpp")
        self.refused("src/bot/features/picture/screen.cpp", "bot/features/create/screen.hpp", "only its routes.hpp")

    def test_a_feature_asks_the_services_of_the_map_only(self):
        self.allowed("src/bot/features/create/flow.cpp", "services/generations/request.hpp")
        self.refused("src/bot/features/start/flow.cpp", "services/generations/request.hpp", "start -> services people")

    def test_a_feature_that_the_map_does_not_know_is_refused(self):
        self.refused("src/bot/features/gifts/flow.cpp", "base/error.hpp", "does not know this feature")

    def test_a_service_uses_its_own_stores(self):
        self.allowed("src/services/gallery/a.cpp", "stores/pictures/requests.hpp")
        self.allowed("src/services/gallery/a.cpp", "stores/unit/unit_of_work.hpp")
        self.allowed("src/services/upkeep/a.cpp", "stores/queue/inbox_rows.hpp")

    def test_a_service_does_not_use_the_stores_of_another(self):
        self.refused("src/services/gallery/a.cpp", "stores/ledger/ledger.hpp", "services/gallery -> stores pictures")


class Folders(MadeUpTree):
    def problems(self, *names: str) -> str:
        self.write({name: "" for name in names})
        return "\n".join(folders.violations(self.root))

    def test_a_folder_holds_ten_units_and_not_eleven(self):
        names = [f"src/catalog/part_{n}.hpp" for n in range(10)]
        self.assertEqual(self.problems(*names, "src/catalog/part_0.cpp", "src/domain/README.md"), "")
        self.assertIn("src/catalog: 11 units (at most 10)", self.problems("src/catalog/part_10.hpp"))

    def test_the_three_machines_hold_twenty(self):
        self.assertEqual(self.problems(*[f"src/base/part_{n}.hpp" for n in range(20)]), "")
        self.assertIn("src/base: 21 units (at most 20)", self.problems("src/base/part_20.hpp"))

    def test_no_file_stands_beside_subfolders(self):
        found = self.problems("src/bot/features/flows.hpp", "src/bot/features/start/flow.hpp")
        self.assertIn("src/bot/features/flows.hpp: stands beside subfolders", found)

    def test_the_interface_of_an_engine_stands_beside_its_engines(self):
        self.assertEqual(self.problems("src/cache/cache.hpp", "src/cache/memory/store.hpp"), "")

    def test_a_source_has_a_header_of_its_name(self):
        self.assertIn("src/domain/names.cpp: has no header", self.problems("src/domain/names.cpp"))
        self.assertEqual(self.problems("src/domain/names.hpp"), "")

    def test_the_source_of_a_header_only_library_needs_no_header(self):
        self.assertEqual(self.problems("src/http/server/beast_impl.cpp"), "")

    def test_a_name_stands_once(self):
        found = self.problems("src/services/people/names.hpp", "src/domain/names.hpp")
        self.assertEqual(found, "names: the name stands in src/domain, src/services/people")

    def test_twin_engines_and_features_share_names(self):
        names = ["src/sql/sqlite/driver.hpp", "src/sql/postgres/driver.hpp", "src/blobs/s3/answers.hpp",
                 "src/providers/fal/answers.hpp", "src/bot/features/start/flow.hpp", "src/bot/features/help/flow.hpp"]
        self.assertEqual(self.problems(*names), "")

    def test_the_interface_beside_the_engines_shares_no_name(self):
        self.assertIn("key: the name stands in", self.problems("src/blobs/key.hpp", "src/cache/key.hpp"))


class Callers(MadeUpTree):
    def unused(self, header: str, source: str = "") -> list[str]:
        self.write({"src/domain/price.hpp": header, "src/services/ask.cpp": source})
        return [line.rsplit(" ", 1)[1] for line in callers.violations(self.root)[0]]

    def test_a_function_that_is_only_defined_is_unused(self):
        header = "std::int64_t price_of(const Order& order);\n"
        source = "std::int64_t price_of(const Order& order) {\n  return 1;\n}\n"
        self.assertEqual(self.unused(header, source), ["price_of"])

    def test_a_call_is_a_use(self):
        header = "Task<Result<int>> price_of(Order order);\n"
        for call in ("  auto p = co_await price_of(order);\n", "  price_of(order);\n", "  if (price_of(order)) {\n",
                     "  return price_of(order);\n", "  sum(1, &price_of);\n", "  const auto p = domain::price_of(o);\n"):
            with self.subTest(call):
                self.assertEqual(self.unused(header, call), [])

    def test_a_method_is_unused_until_somebody_calls_it(self):
        header = "class Purse {\n public:\n  [[nodiscard]] virtual bool is_empty() const = 0;\n};\n"
        source = "bool Purse::is_empty() const { return true; }\n"
        self.assertEqual(self.unused(header, source), ["is_empty"])
        self.assertEqual(self.unused(header, source + "  return purse.is_empty();\n"), [])

    def test_a_type_and_a_constant_that_nobody_names_are_unused(self):
        self.assertEqual(self.unused("struct Tariff {};\ninline constexpr int kMost = 3;\n"), ["Tariff", "kMost"])
        self.assertEqual(self.unused("struct Tariff {};\ninline constexpr int kMost = 3;\n", "Tariff t{kMost};\n"), [])

    def test_a_comment_and_a_string_are_no_use(self):
        source = '// price_of(order) told it\nlog("price_of(order)");\n'
        self.assertEqual(self.unused("int price_of(Order order);\n", source), ["price_of"])

    def test_a_test_is_no_use(self):
        self.write({"tests/unit/price_test.cpp": "EXPECT_EQ(price_of({}), 1);\n"})
        self.assertEqual(self.unused("int price_of(Order order);\n"), ["price_of"])

    def test_a_kept_name_is_excused(self):
        self.write({callers.KEPT: "price_of: the next screen asks it\n"})
        self.assertEqual(self.unused("int price_of(Order order);\n"), [])

    def test_a_kept_name_that_is_used_or_gone_is_an_error(self):
        self.write({callers.KEPT: "price_of: once\n"})
        self.unused("int price_of(Order order);\n", "return price_of(order);\n")
        self.assertEqual(callers.violations(self.root)[0], [f"{callers.KEPT}: price_of is used or gone; take its line out"])

    def test_a_kept_name_needs_a_reason(self):
        self.write({callers.KEPT: "price_of:\n"})
        self.unused("int price_of(Order order);\n")
        self.assertIn(f"{callers.KEPT}: price_of: has no reason", callers.violations(self.root)[0])


class Program(MadeUpTree):
    def test_one_violation_of_any_rule_ends_with_one(self):
        for name, text in (("src/base/a.hpp", '#include "domain/user.hpp"\n'), ("src/base/b.cpp", ""),
                           ("src/base/c.hpp", "int nobody_asks();\n")):
            with self.subTest(name):
                self.write({name: text})
                self.assertEqual(self.run_tool("check_layers")[0], 1)
                (self.root / name).unlink()

    def test_a_report_prints_the_same_and_ends_with_nought(self):
        self.write({"src/base/b.cpp": ""})
        code, output = self.run_tool("check_layers", "--report")
        self.assertEqual(code, 0)
        self.assertIn("src/base/b.cpp: has no header of its name", output)
        self.assertIn("1 violations", output)

    def test_a_clean_tree_says_what_was_seen(self):
        self.write({"src/base/a.hpp": "int ask();\n", "src/base/a.cpp": '#include "base/a.hpp"\nint ask() { return 1; }\n',
                    "apps/aisha/main.cpp": "int main() { return ask(); }\n"})
        code, output = self.run_tool("check_layers")
        self.assertEqual((code, output), (0, "check_layers: 1 includes follow the arrows, 1 declarations have a user\n"))


if __name__ == "__main__":
    unittest.main()
