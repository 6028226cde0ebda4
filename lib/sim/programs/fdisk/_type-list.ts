// The types of partitions that a kind of table has, as fdisk's l and t show them.
import type { Blocking } from "../../kernel/sys.ts";
import { DOS_TYPES, GPT_TYPES } from "../kit/partition-types.ts";
import type { Io } from "../kit/util-linux.ts";
import { padEnd, textWidth } from "../kit/width.ts";
import { aliasesOf, type Kind } from "./_part-types.ts";

const NAME_WIDTH = 15;

function fitted(name: string): string {
  let shown = name;
  while (textWidth(shown) > NAME_WIDTH) shown = shown.slice(0, -1);
  return padEnd(shown, NAME_WIDTH);
}

export function* typeList(io: Io, kind: Kind): Blocking<void> {
  if (kind === "dos") {
    const cells = [...DOS_TYPES].map(([code, name]) => `${code.padStart(2, "0")} ${fitted(io.word(name))}`);
    // four columns, the first ones a line longer where it does not come out even
    const ends: number[] = [];
    for (let left = 4, done = 0; left > 0; left--) ends.push((done += Math.ceil((cells.length - done) / left)));
    const rows = ends[0] ?? 0;
    for (let row = 0; row < rows; row++) {
      const line = ends.map((end, column) => {
        const at = (ends[column - 1] ?? 0) + row;
        return at < end ? cells[at] : undefined;
      });
      io.out.put(`\n${line.filter((cell) => cell !== undefined).join("  ")}`);
    }
    io.out.put("\n");
  } else for (const [index, [guid, name]] of GPT_TYPES.entries()) io.out.put(`${String(index + 1).padStart(3)} ${name.padEnd(30)} ${guid}\n`);
  io.say("\nAliases:\n");
  for (const [alias, type] of aliasesOf(kind)) io.out.put(`   ${alias.padEnd(14)} - ${type}\n`);
  yield* [];
}
