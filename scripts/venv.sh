#!/usr/bin/env bash
# Create a virtual environment, also on a Debian whose python3 comes without venv: then virtualenv, or the missing package is named.
set -euo pipefail
target=${1:-.venv}
[ -x "$target/bin/python" ] && "$target/bin/python" -m pip --version >/dev/null 2>&1 && exit 0
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=… to one." >&2; exit 2; }
if "$python" -m venv "$target" >/dev/null 2>&1 && "$target/bin/python" -m pip --version >/dev/null 2>&1; then exit 0; fi
rm -rf "$target"
if "$python" -m virtualenv --quiet "$target" 2>/dev/null; then exit 0; fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing python3-venv, which this Python lacks." >&2
  apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && "$python" -m venv "$target" && exit 0
fi
echo "This Python cannot create environments. Install the missing part: apt-get install python3-venv" >&2
exit 2
