// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sql/value.hpp"

/// Values in PostgreSQL's binary and text formats (PostgreSQL documentation: "Message Data Types"; the type's send and
/// receive functions). Nothing here talks to a server.
namespace aisha::sql::postgres {

/// Object ids of built-in types (pg_type.dat): the same in every database.
using Oid = std::uint32_t;

/// The type a parameter is declared with. 0 lets the server infer it: texts (they may go into varchar, json or a native
/// enum) and NULL.
Oid declared_type(const Value& value);

/// One parameter as it goes out; `data` is meaningless when `null`.
struct Parameter {
  std::string data;
  bool null = false;
  bool binary = false;
};

/// Binary where `declared` is the value's own type, else text, which any type reads.
Parameter encode(const Value& value, Oid declared);

/// A non-NULL cell that came in binary format. Types that are not known here are their bytes as text.
Value decode(Oid type, std::string_view bytes);

}  // namespace aisha::sql::postgres
