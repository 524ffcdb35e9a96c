-- SPDX-License-Identifier: Apache-2.0
-- Ids are UUIDs made by the application. Runs with the search path "<our schema>, public": where an Aisha bot has its
-- users and avatars in public already, they are the ones that the foreign keys mean.

-- The two tables an older Aisha already has: names, order and nullability are its own.
DO $$
BEGIN
  IF to_regclass('public.users') IS NULL OR to_regclass('public.avatars') IS NULL THEN
    CREATE TABLE users (
      id                   uuid NOT NULL PRIMARY KEY,
      telegram_id          varchar(50) NOT NULL UNIQUE,
      first_name           varchar(64) NOT NULL,
      last_name            varchar(64),
      username             varchar(64),
      language_code        varchar(8) NOT NULL,
      timezone             varchar(32),
      is_premium           boolean NOT NULL,
      is_bot               boolean NOT NULL,
      is_blocked           boolean NOT NULL,
      created_at           timestamptz NOT NULL,
      updated_at           timestamptz NOT NULL
    );

    CREATE TABLE avatars (
      id                   uuid NOT NULL PRIMARY KEY,
      user_id              uuid NOT NULL REFERENCES users (id),
      name                 varchar(100) NOT NULL,
      gender               varchar(6) NOT NULL,
      avatar_type          varchar(9) NOT NULL,
      training_type        varchar(8) NOT NULL,
      status               varchar(18) NOT NULL,
      finetune_id          varchar(255),
      fal_request_id       varchar(255),
      training_progress    integer NOT NULL,
      training_started_at  timestamptz,
      training_completed_at timestamptz,
      fal_mode             varchar(20) NOT NULL,
      fal_iterations       integer NOT NULL,
      fal_priority         varchar(13) NOT NULL,
      trigger_word         varchar(50) NOT NULL,
      lora_rank            integer NOT NULL,
      learning_rate        double precision,
      finetune_type        varchar(4) NOT NULL,
      finetune_comment     varchar(255),
      trigger_phrase       varchar(100),
      steps                integer,
      multiresolution_training boolean NOT NULL,
      subject_crop         boolean NOT NULL,
      create_masks         boolean NOT NULL,
      captioning           boolean NOT NULL,
      diffusers_lora_file_url varchar(500),
      config_file_url      varchar(500),
      training_logs        text,
      training_error       text,
      webhook_url          varchar(500),
      last_status_check    timestamptz,
      avatar_data          json NOT NULL,
      training_config      json NOT NULL,
      fal_response_data    json NOT NULL,
      photos_count         integer NOT NULL,
      generations_count    integer NOT NULL,
      is_main              boolean NOT NULL,
      is_draft             boolean NOT NULL,
      created_at           timestamptz NOT NULL,
      updated_at           timestamptz NOT NULL
    );
    CREATE INDEX avatars_by_user ON avatars (user_id);
  END IF;
END $$;

-- What we know beyond those columns stands beside them.
CREATE TABLE avatar_faces (
  avatar_id            uuid NOT NULL PRIMARY KEY REFERENCES avatars (id) ON DELETE CASCADE,
  photo                text NOT NULL
);

-- What we know of an avatar beyond the columns of `avatars`, which may be another bot's and gets none of ours.
CREATE TABLE avatar_details (
  avatar_id            uuid NOT NULL PRIMARY KEY REFERENCES avatars (id) ON DELETE CASCADE,
  made_from            text NOT NULL CHECK (made_from IN ('references', 'trained', 'imported')),
  gender               text NOT NULL DEFAULT '' CHECK (gender IN ('', 'f', 'm', 'n')),
  family               text NOT NULL DEFAULT '',
  lora_key             text,
  lora_bytes           bigint CHECK (lora_bytes > 0),
  lora_sha256          text CHECK (length(lora_sha256) = 64),
  url_seen_at          timestamptz,
  trouble              text,
  keep_photos          boolean NOT NULL DEFAULT false,
  photos_until         timestamptz,
  chat_id              bigint NOT NULL DEFAULT 0,
  card_message_id      bigint NOT NULL DEFAULT 0,
  version              bigint NOT NULL DEFAULT 0,
  CHECK ((lora_key IS NULL) = (lora_sha256 IS NULL) AND (lora_key IS NULL) = (lora_bytes IS NULL))
);
CREATE INDEX avatar_photos_due ON avatar_details (photos_until) WHERE photos_until IS NOT NULL;

