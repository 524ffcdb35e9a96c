// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

/// Parsers of text from outside, each with what must hold for any bytes at all. libFuzzer looks for bytes that break it
/// (fuzzer.cpp); the kept ones are replayed with the unit tests (replay_test.cpp).
namespace aisha::fuzz {

struct Target {
  std::string_view name;  ///< and of its folder in corpus/
  void (*run)(std::string_view bytes);
};

std::span<const Target> targets();

/// Ends the process, naming the broken promise: libFuzzer keeps the input then.
void require(bool holds, std::string_view promise);

void run_update(std::string_view bytes);
void run_callback(std::string_view bytes);
void run_telegram_answer(std::string_view bytes);
void run_fal_answer(std::string_view bytes);
void run_fal_url(std::string_view bytes);
void run_config(std::string_view bytes);
void run_catalog(std::string_view bytes);
void run_preview_index(std::string_view bytes);
void run_picture(std::string_view bytes);
void run_multipart(std::string_view bytes);
void run_rich_text(std::string_view bytes);
void run_prompt(std::string_view bytes);
void run_words(std::string_view bytes);
void run_imager_wire(std::string_view bytes);

}  // namespace aisha::fuzz
