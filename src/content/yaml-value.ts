import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { quoted } from '../core/curriculum/finding.js';
import { findControlCharacters, findControlEscape } from './control-characters.js';
import { limits } from './limits.js';
import type { YamlProblem } from './yaml-problem.js';

/** Where a value stands in the text, where its key does, and the same for the values in it. */
export interface Place {
  readonly offset: number;
  readonly key?: number;
  readonly inside?: ReadonlyMap<string | number, Place>;
}

export interface YamlValue {
  readonly value: unknown;
  readonly place: Place;
  readonly problems: readonly YamlProblem[];
}

/** What a document says, as plain data, with the place of every value. Aliases are followed only so far. */
export function readValue(document: Document, text: string): YamlValue {
  const reader = new ValueReader(text);
  const { value, place } = reader.read(document.contents, { key: undefined, fallback: 0, depth: 0 });
  return { value, place, problems: reader.problems };
}

interface Spot {
  readonly key: number | undefined;
  /** Where an absent value is said to be. */
  readonly fallback: number;
  readonly depth: number;
}

interface Read {
  readonly value: unknown;
  readonly place: Place;
}

class ValueReader {
  readonly problems: YamlProblem[] = [];
  readonly #text: string;
  readonly #anchors = new Map<string, Node>();
  #aliases = 0;
  #aliasedValues = 0;
  #isInAlias = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(node: unknown, spot: Spot): Read {
    if (isAlias(node)) return this.#readAlias(node.source, node.range?.[0] ?? spot.fallback, spot);
    const offset = isScalar(node) || isMap(node) || isSeq(node) ? (node.range?.[0] ?? spot.fallback) : spot.fallback;
    if (this.#isInAlias && ++this.#aliasedValues > limits.aliasedValues) return absent(offset, spot);
    if (spot.depth > limits.depth) {
      this.#report({ rule: 'yaml-nesting', offset, message: 'collections are nested too deeply here' });
      return absent(offset, spot);
    }
    const read = isMap(node)
      ? this.#readMap(node, offset, spot)
      : isSeq(node)
        ? this.#readList(node.items, offset, spot)
        : { value: isScalar(node) ? this.#readScalar(node) : null, place: placeAt(offset, spot) };
    // Only now: an alias inside its own anchor leads nowhere.
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) this.#anchors.set(node.anchor, node);
    return read;
  }

  #readMap(map: YAMLMap, offset: number, spot: Spot): Read {
    const value: Record<string, unknown> = Object.create(null);
    const inside = new Map<string, Place>();
    for (const pair of map.items) {
      if (!isPair(pair) || !isScalar(pair.key) || typeof pair.key.value !== 'string') continue;
      const key = pair.key.value;
      const at = pair.key.range?.[0] ?? offset;
      this.#checkControl(pair.key);
      if (inside.has(key)) {
        this.#report({ rule: 'duplicate-key', offset: at, message: `the key ${quoted(key)} is here twice` });
        continue;
      }
      const read = this.read(pair.value, { key: at, fallback: at, depth: spot.depth + 1 });
      value[key] = read.value;
      inside.set(key, read.place);
    }
    return { value, place: placeAt(offset, spot, inside) };
  }

  #readList(items: readonly unknown[], offset: number, spot: Spot): Read {
    const inside = new Map<number, Place>();
    const value = items.map((item, index) => {
      const read = this.read(item, { key: undefined, fallback: offset, depth: spot.depth + 1 });
      inside.set(index, read.place);
      return read.value;
    });
    return { value, place: placeAt(offset, spot, inside) };
  }

  #readScalar(node: Scalar): unknown {
    this.#checkControl(node);
    return node.value;
  }

  #readAlias(name: string, offset: number, spot: Spot): Read {
    const target = this.#anchors.get(name);
    if (this.#isInAlias) return target && !this.#isTooMuch() ? this.read(target, spot) : absent(offset, spot);
    this.#aliases++;
    if (!target) {
      this.#report({ rule: 'yaml-alias', offset, message: `no anchor &${name.slice(0, 60)} comes before this alias` });
      return absent(offset, spot);
    }
    // One finding for all that follow the first alias too many.
    if (this.#isTooMuch()) return absent(offset, spot);
    this.#isInAlias = true;
    const read = this.read(target, spot);
    this.#isInAlias = false;
    if (this.#isTooMuch()) {
      this.#report({
        rule: 'yaml-alias',
        offset,
        message: 'too many aliases, or too much behind them',
        hint: 'Write the values out.',
      });
    }
    return read;
  }

  #isTooMuch(): boolean {
    return this.#aliases > limits.aliases || this.#aliasedValues > limits.aliasedValues;
  }

  /** Raw control characters were found in the text; those written as escapes only show in the value. */
  #checkControl(node: Scalar): void {
    if (node.type !== 'QUOTE_DOUBLE' || typeof node.value !== 'string' || !node.range) return;
    if (findControlCharacters(node.value, 1).length === 0) return;
    const found = findControlEscape(this.#text.slice(node.range[0], node.range[1]));
    if (!found) return;
    const message = `the escape for the control character ${found.name}`;
    this.#report({ rule: 'control-character', offset: node.range[0] + found.offset, message });
  }

  #report(problem: YamlProblem): void {
    if (this.problems.length < limits.findings) this.problems.push(problem);
  }
}

function placeAt(offset: number, spot: Spot, inside?: ReadonlyMap<string | number, Place>): Place {
  return {
    offset,
    ...(spot.key === undefined ? {} : { key: spot.key }),
    ...(inside === undefined ? {} : { inside }),
  };
}

function absent(offset: number, spot: Spot): Read {
  return { value: null, place: placeAt(offset, spot) };
}