CREATE TABLE user_settings (
  user_id              uuid NOT NULL PRIMARY KEY REFERENCES users (id),
  language             text NOT NULL CHECK (language IN ('ru', 'en')),
  aspect_ratio         text NOT NULL,
  quality_preset       text NOT NULL,
  confirm              boolean NOT NULL,
  notify               boolean NOT NULL DEFAULT true,
  enhance              boolean NOT NULL DEFAULT false,
  hints                bigint NOT NULL DEFAULT 0,
  updated_at           timestamptz NOT NULL
);

CREATE TABLE chats (
  chat_id              bigint NOT NULL PRIMARY KEY,
  user_id              uuid NOT NULL REFERENCES users (id),
  card_message_id      bigint NOT NULL DEFAULT 0,
  card_revision        bigint NOT NULL DEFAULT 0,
  photo_key            text NOT NULL DEFAULT '',
  caption_hash         text NOT NULL DEFAULT '',
  keyboard_hash        text NOT NULL DEFAULT '',
  last_seen_message_id bigint NOT NULL DEFAULT 0,
  out_seq              bigint NOT NULL DEFAULT 0,
  awaits               text NOT NULL DEFAULT '',
  awaits_ref           uuid,
  awaits_until         timestamptz,
  draft                text NOT NULL DEFAULT '',
  draft_ref            uuid,
  searched             text NOT NULL DEFAULT '',
  album                text NOT NULL DEFAULT '',
  topic_id             bigint NOT NULL DEFAULT 0,
  version              bigint NOT NULL
);
CREATE INDEX chats_by_user ON chats (user_id);

-- Legal edges of a job. The composite foreign key below makes any other one a constraint error.
CREATE TABLE job_transition (
  from_status          text NOT NULL,
  to_status            text NOT NULL,
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
  id                   uuid NOT NULL PRIMARY KEY,
  kind                 text NOT NULL CHECK (kind IN ('picture', 'training')),
  user_id              uuid NOT NULL REFERENCES users (id),
  chat_id              bigint NOT NULL,
  status_message_id    bigint NOT NULL DEFAULT 0,
  trace                uuid NOT NULL,
  batch_id             uuid,
  model                text NOT NULL,
  input                text NOT NULL,
  wants                text NOT NULL DEFAULT '',
  price                bigint NOT NULL CHECK (price >= 0),
  cost_micro_usd       bigint  NOT NULL DEFAULT 0 CHECK (cost_micro_usd >= 0),
  status               text NOT NULL,
  prev_status          text NOT NULL,
  attempt              bigint NOT NULL DEFAULT 0,
  max_attempts         bigint NOT NULL,
  tries                bigint NOT NULL DEFAULT 0,
  rerolls              bigint NOT NULL DEFAULT 0 CHECK (rerolls >= 0),
  lease_until          timestamptz NOT NULL DEFAULT 'epoch',
  lease_epoch          bigint NOT NULL DEFAULT 0,
  next_at              timestamptz NOT NULL,
  deadline_at          timestamptz NOT NULL,
  cancel_requested     boolean NOT NULL DEFAULT false,
  request_id           text,
  handle               text,
  result               text,
  error_code           text,
  defect               text,
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL,
  submitted_at         timestamptz,
  finished_at          timestamptz,
  FOREIGN KEY (prev_status, status) REFERENCES job_transition (from_status, to_status),
  CHECK ((status IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CHECK (status <> 'failed' OR error_code IS NOT NULL),
  CHECK (status <> 'preparing' OR wants <> ''),
  CHECK (status <> 'running' OR request_id IS NOT NULL),
  CHECK (status NOT IN ('storing', 'succeeded') OR result IS NOT NULL),
  CHECK (attempt <= max_attempts),
  CHECK (rerolls = 0 OR defect IS NOT NULL)
) WITH (fillfactor = 70);
CREATE INDEX jobs_ready ON jobs (kind, status, next_at, id, created_at) WHERE finished_at IS NULL;
CREATE INDEX jobs_deadline ON jobs (deadline_at, id) WHERE finished_at IS NULL;
CREATE INDEX jobs_cancels ON jobs (status, id) WHERE finished_at IS NULL AND cancel_requested = true;
CREATE INDEX jobs_times ON jobs (model, finished_at DESC) WHERE status = 'succeeded';
CREATE INDEX jobs_old ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_by_batch ON jobs (batch_id) WHERE batch_id IS NOT NULL;

-- What was asked and what came of it, for good. An imported one was made by another program and never had a job; its
-- object may be missing, and nobody has looked at its pixels.
CREATE TABLE generation_requests (
  id                   uuid NOT NULL PRIMARY KEY,
  user_id              uuid NOT NULL REFERENCES users (id),
  avatar_id            uuid REFERENCES avatars (id) ON DELETE SET NULL,
  template_id          text,
  custom_prompt        text,
  prompt               text NOT NULL,
  style_category       text NOT NULL DEFAULT '',
  model                text NOT NULL,
  quality_preset       text NOT NULL DEFAULT 'balanced',
  aspect_ratio         text NOT NULL DEFAULT '1:1',
  seed                 bigint NOT NULL DEFAULT 0,
  parent_id            uuid REFERENCES generation_requests (id),
  variation            text
    CHECK (variation IN ('again', 'batch', 'format', 'quality', 'likeness', 'picture', 'words', 'late')),
  likeness             bigint NOT NULL DEFAULT 0 CHECK (likeness BETWEEN -3 AND 3),
  source_id            uuid,
  source_step          bigint NOT NULL DEFAULT 0 CHECK (source_step >= 0),
  batch_id             uuid,
  experiment           text,
  variant              text,
  price                bigint NOT NULL CHECK (price >= 0),
  chat_id              bigint NOT NULL,
  local_day            text NOT NULL CHECK (length(local_day) = 10),
  is_imported          boolean NOT NULL DEFAULT false,
  status               text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'ready', 'failed', 'cancelled')),
  error_code           text,
  bucket               text,
  object_key           text,
  width                bigint CHECK (width BETWEEN 1 AND 16384),
  height               bigint CHECK (height BETWEEN 1 AND 16384),
  bytes                bigint CHECK (bytes > 0),
  sha256               text CHECK (length(sha256) = 64),
  thumbhash            text,
  content_type         text,
  created_at           timestamptz NOT NULL,
  finished_at          timestamptz,
  deleted_at           timestamptz,
  deleted_batch        uuid,
  purged_at            timestamptz,
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
  generation_id        uuid NOT NULL PRIMARY KEY REFERENCES generation_requests (id),
  place                text NOT NULL,
  looked_at            timestamptz,
  code                 text
);

