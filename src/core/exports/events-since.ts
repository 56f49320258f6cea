/** Events of the study day and later. */
export function eventsSince<E extends { readonly day: string }>(
  events: readonly E[],
  since: string | undefined,
): readonly E[] {
  return since === undefined ? events : events.filter((event) => event.day >= since);
}
