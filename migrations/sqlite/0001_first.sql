-- SPDX-License-Identifier: Apache-2.0
-- Ids are 16-byte UUIDs made by the application, times are milliseconds since 1970 (UTC), flags are 0 or 1.

-- The two tables an older Aisha already has: names, order and nullability are its own.
CREATE TABLE users (
  id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  telegram_id   TEXT    NOT NULL UNIQUE CHECK (length(telegram_id) BETWEEN 1 AND 50),
  first_name    TEXT    NOT NULL,
  last_name     TEXT,
  username      TEXT,
  language_code TEXT    NOT NULL,
  timezone      TEXT,
  is_premium    INTEGER NOT NULL CHECK (is_premium IN (0, 1)),
  is_bot        INTEGER NOT NULL CHECK (is_bot IN (0, 1)),
  is_blocked    INTEGER NOT NULL CHECK (is_blocked IN (0, 1)),
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL
);

CREATE TABLE avatars (
  id                      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id                 BLOB    NOT NULL REFERENCES users (id),
  name                    TEXT    NOT NULL,
  gender                  TEXT    NOT NULL,
  avatar_type             TEXT    NOT NULL,
  training_type           TEXT    NOT NULL,
  status                  TEXT    NOT NULL,
  finetune_id             TEXT,
  fal_request_id          TEXT,
  training_progress       INTEGER NOT NULL,
  training_started_at     INTEGER,
  training_completed_at   INTEGER,
  fal_mode                TEXT    NOT NULL,
  fal_iterations          INTEGER NOT NULL,
  fal_priority            TEXT    NOT NULL,
  trigger_word            TEXT    NOT NULL,
  lora_rank               INTEGER NOT NULL,
  learning_rate           REAL,
  finetune_type           TEXT    NOT NULL,
  finetune_comment        TEXT,
  trigger_phrase          TEXT,
  steps                   INTEGER,
  multiresolution_training INTEGER NOT NULL,
  subject_crop            INTEGER NOT NULL,
  create_masks            INTEGER NOT NULL,
  captioning              INTEGER NOT NULL,
  diffusers_lora_file_url TEXT,
  config_file_url         TEXT,
  training_logs           TEXT,
  training_error          TEXT,
  webhook_url             TEXT,
  last_status_check       INTEGER,
  avatar_data             TEXT    NOT NULL,
  training_config         TEXT    NOT NULL,
  fal_response_data       TEXT    NOT NULL,
  photos_count            INTEGER NOT NULL,
  generations_count       INTEGER NOT NULL,
  is_main                 INTEGER NOT NULL CHECK (is_main IN (0, 1)),
  is_draft                INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
  created_at              INTEGER NOT NULL,
  updated_at              INTEGER NOT NULL
);
CREATE INDEX avatars_by_user ON avatars (user_id);

-- What we know beyond those columns stands beside them.
CREATE TABLE avatar_faces (
  avatar_id BLOB NOT NULL PRIMARY KEY REFERENCES avatars (id) ON DELETE CASCADE,
  photo     TEXT NOT NULL
);

-- What we know of an avatar beyond the columns of `avatars`, which may be another bot's and gets none of ours.
CREATE TABLE avatar_details (
  avatar_id       BLOB    NOT NULL PRIMARY KEY REFERENCES avatars (id) ON DELETE CASCADE,
  made_from       TEXT    NOT NULL CHECK (made_from IN ('references', 'trained', 'imported')),
  gender          TEXT    NOT NULL DEFAULT '' CHECK (gender IN ('', 'f', 'm', 'n')),
  family          TEXT    NOT NULL DEFAULT '',
  lora_key        TEXT,
  lora_bytes      INTEGER CHECK (lora_bytes > 0),
  lora_sha256     TEXT    CHECK (length(lora_sha256) = 64),
  url_seen_at     INTEGER,
  trouble         TEXT,
  keep_photos     INTEGER NOT NULL DEFAULT 0 CHECK (keep_photos IN (0, 1)),
  photos_until    INTEGER,
  chat_id         INTEGER NOT NULL DEFAULT 0,
  card_message_id INTEGER NOT NULL DEFAULT 0,
  version         INTEGER NOT NULL DEFAULT 0,
  CHECK ((lora_key IS NULL) = (lora_sha256 IS NULL) AND (lora_key IS NULL) = (lora_bytes IS NULL))
);
CREATE INDEX avatar_photos_due ON avatar_details (photos_until) WHERE photos_until IS NOT NULL;

CREATE TABLE user_settings (
  user_id        BLOB    NOT NULL PRIMARY KEY REFERENCES users (id),
  language       TEXT    NOT NULL CHECK (language IN ('ru', 'en')),
  aspect_ratio   TEXT    NOT NULL,
  quality_preset TEXT    NOT NULL,
  confirm        INTEGER NOT NULL CHECK (confirm IN (0, 1)),
  notify         INTEGER NOT NULL DEFAULT 1 CHECK (notify IN (0, 1)),
  enhance        INTEGER NOT NULL DEFAULT 0 CHECK (enhance IN (0, 1)),
  hints          INTEGER NOT NULL DEFAULT 0,
  updated_at     INTEGER NOT NULL
);