-- Pictures that were ordered together: `open` of them have not ended yet, and one message tells of all.
CREATE TABLE batches (
  id                   uuid NOT NULL PRIMARY KEY,
  user_id              uuid NOT NULL REFERENCES users (id),
  chat_id              bigint NOT NULL,
  message_id           bigint NOT NULL DEFAULT 0,
  parent_id            uuid REFERENCES generation_requests (id),
  size                 bigint NOT NULL CHECK (size BETWEEN 2 AND 10),
  open                 bigint NOT NULL CHECK (open BETWEEN 0 AND size),
  created_at           timestamptz NOT NULL
);
CREATE INDEX batches_by_user ON batches (user_id);
CREATE INDEX batches_by_parent ON batches (parent_id) WHERE parent_id IS NOT NULL;

-- One press or message = one key = one request. A table of its own: that of the requests will be partitioned.
CREATE TABLE request_keys (
  request_key          text COLLATE "C" NOT NULL PRIMARY KEY,
  request_id           uuid NOT NULL UNIQUE,
  created_at           timestamptz NOT NULL
);

CREATE VIEW generation_history AS
  SELECT id, user_id, avatar_id, template_id, custom_prompt, prompt, style_category, model, quality_preset, aspect_ratio,
         seed, parent_id, batch_id, price, local_day, bucket, object_key, width, height, bytes, sha256, thumbhash,
         content_type, created_at, finished_at
  FROM generation_requests
  WHERE status = 'ready' AND deleted_at IS NULL;

CREATE TABLE user_favorite_templates (
  user_id              uuid NOT NULL REFERENCES users (id),
  template_id          text NOT NULL,
  created_at           timestamptz NOT NULL,
  PRIMARY KEY (user_id, template_id)
);

