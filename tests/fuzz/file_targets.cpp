// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalog/models/model_manager.hpp"
#include "catalog/templates/preview_index.hpp"
#include "catalog/templates/template_parser.hpp"
#include "config/config.hpp"
#include "imaging/imager_wire.hpp"
#include "imaging/sniff.hpp"
#include "imaging/strip.hpp"
#include "tests/fuzz/targets.hpp"

namespace aisha::fuzz {

void run_config(std::string_view bytes) {
  const int file = ::memfd_create("config", MFD_CLOEXEC);
  ::fchmod(file, 0600);
  require(::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "the file can be written");
  const auto config =
      config::load(fmt::format("/proc/self/fd/{}", file), [](std::string_view) { return std::nullopt; });
  ::close(file);
  require(
      config.has_value() || config.error().code == Errc::config_invalid || config.error().code == Errc::config_secret,
      "a configuration is taken or refused");
  require(config.has_value() || !config.error().detail.empty(), "a refusal says why");
}

void run_catalog(std::string_view bytes) {
  const std::vector<catalog::SourceFile> files{{"fuzz.toml", std::string(bytes)}};
  const auto templates = catalog::parse_templates(files);
  require(templates.has_value() || templates.error().detail.starts_with("fuzz.toml"), "an error names its file");
  const auto models = catalog::parse_models({files.front(), {"routes.toml", std::string(bytes)}});
  require(models.has_value() || models.error().code == Errc::catalog_invalid, "models are taken or invalid");
}

void run_preview_index(std::string_view bytes) {
  const auto index = catalog::PreviewIndex::parse(bytes);
  if (!index) {
    require(index.error().detail.starts_with(catalog::kPreviewIndexFile), "an error names its file");
    return;
  }
  for (const auto& [key, entry] : index->all()) {
    require(catalog::PreviewIndex::file_of(key, entry).find_first_of("/\\") == std::string::npos,
            "no name leaves its folder");
  }
  const auto again = catalog::PreviewIndex::parse(index->text());
  require(again.has_value() && again->all() == index->all(), "what is written is read as it was");
}

void run_picture(std::string_view bytes) {
  const imaging::PictureLimits limits;
  const auto header = imaging::sniff(bytes, limits);
  if (!header) {
    return;
  }
  require(header->width > 0 && header->height > 0, "a picture has two sides");
  require(header->width <= limits.max_side && header->height <= limits.max_side, "no side passes its limit");
  require(static_cast<std::int64_t>(header->width) * header->height <= limits.max_pixels, "no area passes its limit");
  const imaging::Stripped once = imaging::strip_metadata(bytes, header->format);
  require(once.bytes.size() <= bytes.size(), "nothing is added");
  if (once.complete) {
    require(imaging::strip_metadata(once.bytes, header->format).bytes == once.bytes, "stripping twice changes nothing");
  }
}

void run_imager_wire(std::string_view bytes) {
  if (const auto request = imaging::wire::decode_request(bytes)) {
    require(imaging::wire::encode(*request) == bytes, "only what encode makes is a request");
  }
  if (const auto answer = imaging::wire::decode_answer(bytes)) {
    require(imaging::wire::encode(*answer) == bytes, "only what encode makes is an answer");
  }
}

}  // namespace aisha::fuzz