CREATE TABLE chats (
  chat_id              INTEGER NOT NULL PRIMARY KEY,
  user_id              BLOB    NOT NULL REFERENCES users (id),
  card_message_id      INTEGER NOT NULL DEFAULT 0,
  card_revision        INTEGER NOT NULL DEFAULT 0,
  photo_key            TEXT    NOT NULL DEFAULT '',
  caption_hash         TEXT    NOT NULL DEFAULT '',
  keyboard_hash        TEXT    NOT NULL DEFAULT '',
  last_seen_message_id INTEGER NOT NULL DEFAULT 0,
  out_seq              INTEGER NOT NULL DEFAULT 0,
  awaits               TEXT    NOT NULL DEFAULT '',
  awaits_ref           BLOB,
  awaits_until         INTEGER,
  draft                TEXT    NOT NULL DEFAULT '',
  draft_ref            BLOB,
  searched             TEXT    NOT NULL DEFAULT '',
  album                TEXT    NOT NULL DEFAULT '',
  topic_id             INTEGER NOT NULL DEFAULT 0,
  version              INTEGER NOT NULL
);
CREATE INDEX chats_by_user ON chats (user_id);

-- Legal edges of a job. The composite foreign key below makes any other one a constraint error.
CREATE TABLE job_transition (
  from_status TEXT NOT NULL,
  to_status   TEXT NOT NULL,
  PRIMARY KEY (from_status, to_status)
);
INSERT INTO job_transition (from_status, to_status) VALUES
  ('new', 'preparing'), ('new', 'queued'), ('new', 'storing'),
  ('preparing', 'queued'), ('preparing', 'failed'), ('preparing', 'cancelled'),
  ('queued', 'submitting'), ('queued', 'storing'), ('queued', 'failed'), ('queued', 'cancelled'),
  ('submitting', 'running'), ('submitting', 'queued'), ('submitting', 'unconfirmed'), ('submitting', 'storing'),
  ('submitting', 'failed'), ('submitting', 'cancelled'),
  ('unconfirmed', 'running'), ('unconfirmed', 'storing'), ('unconfirmed', 'queued'), ('unconfirmed', 'failed'),
  ('unconfirmed', 'cancelled'),
  ('running', 'storing'), ('running', 'queued'), ('running', 'failed'), ('running', 'cancelled'),
  ('storing', 'succeeded'), ('storing', 'failed'), ('storing', 'queued');

-- One piece of work for the provider, whatever its kind; it leaves the table some time after its end. What came of it
-- stands in the row of its kind, under the same id.
CREATE TABLE jobs (
  id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  kind                 TEXT NOT NULL CHECK (kind IN ('picture', 'training')),
  user_id              BLOB NOT NULL REFERENCES users (id),
  chat_id              INTEGER NOT NULL,
  status_message_id    INTEGER NOT NULL DEFAULT 0,
  trace                BLOB NOT NULL,
  batch_id             BLOB,
  model                TEXT NOT NULL,
  input                TEXT NOT NULL,
  wants                TEXT NOT NULL DEFAULT '',
  price                INTEGER NOT NULL CHECK (price >= 0),
  cost_micro_usd       INTEGER NOT NULL DEFAULT 0 CHECK (cost_micro_usd >= 0),
  status               TEXT NOT NULL,
  prev_status          TEXT NOT NULL,
  attempt              INTEGER NOT NULL DEFAULT 0,
  max_attempts         INTEGER NOT NULL,
  tries                INTEGER NOT NULL DEFAULT 0,
  rerolls              INTEGER NOT NULL DEFAULT 0 CHECK (rerolls >= 0),
  lease_until          INTEGER NOT NULL DEFAULT 0,
  lease_epoch          INTEGER NOT NULL DEFAULT 0,
  next_at              INTEGER NOT NULL,
  deadline_at          INTEGER NOT NULL,
  cancel_requested     INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  request_id           TEXT,
  handle               TEXT,
  result               TEXT,
  error_code           TEXT,
  defect               TEXT,
  created_at           INTEGER NOT NULL,
  updated_at           INTEGER NOT NULL,
  submitted_at         INTEGER,
  finished_at          INTEGER,
  FOREIGN KEY (prev_status, status) REFERENCES job_transition (from_status, to_status),
  CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CHECK (status <> 'failed' OR error_code IS NOT NULL),
  CHECK (status <> 'preparing' OR wants <> ''),
  CHECK (status <> 'running' OR request_id IS NOT NULL),
  CHECK (status NOT IN ('storing', 'succeeded') OR result IS NOT NULL),
  CHECK (attempt <= max_attempts),
  CHECK (rerolls = 0 OR defect IS NOT NULL)
);
CREATE INDEX jobs_ready ON jobs (kind, status, next_at, id, created_at) WHERE finished_at IS NULL;
CREATE INDEX jobs_deadline ON jobs (deadline_at, id) WHERE finished_at IS NULL;
CREATE INDEX jobs_cancels ON jobs (status, id) WHERE finished_at IS NULL AND cancel_requested = true;
CREATE INDEX jobs_times ON jobs (model, finished_at DESC) WHERE status = 'succeeded';
CREATE INDEX jobs_old ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_by_batch ON jobs (batch_id) WHERE batch_id IS NOT NULL;