-- What a person keeps of their pictures: the row is there while it is a favourite or saved. `in_trash`: the picture is
-- deleted; the row stays until it is purged, so that all comes back with it.
CREATE TABLE user_saved_images (
  id                    uuid NOT NULL PRIMARY KEY,
  user_id               uuid NOT NULL REFERENCES users (id),
  generation_request_id uuid NOT NULL REFERENCES generation_requests (id),
  is_favorite           boolean NOT NULL DEFAULT false,
  is_saved              boolean NOT NULL DEFAULT false,
  custom_name           text CHECK (length(custom_name) <= 100),
  saved_at              timestamptz NOT NULL,
  favorite_at           timestamptz,
  in_trash              boolean NOT NULL DEFAULT false,
  rating                bigint CHECK (rating BETWEEN 1 AND 5),
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
  user_id              uuid NOT NULL REFERENCES users (id),
  local_day            text NOT NULL CHECK (length(local_day) = 10),
  style                text NOT NULL,
  pictures             bigint NOT NULL DEFAULT 0 CHECK (pictures >= 0),
  made                 bigint NOT NULL DEFAULT 0 CHECK (made >= 0),
  kept                 bigint NOT NULL DEFAULT 0 CHECK (kept >= 0),
  dropped              bigint NOT NULL DEFAULT 0 CHECK (dropped >= 0),
  spent                bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
  timed                bigint NOT NULL DEFAULT 0 CHECK (timed >= 0),
  took_ms              bigint NOT NULL DEFAULT 0 CHECK (took_ms >= 0),
  PRIMARY KEY (user_id, local_day, style)
) WITH (fillfactor = 70);

-- Words of own prompts and given names, folded and stemmed, one space around each; pictures whose words are to be read
-- (anew) wait in `unread_pictures`, whose `mark` grows with each change, so that what was read before one is not taken
-- for the last word.
CREATE TABLE unread_pictures (
  generation_id        uuid NOT NULL PRIMARY KEY REFERENCES generation_requests (id),
  mark                 bigint NOT NULL DEFAULT 0
);
CREATE TABLE picture_texts (
  user_id              uuid NOT NULL REFERENCES users (id),
  generation_id        uuid NOT NULL REFERENCES generation_requests (id),
  words                text NOT NULL,
  PRIMARY KEY (user_id, generation_id) INCLUDE (words)
);
CREATE INDEX picture_texts_of ON picture_texts (generation_id);

-- One press that clears a history, or takes that back: in steps by lease. `upto`: nothing made later is touched; also
-- `deleted_at` of all of them.
CREATE TABLE gallery_clears (
  id                   uuid NOT NULL PRIMARY KEY,
  user_id              uuid NOT NULL REFERENCES users (id),
  request_key          text NOT NULL UNIQUE,
  keep                 boolean NOT NULL DEFAULT true,
  upto                 timestamptz NOT NULL,
  pictures             bigint NOT NULL DEFAULT 0,
  restored             bigint NOT NULL DEFAULT 0,
  behind_day           text NOT NULL DEFAULT '',
  behind_id            uuid,
  state                text NOT NULL CHECK (state IN ('clearing', 'cleared', 'restoring', 'restored')),
  lease_until          timestamptz NOT NULL DEFAULT 'epoch',
  lease_epoch          bigint NOT NULL DEFAULT 0,
  updated_at           timestamptz NOT NULL
);
CREATE INDEX clears_open ON gallery_clears (lease_until) WHERE state IN ('clearing', 'restoring');
CREATE INDEX clears_by_user ON gallery_clears (user_id);

