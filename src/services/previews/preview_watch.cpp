// SPDX-License-Identifier: Apache-2.0
#include "services/previews/preview_watch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/encoding.hpp"
#include "base/log.hpp"
#include "imaging/imager.hpp"

namespace aisha::services {
namespace {

/// The built-in one needs no way over the network.
bool is_built_in(const catalog::PreviewIndex::Key& key, const catalog::PreviewIndex::Entry& entry) {
  const auto* own = built_in_previews().find(key);
  return own != nullptr && *own == entry;
}

/// Of a picture whose bytes are those of the index.
bool may_pass(Errc code) {
  return code == Errc::image_decoder_failed || code == Errc::unavailable;
}

}  // namespace

Task<Result<void>> check_preview(imaging::Imager& imager, std::string jpeg) {
  if (jpeg.size() > catalog::kPreviewBytes) {
    co_return fail(Errc::image_too_many_bytes);
  }
  const auto found = co_await imager.inspect(std::move(jpeg));
  if (!found) {
    co_return std::unexpected(found.error());
  }
  if (found->format != imaging::Format::jpeg) {
    co_return fail(Errc::image_type_refused, "no JPEG");
  }
  if (found->width != catalog::kPreviewSide || found->height != catalog::kPreviewSide) {
    co_return fail(Errc::option_out_of_range, fmt::format("{}x{}", found->width, found->height));
  }
  co_return Result<void>();
}

Task<void> PreviewWatch::run() {
  const auto text = co_await read_index_text(shelf_);
  if (!text && text.error().code != Errc::image_too_many_bytes) {
    co_return;  // a store that is away is told by those who need it
  }
  if (!text) {
    refused_.reset();
    note(std::string(catalog::kPreviewIndexFile), "it is too large");
    co_return;
  }
  // What is no index is read once: a megabyte takes longer than this thread has.
  if (refused_ != *text && (text_ == *text || adopt(*text))) {
    refused_.reset();
    note(std::string(catalog::kPreviewIndexFile), std::nullopt);
  }
  if (!settled_) {
    co_await take();
  }
}

bool PreviewWatch::adopt(const std::string& text) {
  auto index = text.empty() ? catalog::PreviewIndex() : catalog::PreviewIndex::parse(text);
  if (!index) {
    refused_ = text;
    note(std::string(catalog::kPreviewIndexFile), index.error().detail);
    return false;
  }
  text_ = text;
  index_ = std::move(*index);
  settled_ = false;
  return true;
}

Task<void> PreviewWatch::take() {
  Previews::Pictures taken;
  std::set<Picture> unfit;
  bool settled = true;
  for (const auto& [key, entry] : index_.all()) {
    if (is_built_in(key, entry)) {
      continue;
    }
    if (!previews_.knows(key.first)) {
      settled = false;  // the catalogue may get it
      continue;
    }
    const Picture wanted{catalog::PreviewIndex::file_of(key, entry), entry.sha256};
    if (unfit_.contains(wanted)) {
      unfit.insert(wanted);
      continue;
    }
    const auto before = previews_.taken().find(wanted.first);
    if (before != previews_.taken().end() && before->second->sha256 == wanted.second) {
      taken.insert(*before);
      continue;
    }
    auto jpeg = co_await fetch(wanted);
    if (jpeg) {
      note(wanted.first, std::nullopt);
      const Previews::Taken picture{wanted.second, std::move(*jpeg)};
      taken.emplace(wanted.first, std::make_shared<const Previews::Taken>(picture));
      continue;
    }
    const Error& why = jpeg.error();
    if (unfit_.contains(wanted)) {
      unfit.insert(wanted);
    } else {
      settled = false;
      if (before != previews_.taken().end()) {
        taken.insert(*before);
      }
    }
    if (why.code != Errc::unavailable) {  // a store that is away is told by those who need it
      note(wanted.first, fmt::format("{} {}", code_of(why.code), why.detail));
    }
  }
  unfit_ = std::move(unfit);
  forget_troubles();
  settled_ = settled;
  const bool differs = !std::ranges::equal(taken, previews_.taken());
  previews_.put(std::move(taken));
  if (differs) {
    log::info("{} of the previews in the store are shown", previews_.taken().size());
  }
}

Task<Result<std::string>> PreviewWatch::fetch(Picture wanted) {
  auto jpeg = co_await shelf_.read(wanted.first, catalog::kPreviewBytes);
  if (!jpeg) {
    co_return jpeg;
  }
  if (encoding::sha256_hex(*jpeg) != wanted.second) {
    co_return fail(Errc::image_not_an_image, "its bytes are not those of the index");
  }
  const auto sound = co_await check_preview(imager_, *jpeg);
  if (sound) {
    co_return jpeg;
  }
  if (!may_pass(sound.error().code)) {
    unfit_.insert(std::move(wanted));
  }
  co_return std::unexpected(sound.error());
}

/// Of pictures that the index no longer speaks of.
void PreviewWatch::forget_troubles() {
  std::set<std::string> names{std::string(catalog::kPreviewIndexFile)};
  for (const auto& [key, entry] : index_.all()) {
    names.insert(catalog::PreviewIndex::file_of(key, entry));
  }
  std::erase_if(troubles_, [&](const auto& one) { return !names.contains(one.first); });
}

void PreviewWatch::note(std::string name, std::optional<std::string> trouble) {
  if (!trouble) {
    troubles_.erase(name);
    return;
  }
  std::string& known = troubles_[name];
  if (known != *trouble) {
    log::warn("previews/{} is not taken: {}", name, *trouble);
    known = std::move(*trouble);
  }
}

}  // namespace aisha::services
