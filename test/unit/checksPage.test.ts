import { expect } from 'chai';
import { checksPage, storedChecksPage } from '../../scripts/checksPage.ts';
import { CHECKS } from '../../src/checks/index.ts';
import { TEST_CLAIMS } from '../../src/roundTrip/index.ts';
import { anchorOf } from '../../src/report/checkReport.ts';

describe('docs/checks.md', () => {
  it('says what the code does now', () => {
    expect(storedChecksPage()).to.equal(checksPage());
  });

  it('has the heading that the action of each claim points at', () => {
    const anchors = [...checksPage().matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replace(/[^\w\- ]/g, '')
    );
    expect(anchors).to.deep.equal([...CHECKS.map(({ id }) => id), ...TEST_CLAIMS].map(anchorOf));
  });
});