-- Messages that show a person's picture, and those that have to lose it.
CREATE TABLE picture_messages (
  chat_id              bigint NOT NULL,
  message_id           bigint NOT NULL,
  generation_id        uuid NOT NULL REFERENCES generation_requests (id),
  kind                 text NOT NULL CHECK (kind IN ('result', 'photo', 'document', 'album', 'share')),
  sent_at              timestamptz NOT NULL,
  PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX picture_messages_of ON picture_messages (generation_id);
CREATE TABLE message_blanks (
  chat_id              bigint NOT NULL,
  message_id           bigint NOT NULL,
  sent_at              timestamptz NOT NULL,
  next_at              timestamptz NOT NULL,
  attempts             bigint NOT NULL DEFAULT 0,
  created_at           timestamptz NOT NULL,
  PRIMARY KEY (chat_id, message_id)
);
CREATE INDEX message_blanks_due ON message_blanks (chat_id, next_at);

-- A link by which somebody else opens a picture; one live link a picture.
CREATE TABLE share_links (
  token                text NOT NULL PRIMARY KEY CHECK (length(token) = 22),
  generation_id        uuid NOT NULL REFERENCES generation_requests (id),
  user_id              uuid NOT NULL REFERENCES users (id),
  created_at           timestamptz NOT NULL,
  expires_at           timestamptz NOT NULL,
  revoked_at           timestamptz,
  opened               bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX share_live ON share_links (generation_id) WHERE revoked_at IS NULL;
CREATE INDEX share_by_user ON share_links (user_id);
CREATE INDEX share_by_picture ON share_links (generation_id);

-- A person's wish for an archive of their own data, or for its end; one open wish a person. `behind`: the id up to which
-- the step is done; an open row of kind 'erase' is what "being erased" means.
CREATE TABLE data_requests (
  id                   uuid NOT NULL PRIMARY KEY,
  user_id              uuid NOT NULL REFERENCES users (id),
  kind                 text NOT NULL CHECK (kind IN ('export', 'erase')),
  chat_id              bigint,
  language             text NOT NULL,
  step                 text NOT NULL,
  behind               uuid,
  part                 bigint NOT NULL DEFAULT 0,
  parts                bigint NOT NULL DEFAULT 0,
  tally                text NOT NULL DEFAULT '{}',
  next_at              timestamptz NOT NULL,
  lease_until          timestamptz NOT NULL DEFAULT 'epoch',
  lease_epoch          bigint NOT NULL DEFAULT 0,
  attempts             bigint NOT NULL DEFAULT 0,
  created_at           timestamptz NOT NULL,
  finished_at          timestamptz,
  error_code           text,
  CHECK (finished_at IS NULL OR kind <> 'erase' OR chat_id IS NULL)
);
CREATE UNIQUE INDEX data_request_open ON data_requests (user_id) WHERE finished_at IS NULL;
CREATE INDEX data_request_due ON data_requests (next_at) WHERE finished_at IS NULL;
CREATE INDEX data_request_erasures ON data_requests (user_id) WHERE kind = 'erase';

-- Who was erased, so that nobody gets a second gift; `mark`: a keyed hash of the Telegram id.
CREATE TABLE erased_people (
  mark                 text NOT NULL PRIMARY KEY,
  erased_at            timestamptz NOT NULL
);

-- A person's word against a refusal of theirs: the operator decides, and what is allowed passes for everybody, by its
-- hash. Of an erased person that is all that stays.
CREATE TABLE moderation_appeals (
  id                   uuid NOT NULL PRIMARY KEY,
  user_id              uuid REFERENCES users (id),
  chat_id              bigint,
  prompt               text NOT NULL,
  prompt_sha256        text NOT NULL CHECK (length(prompt_sha256) = 64),
  category             text NOT NULL,
  state                text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'allowed', 'rejected')),
  created_at           timestamptz NOT NULL,
  decided_at           timestamptz,
  CHECK ((state = 'open') = (decided_at IS NULL)),
  CHECK ((user_id IS NULL) = (chat_id IS NULL)),
  CHECK (user_id IS NOT NULL OR (state = 'allowed' AND prompt = ''))
);
CREATE UNIQUE INDEX appeal_own ON moderation_appeals (user_id, prompt_sha256);
CREATE INDEX appeal_allowed ON moderation_appeals (prompt_sha256) WHERE state = 'allowed';
CREATE INDEX appeal_open ON moderation_appeals (created_at) WHERE state = 'open';

-- A deleted avatar: nothing is made with it and no list shows it; it can come back until its row is emptied.
CREATE TABLE avatar_bin (
  avatar_id            uuid NOT NULL PRIMARY KEY REFERENCES avatars (id) ON DELETE CASCADE,
  user_id              uuid NOT NULL REFERENCES users (id),
  deleted_at           timestamptz NOT NULL,
  emptied_at           timestamptz
);
CREATE INDEX avatar_bin_by_user ON avatar_bin (user_id);
CREATE INDEX avatar_bin_old ON avatar_bin (deleted_at) WHERE emptied_at IS NULL;

