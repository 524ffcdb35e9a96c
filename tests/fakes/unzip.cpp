// SPDX-License-Identifier: Apache-2.0
#include "tests/fakes/unzip.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "base/encoding.hpp"

namespace aisha::fakes {
namespace {

constexpr const char* kReader =
    "/usr/bin/python3 -c '\n"
    "import sys, zipfile\n"
    "with zipfile.ZipFile(sys.argv[1]) as zip:\n"
    "    assert zip.testzip() is None\n"
    "    names = zip.namelist()\n"
    "    assert len(names) == len(set(names)), names\n"
    "    for name in names:\n"
    "        print(name.encode().hex(), zip.read(name).hex() or \"-\")\n"
    "' ";

std::string output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) {
    throw std::runtime_error("popen");
  }
  std::string out;
  std::array<char, 4096> some{};
  for (std::size_t n = 0; (n = std::fread(some.data(), 1, some.size(), pipe)) > 0;) {
    out.append(some.data(), n);
  }
  if (::pclose(pipe) != 0) {
    throw std::runtime_error("Python's zipfile does not read it");
  }
  return out;
}

}  // namespace

std::map<std::string, std::string> unzip(const std::string& archive) {
  std::string path = "/tmp/aisha-unzip-XXXXXX";
  const int file = ::mkstemp(path.data());
  const bool written = ::write(file, archive.data(), archive.size()) == static_cast<ssize_t>(archive.size());
  ::close(file);
  std::string listed;
  try {
    listed = output_of(kReader + path);
  } catch (...) {
    std::remove(path.c_str());
    throw;
  }
  std::remove(path.c_str());
  if (!written) {
    throw std::runtime_error("no room for it");
  }
  std::map<std::string, std::string> out;
  std::istringstream lines(listed);
  for (std::string name, bytes; lines >> name >> bytes;) {
    out[encoding::from_hex(name).value()] = bytes == "-" ? "" : encoding::from_hex(bytes).value();
  }
  return out;
}

}  // namespace aisha::fakes
