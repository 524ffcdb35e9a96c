#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Aisha's two PostgreSQL roles with their passwords, for compose.yaml: libpq's variables say where the server is, the
# folder of secrets may be given as the one argument.
set -euo pipefail
secrets=${1:-/run/secrets}
here=$(dirname "$0")
export PGUSER=${PGUSER:-postgres} PGPASSFILE=/dev/null
PGPASSWORD=$(cat "$secrets/postgres_password")
export PGPASSWORD
psql=(psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1)
"${psql[@]}" --file="$here/roles.sql"
# On standard input, so that no password stands among a process's arguments, and not for the server's log.
"${psql[@]}" <<SQL
\\set owner \`cat "$secrets/database_owner_password"\`
\\set bot \`cat "$secrets/database_password"\`
SET log_statement = 'none';
ALTER ROLE aisha_owner PASSWORD :'owner';
ALTER ROLE aisha PASSWORD :'bot';
SQL
