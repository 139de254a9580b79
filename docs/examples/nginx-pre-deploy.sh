#!/bin/sh
# Start nginx with a configuration that is to be deployed, ask it what it accepts, and stop it.
# Ends as tlsprobe check does: 0 as the file and the policy say, 1 not so, 2 wrong usage, 3 could not be decided.
#
#   nginx-pre-deploy.sh /path/to/nginx.conf [POLICY]
#
# For a build machine or a container, where the ports that the configuration names are free.
set -eu
configuration=$(realpath "$1")
policy=${2:-rfc9325}

nginx -t -q -c "$configuration"
# It returns once it listens.
nginx -c "$configuration"
trap 'nginx -c "$configuration" -s stop' EXIT

tlsprobe check --config "$configuration" --config-type nginx --expect "$policy"
