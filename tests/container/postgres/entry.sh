#!/bin/sh
# What the official image does with its three variables at the first start, and then the server.
set -eu
bin=$(echo /usr/lib/postgresql/*/bin)
as="setpriv --reuid=postgres --regid=postgres --clear-groups"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  chown postgres "$PGDATA"
  printf %s "$POSTGRES_PASSWORD" > /tmp/word
  chown postgres /tmp/word
  $as "$bin/initdb" -D "$PGDATA" -E UTF8 --auth-local=trust --auth-host=scram-sha-256 \
    -U "$POSTGRES_USER" --pwfile=/tmp/word
  rm /tmp/word
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  $as "$bin/pg_ctl" -D "$PGDATA" -w -o "-c listen_addresses=" start
  "$bin/createdb" -h /var/run/postgresql -U "$POSTGRES_USER" "$POSTGRES_DB"
  $as "$bin/pg_ctl" -D "$PGDATA" -w stop
fi
exec $as "$bin/postgres" -D "$PGDATA" -c listen_addresses='*'
