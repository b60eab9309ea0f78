#!/bin/sh
# Okta's provisioning of a Salesforce org, watched by a pipeline: pipeline.sh nightly | weekly | refreshed
#
#   TARGET_ORG      alias or username of the Salesforce org; sf is logged in to it already
#   PAIR_FLAGS      the flags that setup was run with, such as: --integration-user okta@example.com
#   SMOKE_PROFILE   the Salesforce profile of the test user ("Standard User" unless set)
#   REPORTS         folder for the reports
#   TELL_URL        a webhook that is told when a person must act
#
# Okta is named by the environment: OKTA_CLIENT_ORGURL and OKTA_CLIENT_TOKEN.
set -u
: "${TARGET_ORG:?set it to the Salesforce org}"
reports="${REPORTS:-okta-provisioning-results}"
mkdir -p "$reports"

# PAIR_FLAGS is several words on purpose.
nightly() {
  sf okta provisioning verify --target-org "$TARGET_ORG" ${PAIR_FLAGS:-} --result-format human --result-format junit --result-format markdown --output-dir "$reports"
}

weekly() {
  sf okta provisioning test --target-org "$TARGET_ORG" ${PAIR_FLAGS:-} --smoke-profile "${SMOKE_PROFILE:-Standard User}" --no-prompt --result-format human --result-format junit --output-dir "$reports"
}

# After a sandbox refresh. 69: everything that needs no person is done, and one must finish; run it again afterwards.
refreshed() {
  sf okta provisioning setup --target-org "$TARGET_ORG" ${PAIR_FLAGS:-} --no-prompt --json > "$reports/setup.json"
  prepared=$?
  if [ "$prepared" -eq 69 ]; then tell_a_person; fi
  if [ "$prepared" -ne 0 ] && [ "$prepared" -ne 69 ]; then cat "$reports/setup.json"; return "$prepared"; fi
  nightly
  verified=$?
  if [ "$prepared" -eq 69 ]; then return 69; fi
  return "$verified"
}

tell_a_person() {
  node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).result.next.join("\n")' "$reports/setup.json" > "$reports/next.txt"
  cat "$reports/next.txt"
  if [ -n "${TELL_URL:-}" ]; then curl --silent --show-error --data-binary "@$reports/next.txt" "$TELL_URL"; fi
}

case "${1:-}" in
  nightly | weekly | refreshed) "$1" ;;
  *) echo "usage: pipeline.sh nightly | weekly | refreshed" >&2; exit 2 ;;
esac
