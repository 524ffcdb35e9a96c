// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/defect.hpp"

namespace aisha::services {

/// Every figure the services and loops go by. Set from the configuration; tests shorten the times.
struct Policy {
  // Money.
  std::int64_t starting_grant = 25;  ///< coins a new person gets, once
  std::int64_t price = 5;            ///< coins of a picture whose style names no price of its own

  // Limits of one person.
  int max_active = 2;          ///< generations in flight at once
  int rate_requests = 20;      ///< accepted requests ...
  int rate_updates = 300;      ///< presses and messages, answered or not, ...
  Millis rate_window{60'000};  ///< ... within this window

  std::int64_t micro_usd_per_day = 0;         ///< what all pictures of a UTC day may cost us; 0 = no cap
  std::int64_t micro_usd_per_person_day = 0;  ///< ... those of one person

  // A generation's way.
  Millis prepare_lease{120'000};  ///< of a job whose files are handed over: longer than the longest upload
  Millis lease{30'000};           ///< a claim not renewed for so long is free for others
  Millis store_lease{90'000};     ///< of a picture being fetched: longer than the longest download
  Millis send_lease{90'000};      ///< of a message being sent: longer than the longest upload
  Millis unconfirmed_wait{0};     ///< wait for a lost submit to turn up by webhook; 0 without a webhook
  Millis deadline{600'000};       ///< from the tap; then the coins return
  Millis patience{3'600'000};     ///< the same of what is asked for while the provider is closed to us
  int max_attempts = 3;           ///< submits of one generation
  int free_rerolls = 1;           ///< and so many more for a result that is no good ...
  std::vector<domain::Defect> reroll_on = domain::usual_defects();  ///< ... in one of these ways
  Millis submit_backoff{2'000};                                     ///< doubles with each refused submit
  Millis poll_first{1'000};                                         ///< status polls start so far apart ...
  std::int64_t poll_patient = 10;                                   ///< ... and after so many ...
  Millis poll_last{5'000};                                          ///< ... slow down to this
  Millis store_backoff{1'000};                                      ///< doubles, at most `store_backoff_last`
  Millis store_backoff_last{30'000};
  Millis provider_pause{30'000};  ///< after 401 or a locked account: next look

  std::string webhook_base;  ///< "https://host/fal/"; the attempt's token is appended; "" = polling only
  int prepare_parallel = 4;  ///< jobs being completed, ...
  int submit_parallel = 16;  ///< submits, ...
  int poll_parallel = 32;    ///< ... status questions and ...
  int store_parallel = 4;    ///< ... pictures being fetched and checked at once

  // Telling the person.
  Millis status_interval{3'000};   ///< least time between two edits of one status message
  Millis queue_told_after{3'000};  ///< from here a queue's status says how long it has been and may be
  Millis slow_after{45'000};       ///< from here the status says that it takes longer than usual
  Millis notice_after{20'000};     ///< a result later than this gets a short reply that notifies

  // Outbox and inbox.
  int outbox_parallel = 16;                 ///< chats served at once
  int inbox_parallel = 32;                  ///< updates handled at once, one per chat
  Millis outbox_give_up{24LL * 3'600'000};  ///< a row older than this is not tried again
  Millis outbox_backoff{1'000};             ///< doubles, at most `outbox_backoff_last`
  Millis outbox_backoff_last{60'000};
  Millis blank_pace{3'000};  ///< between two messages of a chat that lose their picture
  Millis blank_give_up{7LL * 24 * 3'600'000};
  int blank_parallel = 2;       ///< chats at once
  int update_max_attempts = 5;  ///< then the update is poison
  Millis update_backoff{1'000};

  // Rhythm of the loops when no signal comes.
  Millis idle_poll{1'000};
  Millis reap_interval{1'000};
  Millis sweep_interval{60'000};
  Millis measure_interval{5'000};
  Millis words_interval{1'000};  ///< between two looks for pictures whose words are to be read
  int trash_days = 30;
  int link_days = 30;                     ///< a shared link ends by itself after so many
  std::int64_t export_part = 45'000'000;  ///< bytes of one file of an archive: Telegram takes 50 MB
  Millis part_lease{270'000};             ///< of such a file being made and sent
  std::int64_t clear_step = 1'000;        ///< pictures that a clear moves in one transaction
  Millis retention{48LL * 3'600'000};     ///< done inbox and outbox rows
  Millis drain{10'000};                   ///< time a stopping process gives to running steps
};

}  // namespace aisha::services
