// SPDX-License-Identifier: Apache-2.0
#pragma once

struct sockaddr;

namespace aisha::http {

/// True for an address that belongs to the public internet. False for loopback, private, shared (RFC 6598), link-local,
/// documentation, benchmark, multicast, reserved and unspecified addresses, for IPv6 forms that carry an IPv4 address
/// (mapped, 6to4, Teredo, NAT64) and for any family but IPv4 and IPv6. Source: IANA special-purpose address registries.
bool is_public_address(const sockaddr& address) noexcept;

/// Has the kernel notice a peer whose machine is gone: unacknowledged bytes and an idle connection are given up within
/// half a minute.
void watch_peer(int socket) noexcept;

}  // namespace aisha::http
