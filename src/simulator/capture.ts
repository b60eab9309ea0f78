/** A store as it is now, to be put back: tables, lists, records, plain values. */

/**
 * What is returned puts every own field of `store` back, in place, since routes hold the tables themselves, and as often as
 * it is called. `but` are fields that are no data, such as the clock.
 */
export const capture = <Store extends object>(
  store: Store,
  ...but: ReadonlyArray<keyof Store & string>
): (() => void) => {
  const data = Object.fromEntries(Object.entries(store).filter(([name]) => !(but as readonly string[]).includes(name)));
  const kept = structuredClone(data);
  return () => {
    const fresh = structuredClone(kept);
    for (const [name, value] of Object.entries(fresh)) {
      const now: unknown = Reflect.get(store, name);
      if (!refill(now, value)) Reflect.set(store, name, value);
    }
  };
};

/** False for what has no content of its own. */
const refill = (into: unknown, from: unknown): boolean => {
  if (into instanceof Map && from instanceof Map) {
    into.clear();
    for (const [key, value] of from) into.set(key, value);
  } else if (into instanceof Set && from instanceof Set) {
    into.clear();
    for (const value of from) into.add(value);
  } else if (Array.isArray(into) && Array.isArray(from)) {
    into.splice(0, into.length, ...(from as unknown[]));
  } else if (typeof into === 'object' && into !== null && typeof from === 'object' && from !== null) {
    for (const key of Object.keys(into)) Reflect.deleteProperty(into, key);
    Object.assign(into, from);
  } else {
    return false;
  }
  return true;
};
