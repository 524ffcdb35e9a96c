// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unistd.h>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "sql/postgres/postgres_database.hpp"
#include "sql/postgres/session.hpp"

namespace aisha::testing {

/// Databases of their own on the server that tools/servers started.
class PostgresServer {
 public:
  static bool is_given() { return std::getenv("AISHA_TEST_POSTGRES") != nullptr; }

  static PostgresServer& get() {
    static PostgresServer server;
    return server;
  }

  /// An empty database; `migrated` ones are copies of one that was migrated once.
  std::string create() { return make(""); }
  std::string clone() {
    if (template_.empty()) {
      template_ = create();
      boost::asio::io_context loop;
      sql::postgres::Options options;
      options.url = url_of(template_);
      if (auto opened = sql::postgres::open(options, loop.get_executor()); !opened) {
        throw std::runtime_error(opened.error().detail);
      }
    }
    return make(" TEMPLATE " + template_);
  }
  void drop(const std::string& database) { session(url_).run("DROP DATABASE " + database + " WITH (FORCE)"); }

  /// The server's URL with another database at its end.
  std::string url_of(const std::string& database) const { return url_.substr(0, url_.rfind('/') + 1) + database; }
  /// A plain connection for what tests do behind the driver's back.
  static sql::postgres::Session session(const std::string& url) {
    sql::postgres::Options options;
    options.url = url;
    return sql::postgres::Session(options);
  }

 private:
  PostgresServer() : url_(std::getenv("AISHA_TEST_POSTGRES")) {}
  ~PostgresServer() {
    if (!template_.empty()) {
      drop(template_);
    }
  }

  std::string make(const std::string& how) {
    std::string name = "aisha_" + std::to_string(::getpid()) + "_" + std::to_string(++made_);
    session(url_).run("CREATE DATABASE " + name + how);
    return name;
  }

  std::string url_;
  std::string template_;
  int made_ = 0;
};

}  // namespace aisha::testing
