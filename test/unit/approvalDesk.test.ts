/** Who is shown the link of an approval, and when. */
import { expect } from 'chai';
import { openDesk, type DeskOptions, type TerminalDesk } from '../../src/approvalDesk.ts';

const LINK = new URL('https://acme.my.salesforce.com/services/oauth2/authorize?state=hidden');
const tick = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the desk at the terminal', () => {
  let told: string[];
  let questions: string[];
  let answers: string[];
  beforeEach(() => ([told, questions, answers] = [[], [], []]));

  const desk = (more: Partial<DeskOptions> & { readonly agrees?: boolean } = {}): TerminalDesk =>
    openDesk({
      showLink: false,
      tell: (line) => told.push(line),
      confirm: async (message) => {
        questions.push(message);
        return more.agrees ?? true;
      },
      read: async (signal) => {
        questions.push('read');
        const answer = answers.shift();
        if (answer !== undefined) return answer;
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
      },
      ...more,
    });

  it('shows the link on the terminal only once the person has agreed', async () => {
    const offer = desk().offer(LINK, 'okta@acme.example');
    expect(told).to.deep.equal([]);
    await tick();
    expect(questions).to.have.length(2);
    expect(told.at(-1)).to.equal(LINK.href);
    expect(offer.declined()).to.equal(false);
  });

  const settled = async (promise: Promise<void>): Promise<boolean> => {
    const [yes, no] = [promise.then(() => true), tick().then(() => false)];
    return Promise.race([yes, no]);
  };

  it('tells at once of what is brought back, and of the next only when it comes', async () => {
    answers = ['first'];
    const offer = desk().offer(LINK, 'okta@acme.example');
    await tick();
    expect(await settled(offer.news())).to.equal(true);
    expect(offer.returned()).to.equal('first');
    expect(await settled(offer.news())).to.equal(false);
    answers = ['second'];
    offer.refuse('No.');
    await tick();
    expect(await settled(offer.news())).to.equal(true);
    expect(offer.returned()).to.equal('second');
  });

  it('tells at once that the person wants no link', async () => {
    const offer = desk({ agrees: false }).offer(LINK, 'okta@acme.example');
    await tick();
    expect([await settled(offer.news()), offer.declined()]).to.deep.equal([true, true]);
  });

  it('keeps it where the person has not', async () => {
    const offer = desk({ agrees: false }).offer(LINK, 'okta@acme.example');
    await tick();
    expect([offer.declined(), told, questions.length]).to.deep.equal([true, [], 1]);
  });

  it('shows it unasked where a flag asked for it', async () => {
    desk({ showLink: true, confirm: undefined }).offer(LINK, 'okta@acme.example');
    await tick();
    expect(told.at(-1)).to.equal(LINK.href);
  });

  it('leaves it to the companion page where there is one, while it is offered', async () => {
    const one = desk();
    one.leaveToPage();
    expect(one.link()).to.equal(undefined);
    const offer = one.offer(LINK, 'okta@acme.example');
    await tick();
    expect([one.link(), told, questions]).to.deep.equal([LINK.href, [], ['read']]);
    offer.withdraw();
    expect(one.link()).to.equal(undefined);
  });

  it('gives what is brought back once, and asks again where it was no good', async () => {
    answers = ['first', 'second'];
    const offer = desk().offer(LINK, 'okta@acme.example');
    await tick();
    expect([offer.returned(), offer.returned()]).to.deep.equal(['first', undefined]);
    offer.refuse('There is no address in it.');
    await tick();
    expect(told.at(-1)).to.include('no address');
    expect(offer.returned()).to.equal('second');
  });
});
