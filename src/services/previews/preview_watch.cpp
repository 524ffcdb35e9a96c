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

constexpr std::size_t kToldMost = 1'000;

/// The built-in one needs no way over the network.
bool is_built_in(const catalog::PreviewIndex::Key& key, const catalog::PreviewIndex::Entry& entry) {
  const auto* own = built_in_previews().find(key);
  return own != nullptr && *own == entry;
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
    tell_once(fmt::format("{} is too large", catalog::kPreviewIndexFile));
    co_return;
  }
  if (*text == text_) {
    co_return;
  }
  auto index = text->empty() ? catalog::PreviewIndex() : catalog::PreviewIndex::parse(*text);
  if (!index) {
    tell_once(index.error().detail);
    co_return;
  }
  text_ = *text;
  co_await take(std::move(*index));
}

Task<void> PreviewWatch::take(catalog::PreviewIndex index) {
  Previews::Pictures taken;
  for (const auto& [key, entry] : index.all()) {
    if (is_built_in(key, entry)) {
      continue;
    }
    const std::string name = catalog::PreviewIndex::file_of(key, entry);
    const auto before = previews_.taken().find(name);
    if (before != previews_.taken().end() && before->second->sha256 == entry.sha256) {
      taken.insert(*before);
      continue;
    }
    auto jpeg = co_await fetch(name, entry.sha256);
    if (jpeg) {
      const Previews::Taken picture{entry.sha256, std::move(*jpeg)};
      taken.emplace(name, std::make_shared<const Previews::Taken>(picture));
    } else if (jpeg.error().code == Errc::unavailable) {
      text_.clear();  // the next look tries again
    } else {
      tell_once(
          fmt::format("the preview {} is not shown: {} {}", name, code_of(jpeg.error().code), jpeg.error().detail));
    }
  }
  const bool differs = !std::ranges::equal(taken, previews_.taken());
  previews_.put(std::move(taken));
  if (differs) {
    log::info("{} of the previews in the store are shown", previews_.taken().size());
  }
}

Task<Result<std::string>> PreviewWatch::fetch(std::string name, std::string sha256) {
  auto jpeg = co_await shelf_.read(std::move(name), catalog::kPreviewBytes);
  if (!jpeg) {
    co_return jpeg;
  }
  if (encoding::sha256_hex(*jpeg) != sha256) {
    co_return fail(Errc::image_not_an_image, "its bytes are not those of the index");
  }
  const auto sound = co_await check_preview(imager_, *jpeg);
  if (!sound) {
    co_return std::unexpected(sound.error());
  }
  co_return jpeg;
}

void PreviewWatch::tell_once(std::string trouble) {
  if (told_.size() >= kToldMost) {
    told_.clear();
  }
  if (told_.insert(trouble).second) {
    log::warn("{}", trouble);
  }
}

}  // namespace aisha::services
