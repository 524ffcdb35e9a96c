// SPDX-License-Identifier: Apache-2.0
#include "http/client/peers.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace aisha::http {
namespace {

constexpr int kUnacknowledgedMs = 20'000;
constexpr int kKeepIdleS = 15;
constexpr int kKeepIntervalS = 5;
constexpr int kKeepCount = 3;

struct Block4 {
  std::uint32_t network;
  unsigned bits;
};

constexpr std::uint32_t ip4(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return a << 24U | b << 16U | c << 8U;
}

constexpr std::array kSpecial4 = {
    Block4{ip4(0, 0, 0), 8},      Block4{ip4(10, 0, 0), 8},     Block4{ip4(100, 64, 0), 10},
    Block4{ip4(127, 0, 0), 8},    Block4{ip4(169, 254, 0), 16}, Block4{ip4(172, 16, 0), 12},
    Block4{ip4(192, 0, 0), 24},   Block4{ip4(192, 0, 2), 24},   Block4{ip4(192, 88, 99), 24},
    Block4{ip4(192, 168, 0), 16}, Block4{ip4(198, 18, 0), 15},  Block4{ip4(198, 51, 100), 24},
    Block4{ip4(203, 0, 113), 24}, Block4{ip4(224, 0, 0), 4},    Block4{ip4(240, 0, 0), 4},
};

bool is_public4(std::uint32_t address) {
  return std::ranges::none_of(
      kSpecial4, [address](const Block4& block) { return (address ^ block.network) >> (32U - block.bits) == 0; });
}

bool is_public6(const std::uint8_t* bytes) {
  const auto word = [bytes](int i) { return static_cast<unsigned>(bytes[2 * i]) << 8U | bytes[2 * i + 1]; };
  // Global unicast is 2000::/3; loopback, link-local, unique-local, mapped and NAT64 addresses all lie outside it.
  if ((bytes[0] >> 5U) != 1) {
    return false;
  }
  const bool ietf = word(0) == 0x2001 && word(1) < 0x0200;  // Teredo, benchmarking, ORCHID
  const bool documentation = (word(0) == 0x2001 && word(1) == 0x0db8) || (word(0) == 0x3fff && word(1) < 0x1000);
  const bool six_to_four = word(0) == 0x2002;
  return !ietf && !documentation && !six_to_four;
}

}  // namespace

bool is_public_address(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public6(in.sin6_addr.s6_addr);
  }
  return false;
}

void watch_peer(int socket) noexcept {
  const auto set = [socket](int level, int option, int value) {
    ::setsockopt(socket, level, option, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, kKeepIdleS);
  set(IPPROTO_TCP, TCP_KEEPINTVL, kKeepIntervalS);
  set(IPPROTO_TCP, TCP_KEEPCNT, kKeepCount);
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledgedMs);
}

}  // namespace aisha::http