-- What was asked and what came of it, for good. An imported one was made by another program and never had a job; its
-- object may be missing, and nobody has looked at its pixels.
CREATE TABLE generation_requests (
  id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id              BLOB NOT NULL REFERENCES users (id),
  avatar_id            BLOB REFERENCES avatars (id) ON DELETE SET NULL,
  template_id          TEXT,
  custom_prompt        TEXT,
  prompt               TEXT NOT NULL,
  style_category       TEXT NOT NULL DEFAULT '',
  model                TEXT NOT NULL,
  quality_preset       TEXT NOT NULL DEFAULT 'balanced',
  aspect_ratio         TEXT NOT NULL DEFAULT '1:1',
  seed                 INTEGER NOT NULL DEFAULT 0,
  parent_id            BLOB REFERENCES generation_requests (id),
  variation            TEXT
    CHECK (variation IN ('again', 'batch', 'format', 'quality', 'likeness', 'picture', 'words', 'late')),
  likeness             INTEGER NOT NULL DEFAULT 0 CHECK (likeness BETWEEN -3 AND 3),
  source_id            BLOB,
  source_step          INTEGER NOT NULL DEFAULT 0 CHECK (source_step >= 0),
  batch_id             BLOB,
  experiment           TEXT,
  variant              TEXT,
  price                INTEGER NOT NULL CHECK (price >= 0),
  chat_id              INTEGER NOT NULL,
  local_day            TEXT NOT NULL CHECK (length(local_day) = 10),
  is_imported          INTEGER NOT NULL DEFAULT 0 CHECK (is_imported IN (0, 1)),
  status               TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'ready', 'failed', 'cancelled')),
  error_code           TEXT,
  bucket               TEXT,
  object_key           TEXT,
  width                INTEGER CHECK (width BETWEEN 1 AND 16384),
  height               INTEGER CHECK (height BETWEEN 1 AND 16384),
  bytes                INTEGER CHECK (bytes > 0),
  sha256               TEXT CHECK (length(sha256) = 64),
  thumbhash            TEXT,
  content_type         TEXT,
  created_at           INTEGER NOT NULL,
  finished_at          INTEGER,
  deleted_at           INTEGER,
  deleted_batch        BLOB,
  purged_at            INTEGER,
  CHECK ((status = 'open') = (finished_at IS NULL)),
  CHECK ((status = 'failed') = (error_code IS NOT NULL)),
  CONSTRAINT generation_picture CHECK (
    status <> 'ready' OR purged_at IS NOT NULL
    OR (object_key IS NOT NULL AND bucket IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL AND width IS NOT NULL
        AND height IS NOT NULL)
    OR (is_imported = true AND (object_key IS NULL OR (bucket IS NOT NULL AND bytes IS NOT NULL)))),
  CHECK (object_key IS NULL OR status = 'ready'),
  CHECK (is_imported = false OR (status = 'ready' AND price = 0)),
  CHECK (purged_at IS NULL OR deleted_at IS NOT NULL),
  CHECK (deleted_at IS NULL OR finished_at IS NOT NULL),
  CHECK (deleted_batch IS NULL OR deleted_at IS NOT NULL)
);
CREATE INDEX generation_days ON generation_requests (user_id, local_day, id)
  WHERE status = 'ready' AND deleted_at IS NULL;
-- For the audit and for erasing a person: a full index would draw to itself what the narrower ones are for.
CREATE INDEX generation_by_person ON generation_requests (user_id, id) WHERE finished_at IS NOT NULL;
CREATE INDEX generation_open ON generation_requests (user_id) WHERE status = 'open';
CREATE INDEX generation_trash ON generation_requests (deleted_at, id)
  WHERE deleted_at IS NOT NULL AND purged_at IS NULL;