-- A photo that a person sent for an avatar, in the order of its messages, whatever became of it. `removed`: its object
-- is to go, then the row does. `merit`: the larger, the better to make pictures by.
CREATE TABLE training_photos (
  id              uuid NOT NULL PRIMARY KEY,
  avatar_id       uuid NOT NULL REFERENCES avatars (id) ON DELETE CASCADE,
  user_id         uuid NOT NULL REFERENCES users (id),
  chat_id         bigint NOT NULL,
  message_id      bigint NOT NULL,
  group_id        text NOT NULL DEFAULT '',
  file_id         text NOT NULL,
  unique_id       text NOT NULL,
  name            text NOT NULL DEFAULT '',
  declared_bytes  bigint NOT NULL DEFAULT 0,
  as_file         boolean NOT NULL,
  state           text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'kept', 'refused', 'removed')),
  reason          text,
  weak            text NOT NULL DEFAULT '',
  same_as         uuid,
  bucket          text,
  object_key      text,
  width           bigint CHECK (width BETWEEN 1 AND 16384),
  height          bigint CHECK (height BETWEEN 1 AND 16384),
  bytes           bigint CHECK (bytes > 0),
  sha256          text CHECK (length(sha256) = 64),
  dhash           text CHECK (length(dhash) = 16),
  faces           bigint,
  face_side       bigint,
  sharpness       bigint,
  merit           bigint NOT NULL DEFAULT 0,
  attempts        bigint NOT NULL DEFAULT 0,
  next_at         timestamptz NOT NULL,
  lease_until     timestamptz NOT NULL DEFAULT 'epoch',
  lease_epoch     bigint NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL,
  settled_at      timestamptz,
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
  id              uuid NOT NULL PRIMARY KEY,
  user_id         uuid NOT NULL REFERENCES users (id),
  avatar_id       uuid NOT NULL,
  text_version    text NOT NULL,
  language        text NOT NULL CHECK (language IN ('ru', 'en')),
  given_at        timestamptz NOT NULL,
  withdrawn_at    timestamptz
);
CREATE UNIQUE INDEX consent_live ON consents (avatar_id) WHERE withdrawn_at IS NULL;
CREATE INDEX consents_by_user ON consents (user_id);
CREATE INDEX consents_old ON consents (withdrawn_at) WHERE withdrawn_at IS NOT NULL;

-- What all people together made, by day (UTC) and style; and which styles are liked by the same people.
CREATE TABLE style_days (
  day                  text NOT NULL CHECK (length(day) = 10),
  style                text NOT NULL,
  people               bigint NOT NULL,
  made                 bigint NOT NULL,
  PRIMARY KEY (day, style)
);
CREATE TABLE style_neighbours (
  style                text NOT NULL,
  neighbour            text NOT NULL,
  likeness             double precision NOT NULL,
  PRIMARY KEY (style, neighbour)
);

-- For the personal account to come.
CREATE TABLE albums (
  id                   uuid NOT NULL PRIMARY KEY,
  user_id              uuid NOT NULL REFERENCES users (id),
  name                 text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  cover_id             uuid REFERENCES generation_requests (id),
  place                bigint NOT NULL DEFAULT 0,
  created_at           timestamptz NOT NULL
);
CREATE INDEX albums_by_user ON albums (user_id, place);
CREATE INDEX albums_by_cover ON albums (cover_id) WHERE cover_id IS NOT NULL;
CREATE TABLE album_pictures (
  album_id             uuid NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
  generation_id        uuid NOT NULL REFERENCES generation_requests (id),
  added_at             timestamptz NOT NULL,
  PRIMARY KEY (album_id, generation_id)
);
CREATE INDEX album_pictures_of ON album_pictures (generation_id);
CREATE TABLE picture_tags (
  user_id              uuid NOT NULL REFERENCES users (id),
  tag                  text NOT NULL CHECK (length(tag) BETWEEN 1 AND 40),
  generation_id        uuid NOT NULL REFERENCES generation_requests (id),
  PRIMARY KEY (user_id, tag, generation_id)
);
CREATE INDEX picture_tags_of ON picture_tags (generation_id);

-- Written before the provider hears of it, kept for good; the job it belonged to leaves its table.
CREATE TABLE provider_attempt (
  id                   uuid NOT NULL PRIMARY KEY,
  job_id               uuid NOT NULL,
  attempt_no           bigint NOT NULL,
  token                text NOT NULL UNIQUE,
  request_id           text UNIQUE,
  state                text NOT NULL
    CHECK (state IN ('prepared', 'accepted', 'refused', 'ambiguous', 'ok', 'error', 'surplus')),
  cost_micro_usd       bigint CHECK (cost_micro_usd >= 0),
  cost_source          text    CHECK (cost_source IN ('estimate', 'units', 'billing')),
  billed_units         text,
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL,
  UNIQUE (job_id, attempt_no)
);
CREATE INDEX attempt_spend ON provider_attempt (created_at, cost_micro_usd) WHERE cost_micro_usd IS NOT NULL;

-- One last word per request of the provider, however often it is said.
CREATE TABLE provider_event (
  request_id           text NOT NULL PRIMARY KEY,
  token                text NOT NULL DEFAULT '',
  ok                   boolean NOT NULL,
  body                 text NOT NULL,
  code                 text NOT NULL,
  retryable            boolean NOT NULL,
  received_at          timestamptz NOT NULL,
  tries                bigint NOT NULL DEFAULT 0,
  state                text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'poison'))
);
CREATE INDEX provider_event_new ON provider_event (received_at, request_id) WHERE state = 'new';
CREATE INDEX provider_event_old ON provider_event (received_at) WHERE state <> 'new';

