// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "services/privacy/archives.hpp"
#include "texts/texts.hpp"

namespace aisha::bot::privacy {

/// The words of an archive in that language.
services::ArchiveWords archive_words(const texts::Texts& texts);

}  // namespace aisha::bot::privacy
