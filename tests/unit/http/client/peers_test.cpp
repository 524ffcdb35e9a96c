// SPDX-License-Identifier: Apache-2.0
#include "http/client/peers.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace aisha::http {
namespace {

bool is_public(const char* text) {
  sockaddr_in in{};
  in.sin_family = AF_INET;
  if (inet_pton(AF_INET, text, &in.sin_addr) == 1) {
    return is_public_address(reinterpret_cast<const sockaddr&>(in));
  }
  sockaddr_in6 in6{};
  in6.sin6_family = AF_INET6;
  EXPECT_EQ(inet_pton(AF_INET6, text, &in6.sin6_addr), 1) << text;
  return is_public_address(reinterpret_cast<const sockaddr&>(in6));
}

TEST(Peers, SpecialPurposeAddressesAreNotPublic) {
  for (const char* text :
       {"0.0.0.0",     "0.1.2.3",         "10.0.0.1",   "100.64.0.1",     "100.127.255.255", "127.0.0.1",
        "127.255.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8",       "192.0.2.1",
        "192.88.99.1", "192.168.1.1",     "198.18.0.1", "198.19.0.1",     "198.51.100.1",    "203.0.113.9",
        "224.0.0.1",   "239.1.1.1",       "240.0.0.1",  "255.255.255.255"}) {
    EXPECT_FALSE(is_public(text)) << text;
  }
  for (const char* text : {"::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "fe80::1", "fc00::1",
                           "fd12::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fec0::1"}) {
    EXPECT_FALSE(is_public(text)) << text;
  }
}

TEST(Peers, AddressesNextToTheSpecialOnesArePublic) {
  for (const char* text : {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
                           "128.0.0.1", "149.154.167.220", "172.15.255.255", "172.32.0.0", "192.167.255.255",
                           "198.17.255.255", "198.20.0.0", "223.255.255.255"}) {
    EXPECT_TRUE(is_public(text)) << text;
  }
  for (const char* text : {"2001:67c:4e8:f004::9", "2606:4700:4700::1111", "2a00:1450:4001::1", "2001:200::1"}) {
    EXPECT_TRUE(is_public(text)) << text;
  }
}

TEST(Peers, OtherFamiliesAreNotPublic) {
  sockaddr unix_address{};
  unix_address.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public_address(unix_address));
}

}  // namespace
}  // namespace aisha::http