CREATE INDEX generation_by_avatar ON generation_requests (avatar_id) WHERE avatar_id IS NOT NULL;
CREATE INDEX generation_by_parent ON generation_requests (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX generation_by_batch ON generation_requests (batch_id) WHERE batch_id IS NOT NULL;
-- Own prompts, the newest first.
CREATE INDEX generation_own_words ON generation_requests (user_id, id)
  WHERE status = 'ready' AND deleted_at IS NULL AND custom_prompt IS NOT NULL;
CREATE INDEX generation_by_style ON generation_requests (user_id, template_id, id)
  WHERE status = 'ready' AND deleted_at IS NULL AND template_id IS NOT NULL;
CREATE INDEX generation_bin ON generation_requests (user_id, deleted_at, id)
  WHERE status = 'ready' AND deleted_at IS NOT NULL AND purged_at IS NULL;
CREATE INDEX generation_by_clear ON generation_requests (deleted_batch) WHERE deleted_batch IS NOT NULL;
CREATE INDEX generation_done ON generation_requests (finished_at) WHERE status = 'ready';
CREATE INDEX generation_unseen ON generation_requests (id)
  WHERE is_imported = true AND object_key IS NOT NULL AND sha256 IS NULL;
CREATE UNIQUE INDEX generation_object ON generation_requests (object_key) WHERE object_key IS NOT NULL;

-- Imported pictures whose object has not been found, or (`code`, the text of an error) is none that can be shown;
-- `place` is their old address without its signature.
CREATE TABLE missing_pictures (
  generation_id        BLOB NOT NULL PRIMARY KEY REFERENCES generation_requests (id),
  place                TEXT NOT NULL,
  looked_at            INTEGER,
  code                 TEXT
);

-- Pictures that were ordered together: `open` of them have not ended yet, and one message tells of all.
CREATE TABLE batches (
  id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id              BLOB NOT NULL REFERENCES users (id),
  chat_id              INTEGER NOT NULL,
  message_id           INTEGER NOT NULL DEFAULT 0,
  parent_id            BLOB REFERENCES generation_requests (id),
  size                 INTEGER NOT NULL CHECK (size BETWEEN 2 AND 10),
  open                 INTEGER NOT NULL CHECK (open BETWEEN 0 AND size),
  created_at           INTEGER NOT NULL
);
CREATE INDEX batches_by_user ON batches (user_id);
CREATE INDEX batches_by_parent ON batches (parent_id) WHERE parent_id IS NOT NULL;

-- One press or message = one key = one request. A table of its own: that of the requests will be partitioned.
CREATE TABLE request_keys (
  request_key TEXT    NOT NULL PRIMARY KEY,
  request_id  BLOB    NOT NULL UNIQUE,
  created_at  INTEGER NOT NULL
);

CREATE VIEW generation_history AS
  SELECT id, user_id, avatar_id, template_id, custom_prompt, prompt, style_category, model, quality_preset, aspect_ratio,
         seed, parent_id, batch_id, price, local_day, bucket, object_key, width, height, bytes, sha256, thumbhash,
         content_type, created_at, finished_at
  FROM generation_requests
  WHERE status = 'ready' AND deleted_at IS NULL;

CREATE TABLE user_favorite_templates (
  user_id     BLOB    NOT NULL REFERENCES users (id),
  template_id TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (user_id, template_id)
);

-- What a person keeps of their pictures: the row is there while it is a favourite or saved. `in_trash`: the picture is
-- deleted; the row stays until it is purged, so that all comes back with it.
CREATE TABLE user_saved_images (
  id                    BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id               BLOB NOT NULL REFERENCES users (id),
  generation_request_id BLOB NOT NULL REFERENCES generation_requests (id),
  is_favorite           INTEGER NOT NULL DEFAULT 0 CHECK (is_favorite IN (0, 1)),
  is_saved              INTEGER NOT NULL DEFAULT 0 CHECK (is_saved IN (0, 1)),
  custom_name           TEXT CHECK (length(custom_name) <= 100),
  saved_at              INTEGER NOT NULL,
  favorite_at           INTEGER,
  in_trash              INTEGER NOT NULL DEFAULT 0 CHECK (in_trash IN (0, 1)),
  rating                INTEGER CHECK (rating BETWEEN 1 AND 5),
  UNIQUE (user_id, generation_request_id),
  CHECK (is_favorite = true OR is_saved = true),
  CHECK ((is_favorite = true) = (favorite_at IS NOT NULL))
);
CREATE INDEX saved_by_generation ON user_saved_images (generation_request_id);
CREATE INDEX saved_favorites ON user_saved_images (user_id, favorite_at, generation_request_id)
  WHERE is_favorite = true AND in_trash = false;
CREATE INDEX saved_kept ON user_saved_images (user_id, saved_at, generation_request_id)
  WHERE is_saved = true AND in_trash = false;

-- One row a person, own day and style ('' = own prompt), counted in the unit that changes a picture:
-- `pictures` live now, `made` ever, `kept` favourite or saved (in the trash too), `dropped` thrown away one by one,
-- `spent` coins, `timed` made here so that their time is known, `took_ms` of them together.
CREATE TABLE user_days (
  user_id              BLOB NOT NULL REFERENCES users (id),
  local_day            TEXT NOT NULL CHECK (length(local_day) = 10),
  style                TEXT NOT NULL,
  pictures             INTEGER NOT NULL DEFAULT 0 CHECK (pictures >= 0),
  made                 INTEGER NOT NULL DEFAULT 0 CHECK (made >= 0),
  kept                 INTEGER NOT NULL DEFAULT 0 CHECK (kept >= 0),
  dropped              INTEGER NOT NULL DEFAULT 0 CHECK (dropped >= 0),
  spent                INTEGER NOT NULL DEFAULT 0 CHECK (spent >= 0),
  timed                INTEGER NOT NULL DEFAULT 0 CHECK (timed >= 0),
  took_ms              INTEGER NOT NULL DEFAULT 0 CHECK (took_ms >= 0),
  PRIMARY KEY (user_id, local_day, style)
) WITHOUT ROWID;

-- Words of own prompts and given names, folded and stemmed, one space around each; pictures whose words are to be read
-- (anew) wait in `unread_pictures`, whose `mark` grows with each change, so that what was read before one is not taken
-- for the last word.
CREATE TABLE unread_pictures (
  generation_id        BLOB NOT NULL PRIMARY KEY REFERENCES generation_requests (id),
  mark                 INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE picture_texts (
  user_id              BLOB NOT NULL REFERENCES users (id),
  generation_id        BLOB NOT NULL REFERENCES generation_requests (id),
  words                TEXT NOT NULL,
  PRIMARY KEY (user_id, generation_id)
) WITHOUT ROWID;
CREATE INDEX picture_texts_of ON picture_texts (generation_id);

-- One press that clears a history, or takes that back: in steps by lease. `upto`: nothing made later is touched; also
-- `deleted_at` of all of them.
CREATE TABLE gallery_clears (
  id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id              BLOB NOT NULL REFERENCES users (id),
  request_key          TEXT NOT NULL UNIQUE,
  keep                 INTEGER NOT NULL DEFAULT 1 CHECK (keep IN (0, 1)),
  upto                 INTEGER NOT NULL,
  pictures             INTEGER NOT NULL DEFAULT 0,
  restored             INTEGER NOT NULL DEFAULT 0,
  behind_day           TEXT NOT NULL DEFAULT '',
  behind_id            BLOB,
  state                TEXT NOT NULL CHECK (state IN ('clearing', 'cleared', 'restoring', 'restored')),
  lease_until          INTEGER NOT NULL DEFAULT 0,
  lease_epoch          INTEGER NOT NULL DEFAULT 0,
  updated_at           INTEGER NOT NULL
);
CREATE INDEX clears_open ON gallery_clears (lease_until) WHERE state IN ('clearing', 'restoring');
CREATE INDEX clears_by_user ON gallery_clears (user_id);

-- Messages that show a person's picture, and those that have to lose it.
CREATE TABLE picture_messages (
  chat_id              INTEGER NOT NULL,
  message_id           INTEGER NOT NULL,
  generation_id        BLOB NOT NULL REFERENCES generation_requests (id),
  kind                 TEXT NOT NULL CHECK (kind IN ('result', 'photo', 'document', 'album', 'share')),
  sent_at              INTEGER NOT NULL,
  PRIMARY KEY (chat_id, message_id)
) WITHOUT ROWID;
CREATE INDEX picture_messages_of ON picture_messages (generation_id);
CREATE TABLE message_blanks (
  chat_id              INTEGER NOT NULL,
  message_id           INTEGER NOT NULL,
  sent_at              INTEGER NOT NULL,
  next_at              INTEGER NOT NULL,
  attempts             INTEGER NOT NULL DEFAULT 0,
  created_at           INTEGER NOT NULL,
  PRIMARY KEY (chat_id, message_id)
) WITHOUT ROWID;
CREATE INDEX message_blanks_due ON message_blanks (chat_id, next_at);

-- A link by which somebody else opens a picture; one live link a picture.
CREATE TABLE share_links (
  token         TEXT    NOT NULL PRIMARY KEY CHECK (length(token) = 22),
  generation_id BLOB    NOT NULL REFERENCES generation_requests (id),
  user_id       BLOB    NOT NULL REFERENCES users (id),
  created_at    INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL,
  revoked_at    INTEGER,
  opened        INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX share_live ON share_links (generation_id) WHERE revoked_at IS NULL;
CREATE INDEX share_by_user ON share_links (user_id);
CREATE INDEX share_by_picture ON share_links (generation_id);

-- A person's wish for an archive of their own data, or for its end; one open wish a person. `behind`: the id up to which
-- the step is done; an open row of kind 'erase' is what "being erased" means.
CREATE TABLE data_requests (
  id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id     BLOB    NOT NULL REFERENCES users (id),
  kind        TEXT    NOT NULL CHECK (kind IN ('export', 'erase')),
  chat_id     INTEGER,
  language    TEXT    NOT NULL,
  step        TEXT    NOT NULL,
  behind      BLOB,
  part        INTEGER NOT NULL DEFAULT 0,
  parts       INTEGER NOT NULL DEFAULT 0,
  tally       TEXT    NOT NULL DEFAULT '{}',
  next_at     INTEGER NOT NULL,
  lease_until INTEGER NOT NULL DEFAULT 0,
  lease_epoch INTEGER NOT NULL DEFAULT 0,
  attempts    INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL,
  finished_at INTEGER,
  error_code  TEXT,
  CHECK (finished_at IS NULL OR kind <> 'erase' OR chat_id IS NULL)
);
CREATE UNIQUE INDEX data_request_open ON data_requests (user_id) WHERE finished_at IS NULL;
CREATE INDEX data_request_due ON data_requests (next_at) WHERE finished_at IS NULL;
CREATE INDEX data_request_erasures ON data_requests (user_id) WHERE kind = 'erase';

-- Who was erased, so that nobody gets a second gift; `mark`: a keyed hash of the Telegram id.
CREATE TABLE erased_people (
  mark      TEXT    NOT NULL PRIMARY KEY,
  erased_at INTEGER NOT NULL
);

-- A person's word against a refusal of theirs: the operator decides, and what is allowed passes for everybody, by its
-- hash. Of an erased person that is all that stays.
CREATE TABLE moderation_appeals (
  id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id       BLOB    REFERENCES users (id),
  chat_id       INTEGER,
  prompt        TEXT    NOT NULL,
  prompt_sha256 TEXT    NOT NULL CHECK (length(prompt_sha256) = 64),
  category      TEXT    NOT NULL,
  state         TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'allowed', 'rejected')),
  created_at    INTEGER NOT NULL,
  decided_at    INTEGER,
  CHECK ((state = 'open') = (decided_at IS NULL)),
  CHECK ((user_id IS NULL) = (chat_id IS NULL)),
  CHECK (user_id IS NOT NULL OR (state = 'allowed' AND prompt = ''))
);
CREATE UNIQUE INDEX appeal_own ON moderation_appeals (user_id, prompt_sha256);
CREATE INDEX appeal_allowed ON moderation_appeals (prompt_sha256) WHERE state = 'allowed';
CREATE INDEX appeal_open ON moderation_appeals (created_at) WHERE state = 'open';

-- A deleted avatar: nothing is made with it and no list shows it; it can come back until its row is emptied.
CREATE TABLE avatar_bin (
  avatar_id            BLOB NOT NULL PRIMARY KEY REFERENCES avatars (id) ON DELETE CASCADE,
  user_id              BLOB NOT NULL REFERENCES users (id),
  deleted_at           INTEGER NOT NULL,
  emptied_at           INTEGER
);
CREATE INDEX avatar_bin_by_user ON avatar_bin (user_id);
CREATE INDEX avatar_bin_old ON avatar_bin (deleted_at) WHERE emptied_at IS NULL;

-- A photo that a person sent for an avatar, in the order of its messages, whatever became of it. `removed`: its object
-- is to go, then the row does. `merit`: the larger, the better to make pictures by.
CREATE TABLE training_photos (
  id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  avatar_id       BLOB NOT NULL REFERENCES avatars (id) ON DELETE CASCADE,
  user_id         BLOB NOT NULL REFERENCES users (id),
  chat_id         INTEGER NOT NULL,
  message_id      INTEGER NOT NULL,
  group_id        TEXT NOT NULL DEFAULT '',
  file_id         TEXT NOT NULL,
  unique_id       TEXT NOT NULL,
  name            TEXT NOT NULL DEFAULT '',
  declared_bytes  INTEGER NOT NULL DEFAULT 0,
  as_file         INTEGER NOT NULL CHECK (as_file IN (0, 1)),
  state           TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'kept', 'refused', 'removed')),
  reason          TEXT,
  weak            TEXT NOT NULL DEFAULT '',
  same_as         BLOB,
  bucket          TEXT,
  object_key      TEXT,
  width           INTEGER CHECK (width BETWEEN 1 AND 16384),
  height          INTEGER CHECK (height BETWEEN 1 AND 16384),
  bytes           INTEGER CHECK (bytes > 0),
  sha256          TEXT CHECK (length(sha256) = 64),
  dhash           TEXT CHECK (length(dhash) = 16),
  faces           INTEGER,
  face_side       INTEGER,
  sharpness       INTEGER,
  merit           INTEGER NOT NULL DEFAULT 0,
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_at         INTEGER NOT NULL,
  lease_until     INTEGER NOT NULL DEFAULT 0,
  lease_epoch     INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL,
  settled_at      INTEGER,
  UNIQUE (avatar_id, unique_id),
  CHECK ((state = 'new') = (settled_at IS NULL)),
  CHECK (state <> 'refused' OR reason IS NOT NULL),
  CHECK (state <> 'kept' OR (object_key IS NOT NULL AND bucket IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL
                             AND dhash IS NOT NULL AND width IS NOT NULL AND height IS NOT NULL))
);
CREATE INDEX training_photos_open ON training_photos (avatar_id, message_id, id) WHERE state IN ('new', 'removed');
CREATE INDEX training_photos_by_avatar ON training_photos (avatar_id, message_id);
CREATE INDEX training_photos_by_user ON training_photos (user_id);

