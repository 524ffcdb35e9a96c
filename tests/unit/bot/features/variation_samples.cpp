// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/bot/features/variation_samples.hpp"

#include <utility>

#include "bot/features/batch/screen.hpp"
#include "bot/features/variants/screen.hpp"

namespace aisha::bot::testing {
namespace {

void add_choices(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v) {
  variants::ChoicesView view;
  view.picture = v.id;
  view.title = v.title;
  view.model = "FLUX LoRA";
  view.ratio = "3:4";
  view.quality = t.plain("quality.ultra");
  view.price = 5;
  view.ratios = {"1:1", "4:3", "9:16", "16:9", "21:9"};
  view.can_be_closer = true;
  view.can_be_freer = true;
  view.nonce = v.nonce;
  out["variants"] = variants::choices_card(t, view);
  view.better = t.plain("quality.ultra");
  view.better_price = 5;
  view.can_be_repainted = true;
  view.repaint_price = 5;
  view.can_be_changed = true;
  view.ties = {v.id, true, 3};
  out["variants_family"] = variants::choices_card(t, view);
  view.better_price = 8;
  view.ties = {v.id, false, 0};
  view.other_avatar = v.name;
  view.can_be_closer = false;
  out["variants_other_avatar"] = variants::choices_card(t, view);
  view.is_shown = false;
  view.can_be_freer = false;
  view.ratios.clear();
  view.can_be_repainted = false;
  view.can_be_changed = false;
  out["variants_bare"] = variants::choices_card(t, view);
  out["words"] = variants::words_card(t, {v.id, 5, 15});
  out["words_confirm"] = variants::change_card(t, {v.id, v.prompt, 5, v.nonce, "0a1b2c"});
}

void add_families(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v,
                  std::vector<OwnItem> items) {
  variants::FamilyView view;
  view.head = v.id;
  view.head_item = items.back();
  items.pop_back();
  view.children = items;
  view.all = 8;
  out["family"] = variants::family_card(t, view);
  view.parent = v.id;
  view.ahead = 8;
  view.all = 40;
  out["family_between"] = variants::family_card(t, view);
  view.head_item.reset();
  view.parent.reset();
  view.children.resize(1);
  view.ahead = 0;
  view.all = 1;
  out["family_head_deleted"] = variants::family_card(t, view);
}

void add_batches(std::map<std::string, Card>& out, const texts::Texts& t, const Values& v,
                 const GenerationView& generation, std::vector<OwnItem> items) {
  items.resize(4);
  const std::string line = t.plain("status.started");
  out["batch_status"] = batch::status_card(t, {v.id, generation, 2, 4, line, false});
  out["batch_cancelling"] = batch::status_card(t, {v.id, generation, 2, 4, t.plain("status.cancelling"), true});
  batch::DoneView done{v.id, generation, items, 4, 4, 0, 0, v.coins, v.nonce};
  out["batch_done"] = batch::done_card(t, done);
  done.items.pop_back();
  done.done = 3;
  done.failed = 1;
  out["batch_one_lost"] = batch::done_card(t, done);
  done.items.resize(1);
  done.done = 2;
  done.cancelled = 1;
  out["batch_removed"] = batch::done_card(t, done);
  out["batch_none"] = batch::done_card(t, {v.id, generation, {}, 0, 4, 4, 0, v.coins, v.nonce});
  out["batch_cancelled"] = batch::done_card(t, {v.id, generation, {}, 0, 4, 0, 4, v.coins, v.nonce});
}

}  // namespace

void add_variation_screens(std::map<std::string, Card>& out, const texts::Texts& texts, const Values& values,
                           const GenerationView& generation, std::vector<OwnItem> items) {
  add_choices(out, texts, values);
  add_families(out, texts, values, items);
  add_batches(out, texts, values, generation, std::move(items));
}

}  // namespace aisha::bot::testing
