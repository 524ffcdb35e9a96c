// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Figures for Prometheus. Label values come from small fixed sets: never an id of a person, a chat or a picture.
/// Every instrument may be changed from any thread, costs nanoseconds and lives as long as its registry: keep the
/// reference, since finding it by name takes a lock.
namespace aisha::metrics {

class Gauge {
 public:
  void set(double value) noexcept { value_.store(value, std::memory_order_relaxed); }
  void add(double difference) noexcept;
  double value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

class Counter {
 public:
  /// `n` >= 0.
  void add(double n = 1) noexcept { value_.add(n); }
  /// For a sum that somebody else keeps, such as the kernel.
  void copy(double sum) noexcept { value_.set(sum); }
  double value() const noexcept { return value_.value(); }

 private:
  Gauge value_;
};

class Histogram {
 public:
  /// Upper bounds, rising; what lies above the last one is counted too.
  explicit Histogram(std::span<const double> bounds);
  void observe(double value) noexcept;
  std::uint64_t count() const noexcept;
  /// How many values of each bucket alone, the one without a bound last.
  std::vector<std::uint64_t> buckets() const;
  const std::vector<double>& bounds() const { return bounds_; }
  double sum() const noexcept { return sum_.value(); }

 private:
  std::vector<double> bounds_;
  std::unique_ptr<std::atomic<std::uint64_t>[]> counts_;
  Gauge sum_;
};

struct Label {
  std::string name;
  std::string value;
};
using Labels = std::vector<Label>;

/// Buckets for answers that a person waits for, in seconds.
inline constexpr double kQuick[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
/// Buckets for what a provider or a whole picture takes, in seconds.
inline constexpr double kPatient[] = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600};

inline constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

/// All figures of a process; one in each composition root, handed on by reference. Asking again for a name and labels
/// gives the same instrument. std::logic_error: a name or label outside Prometheus' alphabet, a counter that does not
/// end in "_total", a name that already stands for another type. A name has at most 200 combinations of labels; further
/// ones share an instrument whose label values are all "other".
class Registry {
 public:
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, std::span<const double> bounds,
                       const Labels& labels = {});

  /// Called at the beginning of each `text`, by its thread.
  void before_text(std::function<void()> refresh);
  /// The text exposition format 0.0.4.
  std::string text() const;

 private:
  enum class Type { counter, gauge, histogram };
  struct Series {
    std::unique_ptr<Counter> counter;
    std::unique_ptr<Gauge> gauge;
    std::unique_ptr<Histogram> histogram;
  };
  struct Family {
    Type type = Type::counter;
    std::string help;
    std::map<std::string, Series> series;  ///< by `a="x",b="y"` as it is written
  };

  Series& series(Type type, std::string_view name, std::string_view help, const Labels& labels);
  static void write(std::string& out, const std::string& name, const Family& family);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
  std::vector<std::function<void()>> refreshers_;
};

}  // namespace aisha::metrics
