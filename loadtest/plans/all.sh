#!/usr/bin/env bash
# Carries out a plan for each fault, one after the other, keeps the results, and ends with the table of all of them.
# Exit code 1 if one of the runs failed. Takes some twelve minutes.
set -euo pipefail

usage='usage: loadtest/plans/all.sh RESULTS-DIRECTORY [PLAN.yaml…]'
results=${1:?$usage}
shift
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
faults=(node-killed node-stopped redis-killed-empty redis-killed-data redis-stopped pubsub-killed pubsub-overflown
  replica-promoted clients-offline all-mixed)
plans=("$@")
if ((${#plans[@]} == 0)); then plans=("${faults[@]/#/$root/loadtest/plans/}") && plans=("${plans[@]/%/.yaml}"); fi

mkdir -p "$results"
failed=0
files=()
for plan in "${plans[@]}"; do
  name=$(basename "$plan" .yaml)
  file=$results/$name-$(date +%Y%m%d-%H%M%S).json
  printf '\n=== %s\n' "$name"
  "$root/fanwire" load chaos --plan "$plan" --json "$file" || failed=1
  # A run that could not be had leaves none.
  if [ -s "$file" ]; then files+=("$file"); fi
done

echo
if ((${#files[@]} > 0)); then "$root/fanwire" load table "${files[@]}"; fi
exit "$failed"
