/** Runs a body in a transaction that it may decide to take back; the value comes out either way. */
export function tentatively<T>(
  write: <R>(body: () => R) => R,
  body: () => { readonly keep: boolean; readonly value: T },
): T {
  let dropped: { readonly value: T } | undefined;
  try {
    return write(() => {
      const { keep, value } = body();
      if (keep) return value;
      dropped = { value };
      throw new Error('taken back');
    });
  } catch (error) {
    if (dropped) return dropped.value;
    throw error;
  }
}
