// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_making.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/backoff.hpp"
#include "base/encoding.hpp"
#include "catalog/templates/template.hpp"
#include "services/previews/previews.hpp"

namespace aisha::services {
namespace {

namespace asio = boost::asio;
using catalog::PreviewIndex;
using domain::AvatarKind;

constexpr int kAtOnce = 4;
constexpr Millis kWritingPause{10};
constexpr int kWriteTries = 5;
constexpr Millis kFirstPause{500};
constexpr Millis kLastPause{4'000};
constexpr std::array kKinds{AvatarKind::portrait, AvatarKind::style};

Result<std::vector<PreviewOrder>> wanted_orders(const catalog::TemplateSet& styles, const WantedPreviews& wanted) {
  for (const std::string& id : wanted.styles) {
    if (std::ranges::none_of(styles.templates, [&](const auto& style) { return style->id == id; })) {
      return fail(Errc::template_unknown, "no style \"" + id + "\"");
    }
  }
  std::vector<PreviewOrder> out;
  for (const catalog::TemplateRef& style : styles.templates) {
    if (!wanted.styles.empty() && std::ranges::find(wanted.styles, style->id) == wanted.styles.end()) {
      continue;
    }
    for (const AvatarKind kind : kKinds) {
      if (style->suits(kind) && wanted.kind.value_or(kind) == kind) {
        out.push_back({style->id, kind, style->prompt_for(kind)});
      }
    }
  }
  return out;
}

/// Whether the shelf has it, byte for byte.
Task<Result<bool>> lies_there(PreviewShelf& shelf, PreviewIndex::Key key, PreviewIndex::Entry entry) {
  std::string name = PreviewIndex::file_of(key, entry);
  const auto jpeg = co_await shelf.read(std::move(name), catalog::kPreviewBytes);
  if (!jpeg && jpeg.error().code == Errc::unavailable) {
    co_return std::unexpected(jpeg.error());
  }
  const bool same = jpeg.has_value() && encoding::sha256_hex(*jpeg) == entry.sha256;
  co_return same;
}

class Writing {
 public:
  explicit Writing(bool& flag) : flag_(flag) { flag_ = true; }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;
  ~Writing() { flag_ = false; }

 private:
  bool& flag_;
};

bool is_built_in(const PreviewIndex::Key& key, std::string_view mark) {
  const auto* own = built_in_previews().find(key);
  return own != nullptr && own->prompt_mark == mark;
}

}  // namespace

Task<Result<std::vector<PreviewOrder>>> lacking_previews(PreviewShelf& shelf, const catalog::TemplateSet& styles,
                                                         WantedPreviews wanted) {
  auto orders = wanted_orders(styles, wanted);
  if (!orders || wanted.force) {
    co_return orders;
  }
  const auto index = co_await read_index(shelf);
  if (!index) {
    co_return std::unexpected(index.error());
  }
  std::vector<PreviewOrder> out;
  for (PreviewOrder& order : *orders) {
    const PreviewIndex::Key key{order.style, order.kind};
    const std::string mark = catalog::prompt_mark(order.prompt);
    const auto* entry = index->find(key);
    bool has = wanted.built_in_count && is_built_in(key, mark);
    if (!has && entry != nullptr && entry->prompt_mark == mark) {
      const PreviewIndex::Entry of_it = *entry;
      const auto there = co_await lies_there(shelf, key, of_it);
      if (!there) {
        co_return std::unexpected(there.error());
      }
      has = *there;
    }
    if (!has) {
      out.push_back(std::move(order));
    }
  }
  co_return out;
}

Task<int> PreviewMaking::run(std::vector<PreviewOrder> orders) {
  orders_ = std::move(orders);
  next_ = 0;
  failed_ = 0;
  stopped_.reset();
  const auto executor = co_await asio::this_coro::executor;
  std::vector<decltype(asio::co_spawn(executor, work(), asio::deferred))> group;
  for (int i = 0; i < kAtOnce; ++i) {
    group.push_back(asio::co_spawn(executor, work(), asio::deferred));
  }
  auto all = asio::experimental::make_parallel_group(std::move(group));
  const auto ended = co_await all.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  for (const std::exception_ptr& problem : std::get<1>(ended)) {
    if (problem) {
      std::rethrow_exception(problem);
    }
  }
  co_return failed_;
}

Task<void> PreviewMaking::work() {
  while (next_ < orders_.size()) {
    const PreviewOrder order = orders_[next_++];
    Result<void> made = fail(Errc::unavailable);
    if (stopped_) {
      made = std::unexpected(*stopped_);
    } else {
      made = co_await make(order);
    }
    if (!made) {
      ++failed_;
      const Errc code = made.error().code;
      if (!stopped_ && (code == Errc::provider_auth || code == Errc::provider_balance)) {
        stopped_ = Error{code, "not tried: the provider takes nothing"};
      }
    }
    report_(order, made);
  }
}

Task<Result<void>> PreviewMaking::make(PreviewOrder order) {
  const auto avatar = avatars_.find(order.kind);
  if (avatar == avatars_.end()) {
    const bool portrait = order.kind == AvatarKind::portrait;
    co_return fail(Errc::avatar_none, portrait ? "no portrait avatar: set [preview_avatar.portrait]"
                                               : "no style avatar: set [preview_avatar.style]");
  }
  auto jpeg = co_await rendering_.render(order, avatar->second);
  if (!jpeg) {
    co_return std::unexpected(jpeg.error());
  }
  while (writing_) {
    co_await clock_.sleep(kWritingPause);
  }
  const Writing writing(writing_);
  const auto kept = co_await keep_surely(std::move(order), std::move(*jpeg));
  if (!kept && !stopped_) {
    stopped_ = Error{kept.error().code, "not tried: what is made cannot be kept"};
  }
  co_return kept;
}

/// It is paid for: a store that is away for a moment does not lose it.
Task<Result<void>> PreviewMaking::keep_surely(PreviewOrder order, std::string jpeg) {
  for (int tries = 0;; ++tries) {
    auto kept = co_await keep(order, jpeg);
    if (kept || tries + 1 == kWriteTries) {
      co_return kept;
    }
    const Millis pause = doubled(kFirstPause, tries, kLastPause);
    co_await clock_.sleep(pause);
  }
}

Task<Result<void>> PreviewMaking::keep(PreviewOrder order, std::string jpeg) {
  // Read anew: another hand may have added to it.
  auto index = co_await read_index(shelf_);
  if (!index) {
    co_return std::unexpected(index.error());
  }
  const PreviewIndex::Key key{order.style, order.kind};
  const PreviewIndex::Entry entry{catalog::prompt_mark(order.prompt), encoding::sha256_hex(jpeg)};
  const auto* before = index->find(key);
  const std::string old = before == nullptr ? std::string() : PreviewIndex::file_of(key, *before);
  const std::string file = PreviewIndex::file_of(key, entry);
  const auto written = co_await shelf_.write(file, std::move(jpeg));
  if (!written) {
    co_return std::unexpected(written.error());
  }
  index->put(key, entry);
  auto told = co_await write_index(std::move(*index));
  if (told && !old.empty() && old != file) {
    told = co_await shelf_.remove(old);
  }
  co_return told;
}

Task<Result<void>> PreviewMaking::write_index(PreviewIndex index) {
  std::string name(catalog::kPreviewIndexFile);
  std::string text = index.text();
  co_return co_await shelf_.write(std::move(name), std::move(text));
}

Task<Result<int>> PreviewMaking::drop_strangers(const catalog::TemplateSet& styles) {
  auto index = co_await read_index(shelf_);
  if (!index) {
    co_return std::unexpected(index.error());
  }
  PreviewIndex kept;
  std::vector<std::string> files;
  for (const auto& [key, entry] : index->all()) {
    const bool known = std::ranges::any_of(
        styles.templates, [&](const auto& style) { return style->id == key.first && style->suits(key.second); });
    if (known) {
      kept.put(key, entry);
    } else {
      files.push_back(PreviewIndex::file_of(key, entry));
    }
  }
  if (files.empty()) {
    co_return 0;
  }
  auto written = co_await write_index(std::move(kept));
  for (std::size_t i = 0; written && i < files.size(); ++i) {
    std::string file = files[i];
    written = co_await shelf_.remove(std::move(file));
  }
  if (!written) {
    co_return std::unexpected(written.error());
  }
  co_return static_cast<int>(files.size());
}

}  // namespace aisha::services
