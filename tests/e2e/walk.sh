#!/usr/bin/env bash
# A learner's first days, on an installed program: every step must do what it says.
# Usage: walk.sh PATH-TO-AISAFE
set -euo pipefail

aisafe=$(realpath "$1")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export AISAFE_HOME=$home/data NO_COLOR=1
cd "$home"

say() { printf '%s\n' "== $*"; }
fail() { printf '%s\n' "FAILED: $*" >&2; exit 1; }
field() { node -e 'let d = JSON.parse(require("node:fs").readFileSync(0, "utf8")); for (const k of process.argv[1].split(".")) d = d?.[k]; console.log(typeof d === "object" ? JSON.stringify(d) : d)' "$1"; }
expect_exit() {
  local wanted=$1 status=0
  shift
  "$@" >/dev/null 2>&1 </dev/null || status=$?
  test "$status" -eq "$wanted" || fail "exit $status instead of $wanted: $*"
}

say 'first run'
"$aisafe" </dev/null | grep -q 'aisafe next' || fail 'bare aisafe does not name the first command'
first=$("$aisafe" next --json | field data.tasks.0.id)
"$aisafe" next --minutes 40 --why >/dev/null

say 'set up without a terminal'
"$aisafe" init --background stem --hours 6 --track interpretability --json | field data >/dev/null
expect_exit 6 "$aisafe" init

say 'do, and undo'
"$aisafe" export --format json --output before.json
"$aisafe" done "$first" --minutes 30 --note 'a first note' >/dev/null
"$aisafe" undo >/dev/null
"$aisafe" export --format json --output after.json
cmp before.json after.json || fail 'undo does not restore the export'

say 'work'
"$aisafe" start "$first" >/dev/null
"$aisafe" done "$first" --minutes 45 >/dev/null
second=$("$aisafe" next --json | field data.tasks.0.id)
test "$second" != "$first" || fail 'next still offers a task that is done'
"$aisafe" defer "$second" --days 3 >/dev/null
printf 'weights\n' >work.txt
"$aisafe" evidence add "$first" --file work.txt >/dev/null
"$aisafe" evidence verify >/dev/null
printf 'other\n' >work.txt
expect_exit 1 "$aisafe" evidence verify
"$aisafe" search attention >/dev/null
"$aisafe" status --json | field data.time.spent | grep -qx 45 || fail 'time is not counted'

say 'self-assessment'
cat >answers.yaml <<'ANSWERS'
criteria:
  attention-from-scratch: { level: 1, self_attested: true }
ANSWERS
expect_exit 1 "$aisafe" check phase1 --answers answers.yaml
expect_exit 1 "$aisafe" check phase1 --report --json

say 'everything out, everything back'
for format in json jsonl csv markdown ics; do "$aisafe" export --format "$format" --output "export.$format"; done
AISAFE_HOME=$home/other "$aisafe" import export.json >/dev/null
AISAFE_HOME=$home/other "$aisafe" export --format json --output again.json
cmp export.json again.json || fail 'export, import, export differ'
"$aisafe" backup >/dev/null
"$aisafe" doctor >/dev/null

say 'mistakes'
expect_exit 2 "$aisafe" nxt
expect_exit 2 "$aisafe" next --minutes soon
expect_exit 3 "$aisafe" show nothing-of-this-name
expect_exit 3 "$aisafe" import missing.json

say 'a curriculum of one’s own'
"$aisafe" curriculum new course >/dev/null
"$aisafe" curriculum lint course >/dev/null
"$aisafe" curriculum add course --use >/dev/null
"$aisafe" next >/dev/null
expect_exit 1 "$aisafe" curriculum lint "$home"

say 'done'
