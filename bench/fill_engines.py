"""Databases that the fillers of the benchmarks write millions of rows into, past triggers and foreign keys: the texts in
which the two engines differ, and how a batch is run. PostgreSQL: as a superuser, through `psql`."""
import base64
import sqlite3
import subprocess


def opened(url: str):
    return Sqlite(url) if url.startswith("sqlite:") else Postgres(url)


class Sqlite:
    def __init__(self, url: str) -> None:
        self.database = sqlite3.connect(url.removeprefix("sqlite:"), isolation_level=None)
        # Speed only: the file is thrown away when the machine stops meanwhile.
        self.database.executescript("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-1000000")

    def id(self, kind: int, number: str) -> str:
        """A 16-byte id that grows with the number and is older than any real one."""
        return f"CAST(char(1, {kind}) || printf('%014d', {number}) AS BLOB)"

    def system(self, number: int) -> str:
        return f"x'{number:032x}'"

    def words(self, identity: str) -> str:
        parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        return " || '-' || ".join(f"substr(lower(hex({identity})), {at}, {size})" for at, size in parts)

    def when(self, ms: str) -> str:
        return f"CAST({ms} AS INTEGER)"

    def day(self, ms: str, form: str) -> str:
        return f"strftime('{form}', ({ms}) / 1000, 'unixepoch')"

    def numbers(self, first: int, end: int) -> str:
        return f"(WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {end - 1}) SELECT i FROM n) n"

    def between(self, first: str, last: str) -> str:
        """Milliseconds between two columns."""
        return f"({last} - {first})"

    def secondary(self) -> list:
        """Every index that no key made: its name and how it was made."""
        return self.database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()

    def run(self, statements: list) -> None:
        self.database.executescript("BEGIN;" + ";".join(statements) + ";COMMIT")

    def finish(self) -> None:
        self.database.executescript("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")


class Postgres:
    def __init__(self, url: str) -> None:
        self.psql = subprocess.Popen(["psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     text=True)
        self.send("SET search_path = aisha, public; SET session_replication_role = replica; SET synchronous_commit = off;")

    def send(self, text: str) -> None:
        self.psql.stdin.write(text + "\n\\echo done\n")
        self.psql.stdin.flush()
        if self.psql.stdout.readline().strip() != "done":
            raise SystemExit("psql has given up")

    def id(self, kind: int, number: str) -> str:
        return f"('01{kind:02x}' || encode(convert_to(lpad(({number})::text, 14, '0'), 'UTF8'), 'hex'))::uuid"

    def system(self, number: int) -> str:
        return f"'{number:032x}'::uuid"

    def words(self, identity: str) -> str:
        return f"({identity})::text"

    def when(self, ms: str) -> str:
        return f"to_timestamp(({ms}) / 1000.0)"

    def day(self, ms: str, form: str) -> str:
        words = form.replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")
        return f"to_char(to_timestamp(({ms}) / 1000.0) AT TIME ZONE 'UTC', '{words}')"

    def numbers(self, first: int, end: int) -> str:
        return f"generate_series({first}::bigint, {end - 1}) AS n (i)"

    def between(self, first: str, last: str) -> str:
        return f"(floor(extract(epoch FROM {last} - {first}) * 1000))::bigint"

    def secondary(self) -> list:
        asked = ("SELECT replace(encode(convert_to(indexrelid::regclass::text || chr(9) || pg_get_indexdef(indexrelid), 'UTF8'), 'base64'), E'\\n', '')"
                 " FROM pg_index WHERE indexrelid::regclass::text !~ '^pg_' AND NOT indisprimary"
                 " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = indexrelid)"
                 " AND indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'aisha'::regnamespace)")
        self.psql.stdin.write(f"\\t on\n\\a\n{asked};\n\\echo done\n")
        self.psql.stdin.flush()
        found = []
        for line in self.psql.stdout:
            if line.strip() == "done":
                return found
            if line.strip() and not line.startswith(("Output", "Tuples")):
                found.append(tuple(base64.b64decode(line).decode().split("\t")))
        raise SystemExit("psql has given up")

    def run(self, statements: list) -> None:
        self.send("BEGIN;" + ";".join(statements) + ";COMMIT;")

    def finish(self) -> None:
        self.send("VACUUM (ANALYZE);")
        self.psql.stdin.close()
        self.psql.wait()


def counted_days(e) -> str:
    """`user_days` of all pictures there are, as the program would have counted them one by one."""
    of_saved = "EXISTS (SELECT 1 FROM user_saved_images s WHERE s.generation_request_id = g.id)"
    ours = "CASE WHEN is_imported = false THEN {} ELSE 0 END"

    def total(condition: str) -> str:
        return f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)"
    return ("INSERT INTO user_days (user_id, local_day, style, pictures, made, kept, dropped, spent, timed, took_ms)"
            f" SELECT user_id, local_day, coalesce(template_id, ''), {total('deleted_at IS NULL')}, count(*), {total(of_saved)},"
            f" {total('deleted_at IS NOT NULL AND deleted_batch IS NULL')}, sum({ours.format('price')}), sum({ours.format('1')}),"
            f" sum({ours.format(e.between('created_at', 'finished_at'))})"
            " FROM generation_requests g WHERE status = 'ready' GROUP BY user_id, local_day, coalesce(template_id, '')")
