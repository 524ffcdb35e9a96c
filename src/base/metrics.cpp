// SPDX-License-Identifier: Apache-2.0
#include "base/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace aisha::metrics {
namespace {

constexpr std::size_t kMostSeries = 200;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

std::string escaped(std::string_view text, bool quotes) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '\\' || (quotes && c == '"')) {
        out += '\\';
      }
      out += c;
    }
  }
  return out;
}

// Called for every update and call: no format string is read.
std::string written(const Labels& labels) {
  std::string out;
  out.reserve(64);
  for (const Label& label : labels) {
    out += out.empty() ? "" : ",";
    out += label.name;
    out += "=\"";
    out += escaped(label.value, true);
    out += '"';
  }
  return out;
}

void check(const Labels& labels) {
  for (const Label& label : labels) {
    if (!is_name(label.name) || label.name == "le") {
      throw std::logic_error("no label name: " + label.name);
    }
  }
}

Labels overflow(Labels labels) {
  for (Label& label : labels) {
    label.value = "other";
  }
  return labels;
}

std::string number(double value) {
  if (std::isinf(value)) {
    return value > 0 ? "+Inf" : "-Inf";
  }
  return std::isnan(value) ? "NaN" : fmt::format("{}", value);
}

std::string braced(const std::string& labels) {
  return labels.empty() ? "" : "{" + labels + "}";
}

void write_histogram(std::string& out, const std::string& name, const std::string& labels, const Histogram& histogram) {
  const auto counts = histogram.buckets();
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    below += counts[i];
    const std::string bound = i < histogram.bounds().size() ? number(histogram.bounds()[i]) : "+Inf";
    out += fmt::format("{}_bucket{{{}{}le=\"{}\"}} {}\n", name, labels, labels.empty() ? "" : ",", bound, below);
  }
  out += fmt::format("{0}_sum{1} {2}\n{0}_count{1} {3}\n", name, braced(labels), number(histogram.sum()), below);
}

}  // namespace

void Gauge::add(double difference) noexcept {
  // std::atomic<double>::fetch_add is a loop like this one, and missing from older libraries.
  double seen = value_.load(std::memory_order_relaxed);
  while (!value_.compare_exchange_weak(seen, seen + difference, std::memory_order_relaxed)) {
  }
}

Histogram::Histogram(std::span<const double> bounds)
    : bounds_(bounds.begin(), bounds.end()), counts_(new std::atomic<std::uint64_t>[bounds.size() + 1] {}) {
  if (!std::ranges::is_sorted(bounds_, std::less_equal<>())) {
    throw std::logic_error("bucket bounds must rise");
  }
}

void Histogram::observe(double value) noexcept {
  // `le` includes the bound. A dozen bounds: walking is faster than halving.
  std::size_t i = 0;
  while (i < bounds_.size() && value > bounds_[i]) {
    ++i;
  }
  counts_[i].fetch_add(1, std::memory_order_relaxed);
  sum_.add(value);
}

std::vector<std::uint64_t> Histogram::buckets() const {
  std::vector<std::uint64_t> out(bounds_.size() + 1);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = counts_[i].load(std::memory_order_relaxed);
  }
  return out;
}

std::uint64_t Histogram::count() const noexcept {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i <= bounds_.size(); ++i) {
    out += counts_[i].load(std::memory_order_relaxed);
  }
  return out;
}

Registry::Series& Registry::series(Type type, std::string_view name, std::string_view help, const Labels& labels) {
  const std::string key = written(labels);
  auto found = families_.find(name);
  if (found == families_.end()) {
    if (!is_name(name) || (type == Type::counter) != name.ends_with("_total")) {
      throw std::logic_error(fmt::format("no name for this metric: {}", name));
    }
    found = families_.emplace(name, Family{type, std::string(help), {}}).first;
  }
  Family& family = found->second;
  if (family.type != type) {
    throw std::logic_error(fmt::format("{} is a metric of another type", name));
  }
  if (const auto known = family.series.find(key); known != family.series.end()) {
    return known->second;
  }
  check(labels);
  if (family.series.size() >= kMostSeries) {
    return family.series[written(overflow(labels))];
  }
  return family.series[key];
}

Counter& Registry::counter(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard hold(mutex_);
  auto& made = series(Type::counter, name, help, labels).counter;
  if (!made) {
    made = std::make_unique<Counter>();
  }
  return *made;
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard hold(mutex_);
  auto& made = series(Type::gauge, name, help, labels).gauge;
  if (!made) {
    made = std::make_unique<Gauge>();
  }
  return *made;
}

Histogram& Registry::histogram(std::string_view name, std::string_view help, std::span<const double> bounds,
                               const Labels& labels) {
  const std::lock_guard hold(mutex_);
  auto& made = series(Type::histogram, name, help, labels).histogram;
  if (!made) {
    made = std::make_unique<Histogram>(bounds);
  }
  return *made;
}

void Registry::before_text(std::function<void()> refresh) {
  const std::lock_guard hold(mutex_);
  refreshers_.push_back(std::move(refresh));
}

void Registry::write(std::string& out, const std::string& name, const Family& family) {
  constexpr std::string_view kTypes[] = {"counter", "gauge", "histogram"};
  out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, escaped(family.help, false), name,
                     kTypes[static_cast<std::size_t>(family.type)]);
  for (const auto& [labels, series] : family.series) {
    if (series.counter) {
      out += fmt::format("{}{} {}\n", name, braced(labels), number(series.counter->value()));
    } else if (series.gauge) {
      out += fmt::format("{}{} {}\n", name, braced(labels), number(series.gauge->value()));
    } else if (series.histogram) {
      write_histogram(out, name, labels, *series.histogram);
    }
  }
}

std::string Registry::text() const {
  std::vector<std::function<void()>> refreshers;
  {
    const std::lock_guard hold(mutex_);
    refreshers = refreshers_;
  }
  for (const auto& refresh : refreshers) {
    refresh();
  }
  std::string out;
  const std::lock_guard hold(mutex_);
  for (const auto& [name, family] : families_) {
    write(out, name, family);
  }
  return out;
}

}  // namespace aisha::metrics
