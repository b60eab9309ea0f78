/** What Salesforce has of the user, held against what Okta holds. Only what Okta's assignment tells is compared. */
import type { AssignedUser } from '../clients/okta/types.ts';
import type { Person } from '../clients/salesforce/types.ts';
import type { Judgement } from '../engine/check.ts';
import type { Arrival } from './provision.ts';

/** Both sides' names, and where neither vendor keeps the case. contracts/okta.md §4.4, contracts/salesforce.md §8.1 */
const PAIRS: ReadonlyArray<{
  readonly name: string;
  readonly okta: (assignment: AssignedUser) => unknown;
  readonly salesforce: (person: Person) => string | null | undefined;
  readonly anyCase?: true;
}> = [
  {
    name: 'username',
    okta: ({ credentials }) => credentials?.userName,
    salesforce: ({ Username }) => Username,
    anyCase: true,
  },
  { name: 'email', okta: ({ profile }) => profile['email'], salesforce: ({ Email }) => Email, anyCase: true },
  { name: 'firstName', okta: ({ profile }) => profile['firstName'], salesforce: ({ FirstName }) => FirstName },
  { name: 'lastName', okta: ({ profile }) => profile['lastName'], salesforce: ({ LastName }) => LastName },
  { name: 'mobilePhone', okta: ({ profile }) => profile['mobilePhone'], salesforce: ({ MobilePhone }) => MobilePhone },
  { name: 'profile', okta: ({ profile }) => profile['profile'], salesforce: ({ Profile }) => Profile?.Name },
];

export const compareAttributes = ({ user, assignment, person }: Arrival, appId: string): Judgement => {
  const compared = PAIRS.flatMap(({ name, okta, salesforce, anyCase }) => {
    const [wanted, found] = [okta(assignment), salesforce(person) ?? null];
    if (typeof wanted !== 'string' || wanted === '') return [];
    const fold = (text: string): string => (anyCase ? text.toLowerCase() : text);
    return [{ name, wanted, found, same: found !== null && fold(found) === fold(wanted) }];
  });
  return {
    status: compared.every(({ same }) => same) ? 'pass' : 'fail',
    expected: Object.fromEntries(compared.map(({ name, wanted }) => [name, wanted])),
    actual: Object.fromEntries(compared.map(({ name, found }) => [name, found])),
    evidence: [{ source: `GET /api/v1/apps/${appId}/users/${user.id}` }, { source: 'SOQL User', record: person.Id }],
  };
};
