/** JSON in the store that is none any more: it was valid when it was written, and a disk or another program has changed it since. */
export class DamagedJsonError extends Error {
  readonly table: 'event' | 'projection';

  constructor(table: 'event' | 'projection', cause?: unknown) {
    super(table === 'event' ? 'an event is no JSON any more' : 'progress is no JSON any more', { cause });
    this.table = table;
  }
}

/** @throws DamagedJsonError */
export function parseEventData(json: string): unknown {
  return parse('event', json);
}

/** The type is that of the projection's kind. @throws DamagedJsonError */
export function parseState<S>(json: string): S {
  return parse('projection', json) as S;
}

function parse(table: DamagedJsonError['table'], json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new DamagedJsonError(table, cause);
  }
}
