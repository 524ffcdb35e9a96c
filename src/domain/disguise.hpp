// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Words that were written so that a list of words would not know them.
namespace aisha::domain::disguise {

/// The words of a text in their order, each in everything it may be read as, itself first: with the look-alikes of the
/// other alphabet, digits and "@" or "$" for letters, repeated letters once or twice, without figures around it. At the
/// end follow, behind words without a reading, those that stand apart letter by letter or with punctuation inside.
/// Everything is folded as by `words::fold`.
std::vector<std::vector<std::u32string>> read(std::string_view text);

}  // namespace aisha::domain::disguise
