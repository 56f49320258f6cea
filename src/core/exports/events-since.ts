/** Events of the study day and later; they can be gone through as often as the events themselves. */
export function eventsSince<E extends { readonly day: string }>(
  events: Iterable<E>,
  since: string | undefined,
): Iterable<E> {
  if (since === undefined) return events;
  return {
    *[Symbol.iterator]() {
      for (const event of events) if (event.day >= since) yield event;
    },
  };
}
