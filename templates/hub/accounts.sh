#!/bin/sh
# As root: an account for everybody on the class list (class.txt) who has none, and no entry for who has left.
# New passwords are drawn at random and stand in private/passwords.csv, which only root can read: hand them out one
# by one, on paper, and delete the file. Running this again changes nobody's password.
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)
group=$(cat "$here/group.txt")
getent group "$group" >/dev/null || groupadd --system "$group"
mkdir -p "$here/private"
while IFS= read -r name; do
  if ! getent passwd "$name" >/dev/null; then
    # Letters and digits that nobody takes for one another: 12 of 54 are 69 bits.
    password=$(LC_ALL=C tr -dc 'a-km-zA-HJ-NP-Z2-9' </dev/urandom 2>/dev/null | head -c 12)
    useradd --create-home --key HOME_MODE=0700 --shell /bin/bash "$name"
    printf '%s:%s\n' "$name" "$password" | chpasswd
    printf '%s,%s\n' "$name" "$password" >>"$here/private/passwords.csv"
    echo "new account: $name"
  fi
  uid=$(id -u "$name")
  if [ "$uid" -lt 1000 ] || [ "$uid" -eq 65534 ]; then
    echo "$name is an account of the system itself, and is left alone" >&2
    continue
  fi
  usermod --append --groups "$group" "$name"
done <"$here/class.txt"
getent group "$group" | cut -d: -f4 | tr ',' '\n' | while IFS= read -r name; do
  if [ -n "$name" ] && ! grep -qxF -- "$name" "$here/class.txt"; then
    gpasswd --delete "$name" "$group" >/dev/null
    echo "may no longer log in here: $name (the account and its files are still there)"
  fi
done
