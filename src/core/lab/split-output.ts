/** Characters of a section that are kept at its beginning, and as many at its end. */
const kept = 16 * 1024;

/** Longest id of a check in a mark. */
const maxId = 200;

export interface SplitOutput {
  /** Text of a section; a long one says in its middle how much was left out. */
  section(id: string): string;
  /** Characters left out, all sections together. */
  left(): number;
  /** Has a later section begun? Then this one is complete. */
  isClosed(id: string): boolean;
  /** Takes the next piece of the stream, however it was cut. */
  write(text: string): void;
  end(): void;
}

/**
 * Cuts what a graded process prints into sections, one a check, at marks `\x1e<nonce>:<id>\x1e`. A section begins at its
 * mark and lasts until the next. Memory stays bounded however much is printed.
 * @param first id of what comes before the first mark
 */
export function splitOutput(nonce: string, first: string): SplitOutput {
  const start = `\x1e${nonce}:`;
  const longest = start.length + maxId + 1;
  const sections = new Map<string, Section>();
  let current = first;
  const closed = new Set<string>();
  let held = '';

  const put = (text: string) => {
    if (text === '') return;
    const section = sections.get(current) ?? new Section();
    sections.set(current, section);
    section.add(text);
  };
  const open = (id: string) => {
    if (id !== current) closed.add(current);
    closed.delete(id);
    current = id;
  };

  const write = (text: string) => {
    let rest = held + text;
    held = '';
    for (;;) {
      const at = rest.indexOf('\x1e');
      if (at < 0) {
        put(rest);
        return;
      }
      put(rest.slice(0, at));
      rest = rest.slice(at);
      const end = rest.indexOf('\x1e', 1);
      const isOurs = rest.startsWith(start) || start.startsWith(rest);
      if (!isOurs || (end < 0 && rest.length > longest) || end > longest) {
        put('\x1e');
        rest = rest.slice(1);
      } else if (end < 0) {
        held = rest;
        return;
      } else {
        open(rest.slice(start.length, end));
        rest = rest.slice(end + 1);
      }
    }
  };

  return {
    write,
    end: () => {
      put(held);
      held = '';
      closed.add(current);
    },
    section: (id) => sections.get(id)?.text() ?? '',
    left: () => [...sections.values()].reduce((sum, section) => sum + section.left(), 0),
    isClosed: (id) => closed.has(id),
  };
}

/** The beginning and the end of a text. */
class Section {
  private head = '';
  private tail = '';
  private length = 0;

  add(text: string): void {
    const room = kept - this.head.length;
    this.head += text.slice(0, room);
    this.length += text.length;
    // Cutting on every piece would copy the tail each time.
    this.tail += text.slice(room);
    if (this.tail.length > 4 * kept) this.tail = this.tail.slice(-kept);
  }

  left(): number {
    return Math.max(0, this.length - 2 * kept);
  }

  text(): string {
    const left = this.left();
    if (left === 0) return this.head + this.tail;
    return `${this.head}\n… ${left} characters left out …\n${this.tail.slice(-kept)}`;
  }
}
