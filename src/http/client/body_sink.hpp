// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/hashing.hpp"

namespace aisha::http {

/// Takes the body of an answer as it arrives, for one that is too large to be kept whole.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// Before the first piece; what came before was of an answer that broke off.
  virtual Result<void> begin() = 0;
  /// An error ends the transfer and is its error.
  virtual Result<void> take(std::string_view piece) = 0;
};

/// Keeps nothing but the digest.
class DigestSink : public BodySink {
 public:
  Result<void> begin() override;
  Result<void> take(std::string_view piece) override;
  /// Of the whole body, once.
  Digest finish() { return digester_.finish(); }

 private:
  Digester digester_;
};

/// Writes a file of its own, which is removed with the sink unless it is kept. Errors: disk_full, unavailable.
class FileSink final : public DigestSink {
 public:
  explicit FileSink(std::string path) : path_(std::move(path)) {}
  FileSink(const FileSink&) = delete;
  FileSink& operator=(const FileSink&) = delete;
  ~FileSink() override;

  Result<void> begin() override;
  Result<void> take(std::string_view piece) override;
  const std::string& path() const { return path_; }
  void keep() { is_kept_ = true; }

 private:
  std::string path_;
  int file_ = -1;
  bool is_kept_ = false;
};

}  // namespace aisha::http
