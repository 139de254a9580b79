#!/bin/sh
# Start nginx with the configuration to deploy, check it, and stop it.
# Exit codes as tlsprobe check: 0 as the file and the policy require, 1 not, 2 wrong usage, 3 undecided.
#
#   nginx-pre-deploy.sh /path/to/nginx.conf [POLICY]
#
# Run it on a build machine or in a container where the ports in the configuration are free.
set -eu
configuration=$(realpath "$1")
policy=${2:-rfc9325}

nginx -t -q -c "$configuration"
# This command returns when nginx listens.
nginx -c "$configuration"
trap 'nginx -c "$configuration" -s stop' EXIT

tlsprobe check --config "$configuration" --config-type nginx --expect "$policy"
