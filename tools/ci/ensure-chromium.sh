#!/usr/bin/env bash
# Debian's Chromium for the tests of pages, installed where it is missing and may be; without it they skip themselves and say so.
set -u
if ! command -v chromium > /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } > /dev/null 2>&1
fi
command -v chromium || echo 'no chromium: the tests of pages in a browser will be skipped'