-- Who agreed to what, in which words, and until when; a withdrawn one goes some time after.
CREATE TABLE consents (
  id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id         BLOB NOT NULL REFERENCES users (id),
  avatar_id       BLOB NOT NULL,
  text_version    TEXT NOT NULL,
  language        TEXT NOT NULL CHECK (language IN ('ru', 'en')),
  given_at        INTEGER NOT NULL,
  withdrawn_at    INTEGER
);
CREATE UNIQUE INDEX consent_live ON consents (avatar_id) WHERE withdrawn_at IS NULL;
CREATE INDEX consents_by_user ON consents (user_id);
CREATE INDEX consents_old ON consents (withdrawn_at) WHERE withdrawn_at IS NOT NULL;

-- What all people together made, by day (UTC) and style; and which styles are liked by the same people.
CREATE TABLE style_days (
  day                  TEXT NOT NULL CHECK (length(day) = 10),
  style                TEXT NOT NULL,
  people               INTEGER NOT NULL,
  made                 INTEGER NOT NULL,
  PRIMARY KEY (day, style)
);
CREATE TABLE style_neighbours (
  style                TEXT NOT NULL,
  neighbour            TEXT NOT NULL,
  likeness             REAL NOT NULL,
  PRIMARY KEY (style, neighbour)
);

