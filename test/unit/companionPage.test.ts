/** Whether a run has a companion page: only where a person can see it, and waits long enough for it to show. */
import { expect } from 'chai';
import { pageMode, type PageFlags, type Surfaces } from '../../src/companionPage.ts';

const FLAGS: PageFlags = { handshake: 'auto', 'dry-run': false };
const DESK: Surfaces = { interactive: true, waits: true, env: {}, container: false };
const SSH = { ...DESK, env: { SSH_CONNECTION: '10.0.0.1 50000 10.0.0.2 22' } };

describe('the companion page of a run', () => {
  const CASES: Array<[string, ReturnType<typeof pageMode>, Partial<PageFlags>, Partial<Surfaces>]> = [
    ['opens in the browser on a terminal', 'browser', {}, {}],
    ['opens in the browser with a port of its own', 'browser', { 'companion-port': 8765 }, {}],
    ['is not there without a terminal, or with --json', 'none', {}, { interactive: false }],
    ['is not there where the run does not wait', 'none', {}, { waits: false }],
    ['is not there with --no-browser', 'none', { 'no-browser': true }, {}],
    ['is not there in a dry run', 'none', { 'dry-run': true }, {}],
    ['is not there without a handshake', 'none', { handshake: 'none' }, {}],
    ['is not there over SSH', 'none', {}, SSH],
    ['is a link over SSH with a port to forward', 'link', { 'companion-port': 8765 }, SSH],
    ['is not there in a container', 'none', {}, { container: true }],
    ['is a link in a container with a port', 'link', { 'companion-port': 8765 }, { container: true }],
  ];
  for (const [what, mode, flags, surfaces] of CASES)
    it(what, () => {
      expect(pageMode({ ...FLAGS, ...flags }, { ...DESK, ...surfaces })).to.equal(mode);
    });
});
