// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/task.hpp"

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace aisha {

/// Length and SHA-256 (lower-case hex) of some bytes.
struct Digest {
  std::uint64_t bytes = 0;
  std::string sha256;

  friend bool operator==(const Digest&, const Digest&) = default;
};

/// The digest of bytes that come piece by piece.
class Digester {
 public:
  Digester();
  /// Forgets what came so far.
  void begin();
  void add(std::string_view piece);
  /// Of everything since `begin`; then begins anew.
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
  std::uint64_t bytes_ = 0;
};

/// Lower-case hex of SHA-256. Large ones are worked through in pieces, and the loop runs on between them.
Task<std::string> sha256_in_pieces(const std::string& bytes);

}  // namespace aisha
