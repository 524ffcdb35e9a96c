-- SPDX-License-Identifier: Apache-2.0
-- Two roles with what each needs. A superuser runs this in Aisha's database before the first `aisha migrate`, and again
-- after each one; it may be run any number of times.
--   psql --dbname=aisha --set=ON_ERROR_STOP=1 --file=deploy/postgres/roles.sql
-- aisha_owner makes and changes tables: `aisha migrate`. aisha changes rows: `aisha serve`.
-- Neither has a password yet; `\password aisha` in psql sets one without showing it.
BEGIN;

DO $$
BEGIN
  IF to_regrole('aisha_owner') IS NULL THEN
    CREATE ROLE aisha_owner LOGIN;
  END IF;
  IF to_regrole('aisha') IS NULL THEN
    CREATE ROLE aisha LOGIN;
  END IF;
END $$;

CREATE SCHEMA IF NOT EXISTS aisha AUTHORIZATION aisha_owner;
GRANT USAGE ON SCHEMA aisha TO aisha;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA aisha TO aisha;
ALTER DEFAULT PRIVILEGES FOR ROLE aisha_owner IN SCHEMA aisha
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO aisha;

DO $$
DECLARE
  older text;
BEGIN
  -- Money only ever grows by rows; a trigger says so too. The other two are migrations' own.
  IF to_regclass('aisha.ledger_transfer') IS NOT NULL THEN
    REVOKE UPDATE, DELETE ON aisha.ledger_transfer FROM aisha;
    REVOKE INSERT, UPDATE, DELETE ON aisha.job_transition, aisha.aisha_schema FROM aisha;
  END IF;
  -- An older Aisha's people and avatars are used where they are; no row of them is ever deleted.
  IF to_regclass('public.users') IS NOT NULL AND to_regclass('public.avatars') IS NOT NULL THEN
    GRANT SELECT, INSERT, UPDATE ON public.users, public.avatars TO aisha;
    GRANT SELECT, INSERT, UPDATE, REFERENCES ON public.users, public.avatars TO aisha_owner;
    -- What `aisha adopt` reads.
    FOREACH older IN ARRAY ARRAY['user_balances', 'user_settings', 'user_favorite_templates', 'image_generations'] LOOP
      IF to_regclass('public.' || older) IS NOT NULL THEN
        EXECUTE format('GRANT SELECT ON public.%I TO aisha', older);
      END IF;
    END LOOP;
  END IF;
END $$;

COMMIT;
