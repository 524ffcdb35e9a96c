// SPDX-License-Identifier: Apache-2.0
#include "bench/tastes/replay.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>

#include "base/zone.hpp"
#include "cache/memory/memory_cache.hpp"
#include "cache/memory/memory_rate_limiter.hpp"
#include "catalog/templates/template_manager.hpp"
#include "services/tastes/neighbour_counting.hpp"
#include "services/tastes/style_counting.hpp"
#include "services/tastes/tastes.hpp"
#include "sql/sqlite/sqlite_database.hpp"
#include "tests/fakes/loop.hpp"
#include "tests/fakes/manual_clock.hpp"

namespace aisha::bench {
namespace {

const catalog::Audience kAnybody;
constexpr std::size_t kShown = services::kForYouPerPage;
constexpr std::size_t kBatch = 4'000;

constexpr sql::Text kUser =
    "INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked, created_at,"
    " updated_at) VALUES ($1, $2, 'Ann', 'en', false, false, false, $3, $3)";
constexpr sql::Text kDay =
    "INSERT INTO user_days (user_id, local_day, style, pictures, made, kept, dropped) VALUES ($1, $2, $3, 1 - $5, 1, "
    "$4,"
    " $5) ON CONFLICT (user_id, local_day, style) DO UPDATE SET pictures = pictures + excluded.pictures,"
    " made = made + 1, kept = kept + excluded.kept, dropped = dropped + excluded.dropped";
constexpr sql::Text kPicture =
    "INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day, status,"
    " bucket, object_key, width, height, bytes, sha256, content_type, created_at, finished_at)"
    " VALUES ($1, $2, $3, 'p', 'm', 0, 1, $4, 'ready', 'b', $5, 1, 1, 1, $6, 'image/jpeg', $7, $7)";

std::string slug(int style) {
  return fmt::format("style-{}", style);
}

/// The world's styles as a catalogue, in a folder that goes with it.
class Shelves {
 public:
  explicit Shelves(const World& world)
      : folder_(std::filesystem::temp_directory_path() / fmt::format("aisha-tastes-{}", getpid())) {
    std::filesystem::create_directories(folder_ / "templates");
    std::ofstream out(folder_ / "templates" / "styles.toml");
    const auto words = [](std::string_view text) { return fmt::format("{{ ru = \"{0}\", en = \"{0}\" }}", text); };
    for (int group = 0; group < world.plan().groups; ++group) {
      out << fmt::format("[[category]]\nid = \"shelf-{0}\"\nname = {1}\ndescription = {1}\nemoji = \"x\"\n", group,
                         words(fmt::format("shelf {}", group)));
    }
    for (int style = 0; style < world.plan().styles; ++style) {
      out << fmt::format(
          "[[template]]\nid = \"{}\"\ncategory = \"shelf-{}\"\nname = {}\ndescription = {}\nemoji = \"x\"\n"
          "prompt = \"a style\"\ntags = [\"a\"]\n",
          slug(style), world.category(style), words(slug(style)), words(slug(style)));
    }
    out.close();
    catalogue_ = catalog::TemplateManager::load({folder_}).value();
  }
  ~Shelves() { std::filesystem::remove_all(folder_); }
  Shelves(const Shelves&) = delete;
  Shelves& operator=(const Shelves&) = delete;

  const catalog::TemplateManager& catalogue() const { return *catalogue_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<catalog::TemplateManager> catalogue_;
};

/// The product's tastes over a database of its own.
class Product {
 public:
  explicit Product(const World& world) : shelves_(world), tastes_(context_, shelves_.catalogue()) {
    for (int person = 0; person < world.plan().people; ++person) {
      clock_.advance(Millis(1));
      ids_.push_back(Uuid::v7(clock_.now(), rng_));
      add(sql::Statement(kUser, ids_.back(), std::to_string(person + 1), clock_.now()));
    }
    for (const Deed& deed : world.deeds()) {
      see(deed);
    }
    flush();
    services::StyleCounting styles(context_);
    services::NeighbourCounting neighbours(context_);
    loop_.run(styles.run());
    const auto begun = std::chrono::steady_clock::now();
    loop_.run(neighbours.run());
    counted_in_ = std::chrono::steady_clock::now() - begun;
    loop_.run(tastes_.run());
  }

  /// How long it took to find out which styles go together.
  std::chrono::duration<double, std::milli> counted_in() const { return counted_in_; }

  /// The numbers of the styles on the person's shelf, best first.
  std::vector<int> shelf(int person) {
    const services::PersonStyles own = loop_.run(tastes_.own(ids_[static_cast<std::size_t>(person)]));
    std::vector<int> out;
    for (const services::Recommended& one : tastes_.for_you(own, kAnybody)) {
      out.push_back(std::stoi(one.style.substr(slug(0).size() - 1)));
    }
    return out;
  }

