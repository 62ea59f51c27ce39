#!/bin/sh
# What the tests need besides Python packages: TypeScript, which checks the types of our scripts; axe,
# which checks pages for access, and html-validate, which checks their HTML; sitemap, for its schema;
# gettext's own tools; and a browser: one that is installed, else Debian's (as root), else
# Playwright's own.
set -eu

if [ ! -d .venv/node/node_modules/html-validate ]; then
  PATH=".venv/bin:$PATH" npm install --prefix .venv/node --no-audit --no-fund --silent typescript@5.9 axe-core@4 html-validate@11 sitemap@9
fi

has() { command -v "$1" >/dev/null 2>&1; }
can_install=$(test "$(id -u)" = 0 && has apt-get && echo yes || echo no)

packages=""
has msgfmt && has msgcat || packages="gettext"
browser=no
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if has "$name"; then browser=yes; fi
done
[ "$browser" = yes ] || packages="$packages chromium"

[ -z "$packages" ] && exit 0
if [ "$can_install" = yes ]; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
  exit 0
fi
case $packages in
  *gettext*) echo "install gettext (apt install gettext, brew install gettext), then run this again" >&2; exit 1 ;;
esac
.venv/bin/playwright install chromium