-- A provider that refuses key or account: closed for all processes until then, and who looks first whether it is open.
CREATE TABLE provider_state (
  provider             text NOT NULL PRIMARY KEY,
  closed_code          text,
  closed_until         timestamptz NOT NULL DEFAULT 'epoch',
  probe_until          timestamptz NOT NULL DEFAULT 'epoch',
  epoch                bigint NOT NULL DEFAULT 0,
  CHECK (closed_code IS NOT NULL OR closed_until = 'epoch')
);

-- What was handed over to the provider, and until when it lies there.
CREATE TABLE provider_files (
  object_key           text NOT NULL PRIMARY KEY,
  url                  text NOT NULL,
  expires_at           timestamptz NOT NULL
);
CREATE INDEX provider_files_old ON provider_files (expires_at);

CREATE TABLE model_states (
  endpoint             text NOT NULL PRIMARY KEY,
  is_off               boolean NOT NULL,
  reason               text NOT NULL DEFAULT '',
  price_seen           text NOT NULL DEFAULT '',
  changed_at           timestamptz NOT NULL,
  seen_at              timestamptz,
  missing_since        timestamptz
);

-- Work that one process at a time does in passing; a row is made by the first claim.
CREATE TABLE chores (
  name                 text NOT NULL PRIMARY KEY,
  lease_until          timestamptz NOT NULL DEFAULT 'epoch',
  lease_epoch          bigint NOT NULL DEFAULT 0,
  done_at              timestamptz,
  mark                 bigint NOT NULL DEFAULT 0
);

-- Which database this is, in one row: what belongs to one database (the store of its pictures) keeps this id.
CREATE TABLE database_identity (
  one bigint NOT NULL PRIMARY KEY DEFAULT 1 CHECK (one = 1),
  id  uuid   NOT NULL
);
INSERT INTO database_identity (id) VALUES (gen_random_uuid());

-- System accounts carry no cached balance, so no row is hot.
CREATE TABLE ledger_account (
  id                   uuid NOT NULL PRIMARY KEY,
  user_id              uuid REFERENCES users (id),
  kind                 text NOT NULL CHECK (kind IN ('available', 'held', 'debt', 'revenue', 'stars', 'promo', 'adjust')),
  balance              bigint,
  UNIQUE (user_id, kind),
  CHECK ((user_id IS NULL) = (balance IS NULL)),
  CHECK ((user_id IS NULL) = (kind IN ('revenue', 'stars', 'promo', 'adjust'))),
  CHECK (kind NOT IN ('available', 'held') OR balance >= 0),
  CHECK (kind <> 'debt' OR balance <= 0)
);
CREATE UNIQUE INDEX ledger_system ON ledger_account (kind) WHERE user_id IS NULL;
INSERT INTO ledger_account (id, user_id, kind, balance) VALUES
  ('00000000-0000-0000-0000-000000000001', NULL, 'revenue', NULL),
  ('00000000-0000-0000-0000-000000000002', NULL, 'stars', NULL),
  ('00000000-0000-0000-0000-000000000003', NULL, 'promo', NULL),
  ('00000000-0000-0000-0000-000000000004', NULL, 'adjust', NULL);

CREATE TABLE ledger_transfer (
  id                   uuid NOT NULL PRIMARY KEY,
  idem_key             text NOT NULL UNIQUE,
  kind                 text NOT NULL CHECK (kind IN ('grant', 'purchase', 'hold', 'capture', 'release', 'refund', 'adjust')),
  from_id              uuid NOT NULL REFERENCES ledger_account (id),
  to_id                uuid NOT NULL REFERENCES ledger_account (id),
  amount               bigint NOT NULL CHECK (amount > 0),
  job_id               uuid,
  hold_id              uuid REFERENCES ledger_transfer (id),
  created_at           timestamptz NOT NULL,
  CHECK (from_id <> to_id),
  CHECK ((kind IN ('capture', 'release')) = (hold_id IS NOT NULL)),
  CHECK ((kind IN ('hold', 'capture', 'release')) = (job_id IS NOT NULL))
);
CREATE UNIQUE INDEX one_of_each_per_job ON ledger_transfer (job_id, kind) WHERE job_id IS NOT NULL;
CREATE UNIQUE INDEX one_resolution_per_hold ON ledger_transfer (hold_id) WHERE kind IN ('capture', 'release');
CREATE INDEX transfer_from ON ledger_transfer (from_id, amount);
CREATE INDEX transfer_to ON ledger_transfer (to_id, amount);
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger_transfer is append-only' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON ledger_transfer
  FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_no_truncate BEFORE TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