-- For the personal account to come.
CREATE TABLE albums (
  id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id              BLOB NOT NULL REFERENCES users (id),
  name                 TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  cover_id             BLOB REFERENCES generation_requests (id),
  place                INTEGER NOT NULL DEFAULT 0,
  created_at           INTEGER NOT NULL
);
CREATE INDEX albums_by_user ON albums (user_id, place);
CREATE INDEX albums_by_cover ON albums (cover_id) WHERE cover_id IS NOT NULL;
CREATE TABLE album_pictures (
  album_id             BLOB NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
  generation_id        BLOB NOT NULL REFERENCES generation_requests (id),
  added_at             INTEGER NOT NULL,
  PRIMARY KEY (album_id, generation_id)
) WITHOUT ROWID;
CREATE INDEX album_pictures_of ON album_pictures (generation_id);
CREATE TABLE picture_tags (
  user_id              BLOB NOT NULL REFERENCES users (id),
  tag                  TEXT NOT NULL CHECK (length(tag) BETWEEN 1 AND 40),
  generation_id        BLOB NOT NULL REFERENCES generation_requests (id),
  PRIMARY KEY (user_id, tag, generation_id)
) WITHOUT ROWID;
CREATE INDEX picture_tags_of ON picture_tags (generation_id);

-- Written before the provider hears of it, kept for good; the job it belonged to leaves its table.
CREATE TABLE provider_attempt (
  id                   BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  job_id               BLOB NOT NULL,
  attempt_no           INTEGER NOT NULL,
  token                TEXT NOT NULL UNIQUE,
  request_id           TEXT UNIQUE,
  state                TEXT NOT NULL
    CHECK (state IN ('prepared', 'accepted', 'refused', 'ambiguous', 'ok', 'error', 'surplus')),
  cost_micro_usd       INTEGER CHECK (cost_micro_usd >= 0),
  cost_source          TEXT    CHECK (cost_source IN ('estimate', 'units', 'billing')),
  billed_units         TEXT,
  created_at           INTEGER NOT NULL,
  updated_at           INTEGER NOT NULL,
  UNIQUE (job_id, attempt_no)
);
CREATE INDEX attempt_spend ON provider_attempt (created_at, cost_micro_usd) WHERE cost_micro_usd IS NOT NULL;

