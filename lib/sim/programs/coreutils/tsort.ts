import { type Io, gnu, reason } from "../kit/gnu.ts";

interface Node {
  readonly name: string;
  predecessors: number;
  /** newest first, as the real program keeps them */
  readonly successors: Node[];
  printed: boolean;
  link: Node | undefined;
}

export default gnu({
  name: "tsort",
  summary: "topological sort: bring words into an order that agrees with given pairs",
  synopsis: ["[OPTION] [FILE]"],
  description: ["FILE holds pairs of words between blanks: the first of each pair is printed before the second."],
  options: {},
  operands: "files",
  *run({ operands, sys }, io: Io) {
    if (operands[1] !== undefined) io.usage(`extra operand ${io.quote(operands[1])}`);
    const name = operands[0] ?? "-";
    let whole = "";
    try {
      const input = yield* io.open(name);
      whole = yield* input.all();
    } catch (error) {
      // what cannot be read is as good as empty for this version
      if (reason(error) !== "Is a directory") io.die(`${io.quoteFile(name)}: ${reason(error)}`);
    }
    const words = whole.split(/[ \t\n]+/).filter((one) => one !== "");
    if (words.length % 2 !== 0) io.die(`${name === "-" ? "-" : io.quoteFile(name)}: input contains an odd number of tokens`);
    const nodes = new Map<string, Node>();
    const node = (word: string): Node => {
      const known = nodes.get(word);
      if (known) return known;
      const made: Node = { name: word, predecessors: 0, successors: [], printed: false, link: undefined };
      nodes.set(word, made);
      return made;
    };
    for (let i = 0; i < words.length; i += 2) {
      const before = node(words[i] ?? "");
      const after = node(words[i + 1] ?? "");
      if (before === after) continue;
      before.successors.unshift(after);
      after.predecessors++;
    }
    // The tree of the real program is walked in byte order.
    const sorted = [...nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    let left = sorted.length;
    while (left > 0) {
      const queue = sorted.filter((one) => one.predecessors === 0 && !one.printed);
      for (const one of queue) one.printed = true;
      for (let at = 0; at < queue.length; at++) {
        const one = queue[at];
        if (!one) break;
        io.out.putLatin1(one.name + "\n");
        left--;
        for (const successor of one.successors) {
          if (--successor.predecessors === 0) {
            successor.printed = true;
            queue.push(successor);
          }
        }
        one.successors.length = 0;
        if (io.out.full) yield* io.out.flush();
        if (sys.charge(1)) yield* sys.preempt();
      }
      if (left === 0) break;
      yield* io.fail(`${name === "-" ? "-" : io.quoteFile(name)}: input contains a loop:`);
      const loop = findLoop(sorted);
      for (const one of loop) yield* io.warn(one.name);
    }
  },
});

/** Follows the relations backwards until a word repeats; the relation that closes the loop is dropped. */
function findLoop(sorted: readonly Node[]): Node[] {
  let loop: Node | undefined;
  for (;;) {
    for (const node of sorted) {
      if (node.predecessors === 0) continue;
      if (loop === undefined) {
        loop = node;
        continue;
      }
      const at: number = node.successors.indexOf(loop);
      if (at < 0) continue;
      if (node.link) {
        const found: Node[] = [];
        let current: Node | undefined = loop;
        while (current) {
          const next: Node | undefined = current.link;
          found.push(current);
          if (current === node) {
            const dropped = node.successors[at];
            if (dropped) dropped.predecessors--;
            node.successors.splice(at, 1);
            break;
          }
          current.link = undefined;
          current = next;
        }
        for (const one of sorted) one.link = undefined;
        return found;
      }
      node.link = loop;
      loop = node;
      break;
    }
  }
}
