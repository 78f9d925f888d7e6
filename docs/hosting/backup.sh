#!/bin/sh
# Copies the live classes, SQLite or PostgreSQL, into a file with day and time in its name, and throws
# away what is older than 30 days. Goes into /etc/cron.daily/, under a name without a dot.
set -eu
umask 077
settings=/etc/anakinra-explorer.env
folder=/var/backups/anakinra-explorer
program=/opt/anakinra-explorer/bin/anakinra-explorer

database=$(sed -n 's/^EXPLORER_DATABASE=//p' "$settings")
mkdir -p "$folder"
copy=$folder/classes-$(date +%F-%H%M%S)
case $database in
  postgres*)
    pg_dump -Fc -f "$copy.part" "$database"
    mv "$copy.part" "$copy.dump"
    ;;
  *)
    : "${database:=sqlite:////var/lib/anakinra-explorer/anakinra-explorer/classes.sqlite3}"
    EXPLORER_DATABASE=$database "$program" backup "$copy.sqlite3"
    ;;
esac
find "$folder" -name 'classes-*' -mtime +30 -delete
