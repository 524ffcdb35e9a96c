-- SPDX-License-Identifier: Apache-2.0
-- What taking over an older Aisha's database needs (aisha adopt). Those databases are PostgreSQL, so these tables stay
-- empty here: they keep the two engines alike.

-- Rows of the older bot that were taken over: each once, whatever became of ours since.
CREATE TABLE adopted_rows (
  source     TEXT    NOT NULL
    CHECK (source IN ('user_balances', 'user_settings', 'user_favorite_templates', 'image_generations')),
  old_id     BLOB    NOT NULL CHECK (length(old_id) = 16),
  adopted_at INTEGER NOT NULL,
  PRIMARY KEY (source, old_id)
);

-- 'adopted': made by the older bot. Its picture may have no object, and nobody has looked at its pixels.
ALTER TABLE generation_requests ADD COLUMN origin TEXT CHECK (origin = 'adopted');

-- Adopted pictures whose object has not been found; `place` is their old address without its signature.
CREATE TABLE missing_pictures (
  generation_id BLOB    NOT NULL PRIMARY KEY REFERENCES generation_requests (id),
  place         TEXT    NOT NULL,
  looked_at     INTEGER
);

-- What writing an avatar must heed: its columns, and the labels of those that have a native type.
CREATE VIEW avatar_columns AS SELECT 'is_draft' AS column_name, NULL AS label;