-- One last word per request of the provider, however often it is said.
CREATE TABLE provider_event (
  request_id           TEXT NOT NULL PRIMARY KEY,
  token                TEXT NOT NULL DEFAULT '',
  ok                   INTEGER NOT NULL CHECK (ok IN (0, 1)),
  body                 TEXT NOT NULL,
  code                 TEXT NOT NULL,
  retryable            INTEGER NOT NULL CHECK (retryable IN (0, 1)),
  received_at          INTEGER NOT NULL,
  tries                INTEGER NOT NULL DEFAULT 0,
  state                TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'poison'))
);
CREATE INDEX provider_event_new ON provider_event (received_at, request_id) WHERE state = 'new';
CREATE INDEX provider_event_old ON provider_event (received_at) WHERE state <> 'new';

-- A provider that refuses key or account: closed for all processes until then, and who looks first whether it is open.
CREATE TABLE provider_state (
  provider             TEXT NOT NULL PRIMARY KEY,
  closed_code          TEXT,
  closed_until         INTEGER NOT NULL DEFAULT 0,
  probe_until          INTEGER NOT NULL DEFAULT 0,
  epoch                INTEGER NOT NULL DEFAULT 0,
  CHECK (closed_code IS NOT NULL OR closed_until = 0)
);

-- What was handed over to the provider, and until when it lies there.
CREATE TABLE provider_files (
  object_key           TEXT NOT NULL PRIMARY KEY,
  url                  TEXT NOT NULL,
  expires_at           INTEGER NOT NULL
);
CREATE INDEX provider_files_old ON provider_files (expires_at);

CREATE TABLE model_states (
  endpoint             TEXT NOT NULL PRIMARY KEY,
  is_off               INTEGER NOT NULL CHECK (is_off IN (0, 1)),
  reason               TEXT NOT NULL DEFAULT '',
  price_seen           TEXT NOT NULL DEFAULT '',
  changed_at           INTEGER NOT NULL,
  seen_at              INTEGER,
  missing_since        INTEGER
);

-- Work that one process at a time does in passing; a row is made by the first claim.
CREATE TABLE chores (
  name                 TEXT NOT NULL PRIMARY KEY,
  lease_until          INTEGER NOT NULL DEFAULT 0,
  lease_epoch          INTEGER NOT NULL DEFAULT 0,
  done_at              INTEGER,
  mark                 INTEGER NOT NULL DEFAULT 0
);

-- Which database this is, in one row: what belongs to one database (the store of its pictures) keeps this id. One that is
-- restored from a backup is another.
CREATE TABLE database_identity (
  one INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  id  BLOB    NOT NULL CHECK (length(id) = 16)
);
INSERT INTO database_identity (id) VALUES (randomblob(16));

-- System accounts carry no cached balance, so no row is hot.
CREATE TABLE ledger_account (
  id      BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  user_id BLOB    REFERENCES users (id),
  kind    TEXT    NOT NULL CHECK (kind IN ('available', 'held', 'debt', 'revenue', 'stars', 'promo', 'adjust')),
  balance INTEGER,
  UNIQUE (user_id, kind),
  CHECK ((user_id IS NULL) = (balance IS NULL)),
  CHECK ((user_id IS NULL) = (kind IN ('revenue', 'stars', 'promo', 'adjust'))),
  CHECK (kind NOT IN ('available', 'held') OR balance >= 0),
  CHECK (kind <> 'debt' OR balance <= 0)
);
CREATE UNIQUE INDEX ledger_system ON ledger_account (kind) WHERE user_id IS NULL;
INSERT INTO ledger_account (id, user_id, kind, balance) VALUES
  (X'00000000000000000000000000000001', NULL, 'revenue', NULL),
  (X'00000000000000000000000000000002', NULL, 'stars', NULL),
  (X'00000000000000000000000000000003', NULL, 'promo', NULL),
  (X'00000000000000000000000000000004', NULL, 'adjust', NULL);

