// SPDX-License-Identifier: Apache-2.0
// What the screens of the gallery ask of a database that bench/gallery/fill has filled: times, and by which indexes.
//   bench_gallery URL PEOPLE [ROUNDS] [--plans]
// One JSON object a line: {"ask", "person", "p50_ms", "p95_ms", "statements", "scans"}. Nothing is written.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "bench/bench_database.hpp"
#include "domain/own_days.hpp"
#include "stores/bin/bin_pages.hpp"
#include "stores/pictures/own_pages.hpp"
#include "stores/pictures/picture_texts.hpp"
#include "stores/pictures/saved_images.hpp"
#include "stores/pictures/user_days.hpp"
#include "tests/fakes/recording_database.hpp"

namespace {

using namespace aisha;
using stores::UnitOfWork;
namespace own_pages = stores::own_pages;
namespace saved_images = stores::saved_images;
namespace picture_texts = stores::picture_texts;

constexpr std::int64_t kPage = 9;
constexpr std::int64_t kWords = 250;
constexpr std::int64_t kMostWords = 3'000;
constexpr int kChartDays = 83;  ///< of the chart of weeks

/// Somebody, one of their days with a picture from the middle of its first page.
struct Person {
  Uuid id;
  std::string day;
  Uuid picture;
  std::vector<Uuid> page;
};

/// The ids that bench/gallery/fill makes.
Uuid person_id(std::int64_t number) {
  Uuid id;
  const std::string text = fmt::format("{:014}", number);
  id.bytes[0] = 0x01;
  id.bytes[1] = 0x14;
  std::memcpy(id.bytes.data() + 2, text.data(), text.size());
  return id;
}

class Bench {
 public:
  Bench(const std::string& url, std::int64_t people, int rounds)
      : at_(url),
        recording_(at_.database()),
        people_(people),
        rounds_(rounds),
        is_sqlite_(url.starts_with("sqlite:")) {}

  void all(bool plans) {
    std::vector<Person> some;
    for (int i = 0; i < rounds_; ++i) {
      some.push_back(person(2 + static_cast<std::int64_t>(at_.rng().below(static_cast<std::uint64_t>(people_ - 2)))));
    }
    const std::map<std::string, std::vector<Person>> crowds{
        {"anybody", std::move(some)}, {"600 days", {person(0)}}, {"one day", {person(1)}}};
    for (const auto& [name, ask] : asks()) {
      for (const auto& [who, crowd] : crowds) {
        time(name, who, crowd, ask, plans && who == "anybody");
      }
    }
  }

 private:
  using Ask = std::function<void(UnitOfWork&, const Person&)>;

  Person person(std::int64_t number) {
    Person out{.id = person_id(number), .day = {}, .picture = {}, .page = {}};
    UnitOfWork unit(at_.database(), at_.rng());
    out.day = at_.run(own_pages::day(unit, out.id, {})).day;
    const auto page = at_.run(own_pages::page(unit, out.id, out.day, {}, kPage));
    for (const auto& own : page.pictures) {
      out.page.push_back(own.picture.id);
    }
    out.picture = out.page.empty() ? out.id : out.page[out.page.size() / 2];
    return out;
  }