 private:
  void see(const Deed& deed) {
    const Uuid& user = ids_[static_cast<std::size_t>(deed.person)];
    const TimePoint when = clock_.now() - std::chrono::days(deed.days_ago);
    const std::string day = local_day(when, "UTC");
    add(sql::Statement(kDay, user, day, slug(deed.style), deed.kept ? 1 : 0, deed.dropped ? 1 : 0));
    add(sql::Statement(kPicture, Uuid::v7(when, rng_), user, slug(deed.style), day, std::to_string(++objects_),
                       std::string(64, 'a'), when));
  }
  void add(sql::Statement statement) {
    batch_.push_back({std::move(statement), 1});
    if (batch_.size() >= kBatch) {
      flush();
    }
  }
  void flush() { loop_.run(database_->write(std::exchange(batch_, {}))).value(); }

  std::unique_ptr<sql::Database> open() {
    sql::sqlite::Options options;
    options.path = ":memory:";
    options.inline_mode = true;
    options.clock = &clock_;
    auto opened = sql::sqlite::open(std::move(options), loop_.executor());
    if (!opened) {
      throw std::runtime_error(opened.error().detail);
    }
    return std::move(opened->database);
  }

  Shelves shelves_;
  fakes::Loop loop_;
  fakes::ManualClock clock_;
  SeededRng rng_{1};
  std::unique_ptr<sql::Database> database_ = open();
  services::Policy policy_;
  services::Signals signals_{loop_.executor()};
  metrics::Registry registry_;
  services::ServiceMetrics figures_{registry_};
  std::unique_ptr<cache::Cache> cache_ = cache::make_memory_cache(clock_);
  std::unique_ptr<cache::RateLimiter> rates_ = cache::make_memory_rate_limiter(clock_);
  services::Context context_{*database_, clock_, rng_, policy_, signals_, figures_, *cache_, *rates_};
  services::Tastes tastes_;
  std::vector<Uuid> ids_;
  sql::Batch batch_;
  std::int64_t objects_ = 0;
  std::chrono::duration<double, std::milli> counted_in_{};
};

/// The first six of those the person has not made, by a weight.
std::vector<int> first_six(const World& world, int person, const std::function<double(int)>& weight) {
  std::vector<int> unused;
  for (int style = 0; style < world.plan().styles; ++style) {
    if (!world.has_made(person, style)) {
      unused.push_back(style);
    }
  }
  std::ranges::sort(unused, std::ranges::greater{}, weight);
  unused.resize(std::min(unused.size(), kShown));
  return unused;
}

bool holds(const std::vector<int>& shelf, int style) {
  const auto end = shelf.begin() + static_cast<std::ptrdiff_t>(std::min(shelf.size(), kShown));
  return std::find(shelf.begin(), end, style) != end;
}

/// How many people made each style.
std::vector<double> crowd_of(const World& world) {
  std::vector<double> out(static_cast<std::size_t>(world.plan().styles), 0);
  for (int person = 0; person < world.plan().people; ++person) {
    for (int style = 0; style < world.plan().styles; ++style) {
      out[static_cast<std::size_t>(style)] += world.has_made(person, style) ? 1 : 0;
    }
  }
  return out;
}

/// Somebody else who has not made it; -1: nobody.
int another(const World& world, int person, int style) {
  for (int step = 1; step < world.plan().people; ++step) {
    const int other = (person + step) % world.plan().people;
    if (!world.has_made(other, style)) {
      return other;
    }
  }
  return -1;
}

}  // namespace

std::vector<Hits> replay(const World& world) {
  Product product(world);
  const std::vector<double> crowd = crowd_of(world);
  const auto popular = [&](int style) { return crowd[static_cast<std::size_t>(style)]; };
  std::mt19937_64 random(world.plan().seed + 1);
  std::vector<std::vector<int>> shelves;
  const auto begun = std::chrono::steady_clock::now();
  for (int person = 0; person < world.plan().people; ++person) {
    shelves.push_back(product.shelf(person));
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
  fmt::print("seed {}, taste {}: {} deeds of {} people counted in {:.0f} ms, a shelf in {:.0f} µs\n", world.plan().seed,
             world.plan().taste, world.deeds().size(), world.plan().people, product.counted_in().count(),
             took.count() / world.plan().people);
  std::vector<Hits> out;
  for (int person = 0; person < world.plan().people; ++person) {
    const int target = world.target(person);
    const int other = target < 0 ? -1 : another(world, person, target);
    if (other < 0) {
      continue;
    }
    if (world.has_made(person, target)) {
      throw std::logic_error("the target stands in the history");
    }
    std::vector<double> drawn(static_cast<std::size_t>(world.plan().styles));
    std::ranges::generate(drawn, [&] { return std::uniform_real_distribution<double>(0, 1)(random); });
    Hits hits;
    hits.ours = holds(shelves[static_cast<std::size_t>(person)], target);
    hits.popularity = holds(first_six(world, person, popular), target);
    hits.oracle = holds(first_six(world, person, [&](int style) { return world.chance(person, style); }), target);
    hits.random =
        holds(first_six(world, person, [&](int style) { return drawn[static_cast<std::size_t>(style)]; }), target);
    hits.exchanged = holds(shelves[static_cast<std::size_t>(other)], target);
    hits.exchanged_popularity = holds(first_six(world, other, popular), target);
    out.push_back(hits);
  }
  return out;
}

}  // namespace aisha::bench
