// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <libpq-fe.h>

#include <memory>

/// libpq's handles as owners. Included by the few files that speak to libpq.
namespace aisha::sql::postgres {

struct PgClose {
  void operator()(PGconn* pg) const { PQfinish(pg); }
};
using PgPtr = std::unique_ptr<PGconn, PgClose>;

struct ResultClear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultClear>;

}  // namespace aisha::sql::postgres
