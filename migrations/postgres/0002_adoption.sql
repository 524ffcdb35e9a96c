-- SPDX-License-Identifier: Apache-2.0
-- What taking over an older Aisha's database needs (aisha adopt).

-- Rows of the older bot that were taken over: each once, whatever became of ours since.
CREATE TABLE adopted_rows (
  source     text        NOT NULL
    CHECK (source IN ('user_balances', 'user_settings', 'user_favorite_templates', 'image_generations')),
  old_id     uuid        NOT NULL,
  adopted_at timestamptz NOT NULL,
  PRIMARY KEY (source, old_id)
);

-- 'adopted': made by the older bot. Its picture may have no object, and nobody has looked at its pixels.
ALTER TABLE generation_requests ADD COLUMN origin text CHECK (origin = 'adopted');
DO $$
DECLARE
  wall text;
BEGIN
  SELECT conname INTO STRICT wall FROM pg_constraint
    WHERE conrelid = 'generation_requests'::regclass AND contype = 'c'
      AND pg_get_constraintdef(oid) LIKE '%sha256 IS NOT NULL%';
  EXECUTE format('ALTER TABLE generation_requests DROP CONSTRAINT %I', wall);
END $$;
ALTER TABLE generation_requests ADD CONSTRAINT generation_picture CHECK (
  status <> 'succeeded' OR purged_at IS NOT NULL
  OR (object_key IS NOT NULL AND bucket IS NOT NULL AND sha256 IS NOT NULL AND width IS NOT NULL
      AND height IS NOT NULL AND bytes IS NOT NULL)
  OR (origin IS NOT NULL AND (object_key IS NULL OR (bucket IS NOT NULL AND bytes IS NOT NULL))));

-- Adopted pictures whose object has not been found; `place` is their old address without its signature.
CREATE TABLE missing_pictures (
  generation_id uuid        NOT NULL PRIMARY KEY REFERENCES generation_requests (id),
  place         text        NOT NULL,
  looked_at     timestamptz
);

-- What writing an avatar must heed: its columns, and the labels of those that have a native type.
CREATE VIEW avatar_columns AS
  SELECT a.attname::text AS column_name, e.enumlabel::text AS label
  FROM pg_attribute a LEFT JOIN pg_enum e ON e.enumtypid = a.atttypid
  WHERE a.attrelid = 'avatars'::regclass AND a.attnum > 0 AND NOT a.attisdropped;
