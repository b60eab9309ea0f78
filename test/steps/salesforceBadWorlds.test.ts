/**
 * Salesforce orgs that are wrong in every way that real ones are: how the real commands end in each, by exit code, words and
 * findings, and that no org is worse off for it.
 */
import { access } from './badWorlds/access.ts';
import { apps } from './badWorlds/apps.ts';
import { describeRows } from './badWorlds/describeRows.ts';
import { people } from './badWorlds/people.ts';
import { policies } from './badWorlds/policies.ts';
import { secretRows } from './badWorlds/secrets.ts';

describeRows({ apps, policies, people, access, secrets: secretRows });
