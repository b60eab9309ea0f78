/** Each test process gets a home of its own and an environment that knows of no real org. Loaded before every test file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const home = mkdtempSync(join(tmpdir(), 'okta-test-home-'));
for (const name of Object.keys(process.env))
  if (/^(OKTA_|SF_|SFDX_|XDG_)|^(https?|all|no)_proxy$/i.test(name)) delete process.env[name];
Object.assign(process.env, {
  HOME: home,
  USERPROFILE: home,
  SF_DISABLE_DNS_CHECK: 'true',
  SF_DISABLE_TELEMETRY: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  NODE_NO_WARNINGS: '1',
});
process.removeAllListeners('warning'); // one for each connection over http, which loopback is
process.once('exit', () => rmSync(home, { recursive: true, force: true }));
