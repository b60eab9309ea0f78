/** What a promise was rejected with; fails where it was not rejected, so that no assertion is skipped. */
export const rejection = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('Expected a rejection, and there was none.');
};

/** What a function threw; fails where it did not throw. */
export const thrown = (work: () => unknown): Error => {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('Expected an error, and there was none.');
};
