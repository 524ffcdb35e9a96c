# SPDX-License-Identifier: Apache-2.0
"""Many pictures of one person without making them, and what the archives of their data hold.

  archives.py fill DATABASE BLOBS TELEGRAM_ID COUNT BYTES   pictures of random bytes, as rows and objects, beside nobody
  archives.py read DATABASE TELEGRAM_ID ZIP...              JSON of what the parts hold against rows and objects
"""
import hashlib
import json
import os
import pathlib
import sqlite3
import sys
import uuid
import zipfile

FIRST = 1_767_225_600_000  # 2026-01-01


def an_id(moment: int) -> bytes:
    """UUIDv7 (RFC 9562)."""
    tail = bytearray(os.urandom(10))
    tail[0] = 0x70 | tail[0] & 0x0F
    tail[2] = 0x80 | tail[2] & 0x3F
    return moment.to_bytes(6, "big") + bytes(tail)


def fill(database: str, blobs: str, telegram_id: str, count: str, size: str) -> None:
    connection = sqlite3.connect(database)
    (owner,) = connection.execute("SELECT id FROM users WHERE telegram_id = ?", (telegram_id,)).fetchone()
    bucket = pathlib.Path(blobs) / "aisha-v2-generated"
    for number in range(int(count)):
        moment = FIRST + number * 60_000
        picture = an_id(moment)
        day = f"2026-01-{1 + number // 1440:02}"
        key = f"2026/01/{1 + number // 1440:02}/{uuid.UUID(bytes=picture)}.jpg"
        data = os.urandom(int(size))
        (bucket / key).parent.mkdir(parents=True, exist_ok=True)
        (bucket / key).write_bytes(data)
        connection.execute(
            "INSERT INTO generation_requests (id, user_id, template_id, prompt, model, price, chat_id, local_day, status,"
            " bucket, object_key, width, height, bytes, sha256, content_type, created_at, finished_at)"
            " VALUES (?, ?, 'business', 'p', 'm', 0, ?, ?, 'ready', 'aisha-v2-generated', ?, 1, 1, ?, ?, 'image/jpeg', ?, ?)",
            (picture, owner, int(telegram_id), day, key, len(data), hashlib.sha256(data).hexdigest(), moment, moment + 1))
        connection.execute("INSERT INTO request_keys (request_key, request_id, created_at) VALUES (?, ?, ?)",
                           (f"app:{number}", picture, moment))
        connection.execute(
            "INSERT INTO user_days (user_id, local_day, style, pictures, made, timed, took_ms) VALUES (?, ?, 'business', 1, 1, 1, 1)"
            " ON CONFLICT (user_id, local_day, style) DO UPDATE SET pictures = pictures + 1, made = made + 1,"
            " timed = timed + 1, took_ms = took_ms + 1", (owner, day))
    connection.commit()


def read(database: str, telegram_id: str, *parts: str) -> None:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    wanted = [sha for (sha,) in connection.execute(
        "SELECT r.sha256 FROM generation_requests r JOIN users u ON u.id = r.user_id WHERE u.telegram_id = ?"
        " AND r.status = 'ready' AND r.purged_at IS NULL ORDER BY 1", (telegram_id,))]
    found, names, documents, listed = [], [], [], []
    for part in parts:
        with zipfile.ZipFile(part) as archive:
            assert archive.testzip() is None, part
            for name in archive.namelist():
                names.append(name)
                if name.startswith("pictures/"):
                    found.append(hashlib.sha256(archive.read(name)).hexdigest())
                else:
                    documents.append(name)
                if name == "pictures.json":
                    listed = json.loads(archive.read(name))
    by_file = {entry["file"]: entry for entry in listed}
    print(json.dumps({
        "wanted": len(wanted), "found": len(found), "same": sorted(found) == wanted, "twice": len(names) - len(set(names)),
        "documents": sorted(documents), "listed": len(listed),
        "listed_right": all(name in by_file for name in names if name.startswith("pictures/"))}))


if __name__ == "__main__":
    {"fill": fill, "read": read}[sys.argv[1]](*sys.argv[2:])
