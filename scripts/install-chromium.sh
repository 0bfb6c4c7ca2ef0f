#!/usr/bin/env bash
# Installs Debian's Chromium for the browser tests (Debian and Ubuntu derivatives, as root): the headless shell, which costs
# a third less CPU than the whole browser. Does nothing when it is there,
# nor where it cannot install and another Chromium is.
set -euo pipefail

if command -v chromium-headless-shell > /dev/null; then
  echo "Chromium: $(command -v chromium-headless-shell)"
  exit 0
fi

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get > /dev/null; then
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" > /dev/null; then
      echo "Chromium: $(command -v "$name")"
      exit 0
    fi
  done
  echo 'Falta Chromium para las pruebas de navegador. Como root en Debian: scripts/install-chromium.sh; en otro sistema instálelo y ponga su ruta en CHROMIUM_PATH.' >&2
  echo 'Chromium is missing for the browser tests. As root on Debian: scripts/install-chromium.sh; elsewhere install it and set CHROMIUM_PATH.' >&2
  exit 1
fi

echo 'Instalando Chromium (paquete de Debian) para las pruebas de navegador / installing Chromium (Debian package) for the browser tests'
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# Older releases have no package of the shell alone.
apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core > /dev/null ||
  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core > /dev/null
echo "Chromium: $(command -v chromium-headless-shell || command -v chromium)"
