// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "services/privacy/erasure_receipt.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::privacy {

/// S21c: the last message to a person whose data are erased. What is still to come is named with it.
texts::RichText receipt(const texts::Texts& texts, const services::ErasureTally& erased);

}  // namespace aisha::bot::privacy
