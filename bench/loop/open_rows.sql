-- 50,000 open updates and 50,000 open messages in 20,000 lanes each, and 50,000 jobs on their way, none of them due
-- today: what bench_loop's presses then have to pass. For a SQLite database that `aisha migrate` has made.
PRAGMA foreign_keys = ON;
BEGIN;
CREATE TEMP TABLE n AS
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
  SELECT i, unixepoch() * 1000 AS now, (unixepoch() + 86400) * 1000 AS later FROM n;
-- Updates that wait for their chat (an error, or the start would take them for a dead process's).
INSERT INTO inbox (bot_id, update_id, lane, kind, body, due_at, error, received_at)
  SELECT 7000000001, i - 100000, -(i % 20000), 'callback_query', '{}', CASE WHEN i <= 20000 THEN later END, 'telegram.flood', now
  FROM n;
INSERT INTO outbox (id, dedupe_key, lane, seq, kind, ref, idempotent, next_at, due_at, created_at)
  SELECT randomblob(16), 'open:' || i, -(i % 20000), i, 'job_status', hex(randomblob(16)), 1, later,
         CASE WHEN i <= 20000 THEN later END, now FROM n;
INSERT INTO users (id, telegram_id, first_name, language_code, is_premium, is_bot, is_blocked, created_at, updated_at)
  SELECT zeroblob(16), '-1', 'Many', 'en', 0, 0, 0, now, now FROM n LIMIT 1;
INSERT INTO jobs (id, kind, user_id, chat_id, trace, model, input, price, status, prev_status, attempt, max_attempts,
                  next_at, deadline_at, request_id, created_at, updated_at)
  SELECT randomblob(16), 'picture', zeroblob(16), -i, randomblob(16), 'fal-ai/flux-lora', '{}', 0, 'running', 'submitting',
         1, 3, later, later, 'r-' || i, now, now FROM n;
COMMIT;
ANALYZE;