-- Updates from Telegram; a negative id is something that was not an update. Only the head of a lane has `due_at`: when it
-- may be claimed or its lease is over.
CREATE TABLE inbox (
  bot_id               bigint NOT NULL,
  update_id            bigint NOT NULL,
  lane                 bigint NOT NULL,
  kind                 text NOT NULL,
  body                 text NOT NULL,
  state                text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'poison')),
  due_at               timestamptz,
  lease_epoch          bigint NOT NULL DEFAULT 0,
  attempts             bigint NOT NULL DEFAULT 0,
  error                text,
  received_at          timestamptz NOT NULL,
  PRIMARY KEY (bot_id, update_id)
);
CREATE INDEX inbox_lane ON inbox (lane, update_id) WHERE state = 'new';
CREATE INDEX inbox_due ON inbox (due_at, update_id) WHERE state = 'new' AND due_at IS NOT NULL;
CREATE INDEX inbox_old ON inbox (received_at) WHERE state <> 'new';

-- Meanings for Telegram, sent in order per lane. `next_at`: not before; `due_at`: as in the inbox.
CREATE TABLE outbox (
  id                   uuid NOT NULL PRIMARY KEY,
  dedupe_key           text NOT NULL UNIQUE,
  lane                 bigint NOT NULL,
  seq                  bigint NOT NULL,
  kind                 text NOT NULL,
  ref                  text NOT NULL,
  detail               text NOT NULL DEFAULT '',
  idempotent           boolean NOT NULL,
  state                text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'sent', 'dead', 'parked')),
  attempts             bigint NOT NULL DEFAULT 0,
  maybe_sent           bigint NOT NULL DEFAULT 0,
  next_at              timestamptz NOT NULL,
  due_at               timestamptz,
  lease_epoch          bigint NOT NULL DEFAULT 0,
  remote_id            bigint NOT NULL DEFAULT 0,
  error                text,
  created_at           timestamptz NOT NULL,
  done_at              timestamptz,
  UNIQUE (lane, seq),
  CHECK ((state IN ('sent', 'dead', 'parked')) = (done_at IS NOT NULL))
);
CREATE INDEX outbox_lane ON outbox (lane, seq) WHERE done_at IS NULL;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE done_at IS NULL AND due_at IS NOT NULL;
CREATE INDEX outbox_old ON outbox (done_at) WHERE state IN ('sent', 'dead');
CREATE INDEX outbox_parked ON outbox (lane) WHERE state = 'parked';

-- `user_id`: whose pictures it shows, nobody's = NULL; `scope`: what goes with a picture of theirs, '' = nothing.
CREATE TABLE file_ids (
  bot_id               bigint NOT NULL,
  photo_key            text NOT NULL,
  file_id              text NOT NULL,
  user_id              uuid,
  scope                text NOT NULL DEFAULT '',
  updated_at           timestamptz NOT NULL,
  PRIMARY KEY (photo_key, bot_id)
);
CREATE INDEX file_ids_by_user ON file_ids (user_id, scope) WHERE user_id IS NOT NULL;

-- Rows of an older Aisha that were imported: each once, whatever became of ours since.
CREATE TABLE adopted_rows (
  source               text NOT NULL
    CHECK (source IN ('user_balances', 'user_settings', 'user_favorite_templates', 'image_generations')),
  old_id               uuid NOT NULL,
  adopted_at           timestamptz NOT NULL,
  PRIMARY KEY (source, old_id)
);

-- What writing an avatar must heed: its columns, and the labels of those that have a native type.
CREATE VIEW avatar_columns AS
  SELECT a.attname::text AS column_name, e.enumlabel::text AS label
  FROM pg_attribute a LEFT JOIN pg_enum e ON e.enumtypid = a.atttypid
  WHERE a.attrelid = 'avatars'::regclass AND a.attnum > 0 AND NOT a.attisdropped;

-- Whether people and avatars stand in tables of another bot.
CREATE VIEW people_home AS
  SELECT n.nspname <> current_schema() AS is_shared
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = 'users'::regclass;