CREATE TABLE ledger_transfer (
  id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  idem_key   TEXT    NOT NULL UNIQUE,
  kind       TEXT    NOT NULL CHECK (kind IN ('grant', 'purchase', 'hold', 'capture', 'release', 'refund', 'adjust')),
  from_id    BLOB    NOT NULL REFERENCES ledger_account (id),
  to_id      BLOB    NOT NULL REFERENCES ledger_account (id),
  amount     INTEGER NOT NULL CHECK (amount > 0),
  job_id     BLOB,
  hold_id    BLOB    REFERENCES ledger_transfer (id),
  created_at INTEGER NOT NULL,
  CHECK (from_id <> to_id),
  CHECK ((kind IN ('capture', 'release')) = (hold_id IS NOT NULL)),
  CHECK ((kind IN ('hold', 'capture', 'release')) = (job_id IS NOT NULL))
);
CREATE UNIQUE INDEX one_of_each_per_job ON ledger_transfer (job_id, kind) WHERE job_id IS NOT NULL;
CREATE UNIQUE INDEX one_resolution_per_hold ON ledger_transfer (hold_id) WHERE kind IN ('capture', 'release');
CREATE INDEX transfer_from ON ledger_transfer (from_id, amount);
CREATE INDEX transfer_to ON ledger_transfer (to_id, amount);
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger_transfer
  BEGIN SELECT RAISE(ABORT, 'ledger_transfer is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger_transfer
  BEGIN SELECT RAISE(ABORT, 'ledger_transfer is append-only'); END;

-- Updates from Telegram; a negative id is something that was not an update. Only the head of a lane has `due_at`: when it
-- may be claimed or its lease is over.
CREATE TABLE inbox (
  bot_id      INTEGER NOT NULL,
  update_id   INTEGER NOT NULL,
  lane        INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  state       TEXT    NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'poison')),
  due_at      INTEGER,
  lease_epoch INTEGER NOT NULL DEFAULT 0,
  attempts    INTEGER NOT NULL DEFAULT 0,
  error       TEXT,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (bot_id, update_id)
);
CREATE INDEX inbox_lane ON inbox (lane, update_id) WHERE state = 'new';
CREATE INDEX inbox_due ON inbox (due_at, update_id) WHERE state = 'new' AND due_at IS NOT NULL;
CREATE INDEX inbox_old ON inbox (received_at) WHERE state <> 'new';

-- Meanings for Telegram, sent in order per lane. `next_at`: not before; `due_at`: as in the inbox.
CREATE TABLE outbox (
  id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
  dedupe_key  TEXT    NOT NULL UNIQUE,
  lane        INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  ref         TEXT    NOT NULL,
  detail      TEXT    NOT NULL DEFAULT '',
  idempotent  INTEGER NOT NULL CHECK (idempotent IN (0, 1)),
  state       TEXT    NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'sent', 'dead', 'parked')),
  attempts    INTEGER NOT NULL DEFAULT 0,
  maybe_sent  INTEGER NOT NULL DEFAULT 0,
  next_at     INTEGER NOT NULL,
  due_at      INTEGER,
  lease_epoch INTEGER NOT NULL DEFAULT 0,
  remote_id   INTEGER NOT NULL DEFAULT 0,
  error       TEXT,
  created_at  INTEGER NOT NULL,
  done_at     INTEGER,
  UNIQUE (lane, seq),
  CHECK ((state IN ('sent', 'dead', 'parked')) = (done_at IS NOT NULL))
);
CREATE INDEX outbox_lane ON outbox (lane, seq) WHERE done_at IS NULL;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE done_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX outbox_old ON outbox (done_at) WHERE state IN ('sent', 'dead');
CREATE INDEX outbox_parked ON outbox (lane) WHERE state = 'parked';

-- `user_id`: whose pictures it shows, nobody's = NULL; `scope`: what goes with a picture of theirs, '' = nothing.
CREATE TABLE file_ids (
  bot_id               INTEGER NOT NULL,
  photo_key            TEXT NOT NULL,
  file_id              TEXT NOT NULL,
  user_id              BLOB,
  scope                TEXT NOT NULL DEFAULT '',
  updated_at           INTEGER NOT NULL,
  PRIMARY KEY (photo_key, bot_id)
);
CREATE INDEX file_ids_by_user ON file_ids (user_id, scope) WHERE user_id IS NOT NULL;

-- Rows of an older Aisha that were imported: each once, whatever became of ours since.
CREATE TABLE adopted_rows (
  source               TEXT NOT NULL
    CHECK (source IN ('user_balances', 'user_settings', 'user_favorite_templates', 'image_generations')),
  old_id               BLOB NOT NULL,
  adopted_at           INTEGER NOT NULL,
  PRIMARY KEY (source, old_id)
);

-- What writing an avatar must heed: its columns, and the labels of those that have a native type.
CREATE VIEW avatar_columns AS SELECT 'is_draft' AS column_name, NULL AS label;

-- Whether people and avatars stand in tables of another bot.
CREATE VIEW people_home AS SELECT 0 AS is_shared;
