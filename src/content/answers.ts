/** Reading an answers file (YAML, and so JSON too) together with the place of each value in it. */
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** Line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface AnswersText {
  /** Plain data; undefined when the text is not YAML. */
  readonly data: unknown;
  /** What is wrong with the text as YAML. */
  readonly problems: readonly { readonly position: Position; readonly message: string }[];
  /** Where the value at `path` begins; the nearest enclosing one when there is none. `key`: where its key begins. */
  readonly locate: (path: readonly (string | number)[], part?: 'key' | 'value') => Position;
}

const start: Position = { line: 1, column: 1 };

/** Parses the text of an answers file. Never throws: what is wrong comes back as problems. */
export function readAnswers(text: string): AnswersText {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
    const problems = document.errors.map((error) => ({ position: at(error.pos[0]), message: firstLine(error.message) }));
    // Aliases can make a small file unfold into a huge one, and answers have no use for them.
    visit(document, {
      Alias: (_, alias) => {
        problems.push({ position: at(alias.range?.[0] ?? 0), message: 'aliases (*name) are not read here; write the value out' });
      },
    });
    const locate: AnswersText['locate'] = (path, part = 'value') => {
      const node = findNode(document.contents, path, part);
      return node?.range ? at(node.range[0]) : start;
    };
    return { data: problems.length === 0 ? document.toJS() : undefined, problems, locate };
  } catch (error) {
    // The parser recurses: text nested thousands of levels deep exhausts the stack.
    if (!(error instanceof RangeError)) throw error;
    return { data: undefined, problems: [{ position: start, message: 'nested too deeply to be read' }], locate: () => start };
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function findNode(root: Node | null, path: readonly (string | number)[], part: 'key' | 'value'): Node | null {
  let node = root;
  for (const [index, step] of path.entries()) {
    const wantsKey = part === 'key' && index === path.length - 1;
    const next = childOf(node, step, wantsKey);
    if (!next) return node;
    node = next;
  }
  return node;
}

function childOf(node: Node | null, step: string | number, wantsKey: boolean): Node | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return isNode(item) ? item : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && !isAlias(key) && String(key.value) === String(step));
  if (!pair) return undefined;
  const { key, value } = pair;
  if (!wantsKey && isNode(value)) return value;
  return isNode(key) ? key : undefined;
}
