// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "base/task.hpp"
#include "tools/faultproxy/pipe.hpp"
#include "tools/faultproxy/toxic.hpp"

namespace aisha::faultproxy {

/// One client's connection and ours to the server, with the fate each toxic has on it. Lives as long as its coroutines.
class Link : public std::enable_shared_from_this<Link> {
 public:
  using Socket = boost::asio::ip::tcp::socket;
  /// What becomes of a chunk: sent on; thrown away; sent on as the last; answered by cutting the client off.
  enum class Verdict : std::uint8_t { pass, swallow, last, sever };

  Link(Socket client, std::shared_ptr<Toxics> toxics, std::uint64_t seed);

  /// Connects to the server and starts both directions. Without a server the client is closed.
  void start(boost::asio::ip::tcp::endpoint upstream);
  /// The toxics have changed.
  void refresh();
  /// `reset`: the peers see a reset connection instead of an orderly end.
  void close(bool reset);
  bool open() const { return open_; }
  /// One direction has come to its end; the second one closes the connection.
  void ended();

  /// Looks for the texts that sleeping toxics wait for.
  void witness(std::string_view from_client);
  /// Applies what cuts, swallows or changes bytes.
  Verdict judge(Stream stream, std::string& bytes, std::int64_t& passed);
  /// Closes the client; the server still gets to do what it was asked.
  void sever();
  bool severed() const { return severed_; }
  /// The first awake toxic of this type in this direction, or nullptr. Counts the connection as struck.
  const Toxic* struck_by(Toxic::Type type, Stream stream);
  std::mt19937_64& random() { return random_; }

 private:
  struct Fate {
    bool immune = false;
    bool awake = false;
    bool struck = false;
  };

  static Task<void> connect(std::shared_ptr<Link> self, boost::asio::ip::tcp::endpoint upstream);
  static Task<void> end_later(std::shared_ptr<Link> self);
  Fate& fate_of(const Toxic& toxic);
  bool strikes(Toxic& toxic);
  /// Sets the end of a connection that timeout or reset_peer has struck.
  void arm();

  Socket client_;
  Socket server_;
  std::shared_ptr<Toxics> toxics_;
  std::mt19937_64 random_;
  std::map<std::uint64_t, Fate> fates_;
  std::string tail_;  ///< last bytes of the client: a text may be cut by a chunk's end
  boost::asio::steady_timer end_;
  std::uint64_t ender_ = 0;  ///< the toxic that end_ serves; 0 = none
  Pipe up_;
  Pipe down_;
  int ends_ = 0;
  bool open_ = true;
  bool severed_ = false;
};

}  // namespace aisha::faultproxy
