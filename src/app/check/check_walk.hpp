// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/check/check_state.hpp"
#include "base/rng.hpp"
#include "base/task.hpp"
#include "blobs/blob_store.hpp"
#include "sql/snapshot.hpp"

namespace aisha::app {

/// A row that names an object, which has to be there with those bytes.
struct StoredObject {
  enum class Kind { picture, lora };
  Kind kind = Kind::picture;
  stores::audit::StoredPicture row;  ///< of a LoRA: its avatar's

  bool operator==(const StoredObject&) const = default;
};

/// How a walk ended.
enum class WalkEnd {
  done,        ///< everything was looked at
  stopped,     ///< by `stop`
  store_away,  ///< object after object could not be read: the rest was not tried
};

/// Looks at everything page by page, each of its own moment, beside whoever writes. A page in which something seems
/// wrong is looked at again, of a later moment: only what is still so is a violation. An object that cannot be read now
/// is none: it may be there. Loop thread only.
class CheckWalk {
 public:
  /// `blobs`: where objects lie whose bytes are to be read as well, or null. `after_page`: called after each page;
  /// std::function: once a page. All of it outlives the walk.
  CheckWalk(sql::Snapshot& database, blobs::BlobStore* blobs, stores::audit::Rules rules, CheckState& state,
            std::function<void()> after_page)
      : database_(database), blobs_(blobs), rules_(rules), state_(state), after_page_(std::move(after_page)) {}

  /// From where `state` stands to the end.
  Task<WalkEnd> run();
  void stop() { stopping_ = true; }

 private:
  struct Suspect {
    StoredObject object;
    std::string sentence;
    bool unread = false;
  };

  Task<void> rest();
  Task<stores::audit::Page> look();
  Task<stores::audit::Page> look_once();
  Task<bool> read_objects(StoredObject::Kind kind);
  Task<std::vector<StoredObject>> objects_after(StoredObject::Kind kind, Uuid last);
  Task<void> report(std::vector<Suspect> suspects, Uuid page_begin);

  sql::Snapshot& database_;
  blobs::BlobStore* blobs_;
  const stores::audit::Rules rules_;
  CheckState& state_;
  std::function<void()> after_page_;
  SystemRng rng_;
  bool stopping_ = false;
  bool store_away_ = false;
};

}  // namespace aisha::app
