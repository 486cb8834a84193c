/**
 * Shrinks a report for its page. Results repeat a great deal (sources, memory items, parts of the same board), so
 * strings, object shapes and repeated values are written once. What is written where:
 *   number, boolean, null   as it is, numbers with five significant digits
 *   "k"                     string number k (base 36) of `strings`
 *   [0, ...items]           array
 *   [s, ...values]          object with the keys of shape s - 1
 *   [-n]                    value n - 1 of `shared`
 */
export type Packed = number | boolean | null | string | Packed[];

export interface Pack {
  strings: string[];
  shapes: string[][];
  shared: Packed[];
  root: Packed;
}

type Leaf = number | boolean | null | string;

/** An array or object; equal values are the same node. */
interface Node {
  id: number;
  head: number;
  parts: (Leaf | Node)[];
  /** How many different nodes hold this one. */
  holders: number;
}

/** Numbers every different text in the order of its first appearance. */
function numbering() {
  const numbers = new Map<string, number>();
  return {
    of(text: string): number {
      if (!numbers.has(text)) numbers.set(text, numbers.size);
      return numbers.get(text)!;
    },
    texts: (): string[] => [...numbers.keys()],
  };
}

const isNode = (part: Leaf | Node): part is Node => typeof part === 'object' && part !== null;

export function pack(value: unknown): Pack {
  const strings = numbering();
  const shapes = numbering();
  const nodes = new Map<string, Node>();

  const intern = (item: unknown): Leaf | Node => {
    if (typeof item === 'number') return Number.isInteger(item) ? item : Number(item.toPrecision(5));
    if (typeof item === 'string') return strings.of(item).toString(36);
    if (typeof item === 'boolean') return item;
    if (typeof item !== 'object' || item === null) return null;
    const members = Object.entries(item).filter(([, member]) => member !== undefined);
    const head = Array.isArray(item) ? 0 : 1 + shapes.of(JSON.stringify(members.map(([key]) => key)));
    const parts = members.map(([, member]) => intern(member));
    const key = `${head}:${JSON.stringify(parts.map((part) => (isNode(part) ? [part.id] : part)))}`;
    const known = nodes.get(key);
    if (known) return known;
    const node = { id: nodes.size, head, parts, holders: 0 };
    for (const part of parts) if (isNode(part)) part.holders += 1;
    nodes.set(key, node);
    return node;
  };

  const shared: Packed[] = [];
  const references = new Map<Node, Packed>();
  const write = (part: Leaf | Node): Packed => {
    if (!isNode(part)) return part;
    const known = references.get(part);
    if (known !== undefined) return known;
    const packed: Packed = [part.head, ...part.parts.map(write)];
    if (part.holders < 2) return packed;
    shared.push(packed);
    const reference: Packed = [-shared.length];
    references.set(part, reference);
    return reference;
  };

  const root = write(intern(value));
  return {
    strings: strings.texts(),
    shapes: shapes.texts().map((text) => JSON.parse(text) as string[]),
    shared,
    root,
  };
}

/** The value again; parts that were equal are the same object, so nothing may change them. */
export function unpack({ strings, shapes, shared, root }: Pack): unknown {
  const values: unknown[] = [];
  const read = (packed: Packed): unknown => {
    if (typeof packed === 'string') return strings[parseInt(packed, 36)];
    if (!Array.isArray(packed)) return packed;
    const [head, ...parts] = packed as [number, ...Packed[]];
    if (head < 0) return values[-head - 1];
    const members = parts.map(read);
    if (head === 0) return members;
    return Object.fromEntries(shapes[head - 1]!.map((key, index) => [key, members[index]]));
  };
  for (const packed of shared) values.push(read(packed));
  return read(root);
}
