/**
 * The Salesforce profile of the test user. Okta takes it from the assignment, unless the app's schema settles it.
 * contracts/okta.md §4.4: the names of attributes are not confirmed; required in practice, by report
 */
import type { AppUserAttribute, AppUserSchema } from '../clients/okta/types.ts';

export type Profile =
  /** `values` to send with the assignment; `name` where it is known. */
  | { readonly kind: 'settled'; readonly values: Readonly<Record<string, string>>; readonly name?: string }
  | { readonly kind: 'open'; readonly choices: readonly string[] }
  | { readonly kind: 'unknown-name'; readonly name: string; readonly choices: readonly string[] };

const ATTRIBUTE = 'profile';

/** `schema` is undefined where it may not be read: then only a name that is given settles it. */
export const settleProfile = (schema: AppUserSchema | undefined, named: string | undefined): Profile => {
  const found = schema && attributeOf(schema);
  const choices = (found?.enum ?? []).filter((value) => typeof value === 'string');
  if (named !== undefined) {
    if (schema && !found) return { kind: 'settled', values: {}, name: named };
    return choices.length > 0 && !choices.includes(named)
      ? { kind: 'unknown-name', name: named, choices }
      : { kind: 'settled', values: { [found?.name ?? ATTRIBUTE]: named }, name: named };
  }
  if (!schema) return { kind: 'open', choices };
  if (!found) return { kind: 'settled', values: {} };
  if (typeof found.default === 'string') return { kind: 'settled', values: {}, name: found.default };
  const [only] = choices;
  if (choices.length === 1 && only !== undefined)
    return { kind: 'settled', values: { [found.name]: only }, name: only };
  return found.isRequired ? { kind: 'open', choices } : { kind: 'settled', values: {} };
};

const attributeOf = ({
  definitions,
}: AppUserSchema): (AppUserAttribute & { readonly name: string; readonly isRequired: boolean }) | undefined => {
  const all = [definitions.base, definitions.custom ?? {}].flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([name, attribute]) => ({
      ...attribute,
      name,
      isRequired: attribute.required === true || required.includes(name),
    }))
  );
  return (
    all.find(({ name }) => name === ATTRIBUTE) ??
    all.find(({ externalName, title }) => [externalName, title].some((word) => word.toLowerCase() === ATTRIBUTE))
  );
};