  std::vector<std::pair<std::string, Ask>> asks() {
    const auto ask = [this](auto verb) {
      return [this, verb](UnitOfWork& unit, const Person& who) { (void)at_.run(verb(unit, who)); };
    };
    const domain::PageStart first;
    return {
        {"day", ask([first](UnitOfWork& u, const Person& p) { return own_pages::page(u, p.id, p.day, first, kPage); })},
        {"day, next page", ask([](UnitOfWork& u, const Person& p) {
           return own_pages::page(u, p.id, p.day, {domain::PageStart::Side::older, p.page.back()}, kPage);
         })},
        {"dates", ask([](UnitOfWork& u, const Person& p) { return own_pages::month(u, p.id, p.day.substr(0, 7)); })},
        {"picture", ask([](UnitOfWork& u, const Person& p) {
           return own_pages::picture(u, p.id, p.picture, domain::OwnOrder::days);
         })},
        {"sheet", ask([](UnitOfWork& u, const Person& p) { return own_pages::cells(u, p.id, p.page, false); })},
        {"favourites", ask([](UnitOfWork& u, const Person& p) {
           return saved_images::page(u, p.id, saved_images::List::favorites, {}, kPage);
         })},
        {"saved", ask([](UnitOfWork& u, const Person& p) {
           return saved_images::page(u, p.id, saved_images::List::saved, {}, kPage);
         })},
        {"search, many hits", ask([](UnitOfWork& u, const Person& p) {
           return picture_texts::older(u, p.id, {{"harbour"}, {"business"}}, {}, {kPage, kWords});
         })},
        {"search, no hit", ask([](UnitOfWork& u, const Person& p) {
           return picture_texts::older(u, p.id, {{"zeppelin"}, {}}, {}, {kPage, kWords});
         })},
        {"search, all words",
         ask([](UnitOfWork& u, const Person& p) { return picture_texts::newest_words(u, p.id, kMostWords); })},
        {"statistics", ask([](UnitOfWork& u, const Person& p) {
           return stores::user_days::figures(u, p.id, domain::day_text(domain::day_number(p.day) - kChartDays));
         })},
        {"bin",
         ask([](UnitOfWork& u, const Person& p) { return stores::bin_pages::page(u, p.id, TimePoint{}, {}, kPage); })},
        {"bin, how many", ask([](UnitOfWork& u, const Person& p) { return own_pages::count_removed(u, p.id); })},
    };
  }

  void time(const std::string& name, const std::string& who, const std::vector<Person>& crowd, const Ask& ask,
            bool shows_plan) {
    recording_.statements.clear();
    UnitOfWork first(recording_, at_.rng());
    ask(first, crowd.front());
    const auto asked = recording_.statements;
    std::string plan;
    for (const sql::Statement& statement : asked) {
      plan += plan_of(statement);
    }
    std::vector<double> took;
    for (int i = 0; i < rounds_; ++i) {
      UnitOfWork unit(at_.database(), at_.rng());
      const auto begun = std::chrono::steady_clock::now();
      ask(unit, crowd[static_cast<std::size_t>(i) % crowd.size()]);
      took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }
    std::ranges::sort(took);
    fmt::print(R"({{"ask":"{}","person":"{}","p50_ms":{:.3f},"p95_ms":{:.3f},"statements":{},"scans":{}}})"
               "\n",
               name, who, took[took.size() / 2], took[took.size() * 95 / 100], asked.size(), scans(plan));
    if (shows_plan) {
      fmt::print(stderr, "== {}\n{}", name, plan);
    }
  }

  /// Whether a plan reads the table of all pictures from one end to the other.
  static bool scans(const std::string& plan) {
    for (const char* sign : {"Seq Scan on generation_requests", "SCAN r\n", "SCAN generation_requests\n"}) {
      if (plan.contains(sign)) {
        return true;
      }
    }
    return false;
  }

  std::string plan_of(const sql::Statement& asked) {
    sql::Statement statement = asked;
    const char* explain = is_sqlite_ ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
    statement.text = sql::Text::lasting(texts_.emplace_back(explain + std::string(asked.text.c_str())).c_str());
    std::string plan;
    for (const sql::Row row : at_.run(at_.database().read(std::move(statement)))) {
      plan += row.text(is_sqlite_ ? 3 : 0) + "\n";
    }
    return plan;
  }

  bench::Database at_;
  fakes::RecordingDatabase recording_;
  std::int64_t people_;
  int rounds_;
  bool is_sqlite_;
  std::list<std::string> texts_;
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() < 2) {
    fmt::print(stderr, "usage: bench_gallery URL PEOPLE [ROUNDS] [--plans]\n");
    return 2;
  }
  const bool plans = words.back() == "--plans";
  const int rounds = words.size() > 2 && words[2] != "--plans" ? std::stoi(words[2]) : 1'000;
  Bench(words[0], std::stoll(words[1]), rounds).all(plans);
  return 0;
}
