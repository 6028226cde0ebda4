// The five passes of e2fsck over the damage that is noted (e2fsck(8), e2fsck/problem.c for the order and the texts).

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/gnu.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { type Damage, SOUND, type Problem, type Repair } from "./_damage.ts";
import type { Layout } from "./_layout.ts";
import type { Superblock } from "./_superblock.ts";

export type Answers = "yes" | "no" | "preen" | "ask";

/** -p met what it may not decide. */
export class Unexpected extends Error {}

export class Repairer {
  readonly #sys: Sys;
  readonly #io: Io;
  readonly #name: string;
  #answers: Answers;
  changed = false;
  /** an error was mended, not only something written */
  mended = false;
  left = false;
  readonly repairs: Repair[] = [];

  constructor(sys: Sys, io: Io, name: string, answers: Answers) {
    this.#sys = sys;
    this.#io = io;
    this.#name = name;
    this.#answers = answers;
  }

  /** `text` ends where the question stands; `silent`: -p says nothing of it. */
  *fix(text: string, prompt: string, preen: boolean, silent = false): Blocking<boolean> {
    const word = prompt === "Clear" ? "CLEARED" : prompt === "Connect to /lost+found" ? "RECONNECTED" : "FIXED";
    if (this.#answers === "preen") {
      if (silent) {
        this.changed = true;
        this.mended = true;
        return true;
      }
      this.#io.say(`${this.#name}: ${text.trimEnd()}${text.endsWith("\n") ? "\n" : "  "}`);
      if (!preen) {
        this.#io.say(`\n\n${this.#name}: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.\n\t(i.e., without -a or -p options)\n`);
        throw new Unexpected();
      }
      this.#io.say(`${word}.\n`);
      this.changed = true;
      this.mended = true;
      return true;
    }
    this.#io.say(text);
    if (this.#answers !== "ask") this.#io.say(`${prompt}? ${this.#answers}\n\n`);
    const yes = this.#answers === "ask" ? yield* this.#ask(prompt) : this.#answers === "yes";
    if (yes) {
      this.changed = true;
      this.mended = true;
    } else this.left = true;
    return yes;
  }

  *#ask(prompt: string): Blocking<boolean> {
    this.#io.say(`${prompt}<y>? `);
    yield* this.#io.out.flush();
    const terminal = new RawTerminal(this.#sys, 0, 1, 500_000);
    terminal.chunkBytes = 1;
    let key: string | undefined;
    yield* terminal.enter(["isig"]);
    try {
      const event = yield* terminal.next();
      if (event?.kind === "key" && event.key !== "\u0003") key = event.key;
    } finally {
      yield* terminal.leave();
    }
    if (key === undefined) {
      this.#io.say("cancelled!\n");
      throw new SysError("EINTR");
    }
    if (key === "a" || key === "A") this.#answers = "yes";
    const yes = !/[nN]/.test(key);
    this.#io.say(key === "a" || key === "A" ? "yes to all\n" : yes ? "yes\n" : "no\n");
    return yes;
  }

  *problems(list: readonly Problem[], pass: number): Blocking<readonly Problem[]> {
    const kept: Problem[] = [];
    for (const one of list.filter((each) => each.pass === pass)) {
      if (yield* this.fix(one.text, one.prompt, one.preen)) {
        if (one.repair !== undefined) this.repairs.push(one.repair);
      } else kept.push(one);
    }
    return kept;
  }

  /** Of pass 5: what stays wrong. The counts of the super block are mended here. */
  *counts(damage: Damage, superblock: Superblock, layout: Layout): Blocking<Damage> {
    const left = { ...SOUND };
    const range = ([first, count]: readonly [number, number]): string => (count === 1 ? String(first) : `(${first}--${first + count - 1})`);
    const blocks = [...damage.missingBlocks.map((one) => ({ at: one[0], text: `+${range(one)}` })), ...damage.surplusBlocks.map((one) => ({ at: one[0], text: `-${range(one)}` }))].sort((a, b) => a.at - b.at);
    if (blocks.length > 0 && !(yield* this.fix(`Block bitmap differences: ${blocks.map((one) => ` ${one.text}`).join("")}\n`, "Fix", true, true))) Object.assign(left, { missingBlocks: damage.missingBlocks, surplusBlocks: damage.surplusBlocks });
    const totals = (rows: readonly (readonly [number, number])[]): Map<number, number> => {
      const sums = new Map<number, number>();
      for (const [group, more] of rows) sums.set(group, (sums.get(group) ?? 0) + more);
      return sums;
    };
    const all = (rows: readonly (readonly [number, number])[]): number => rows.reduce((sum, [, more]) => sum + more, 0);
    let kept = false;
    for (const [group, more] of totals(damage.freeBlocks)) {
      if (group < 0 || more === 0) continue;
      if (!(yield* this.fix(`Free blocks count wrong for group #${group} (${layout.freeBlocks(group)}, counted=${layout.freeBlocks(group) + more}).\n`, "Fix", true, true))) kept = true;
    }
    const moreBlocks = all(damage.freeBlocks);
    if (moreBlocks !== 0) {
      if (yield* this.fix(`Free blocks count wrong (${superblock.freeBlocks}, counted=${superblock.freeBlocks + moreBlocks}).\n`, "Fix", true, true)) superblock.freeBlocks += moreBlocks;
      else kept = true;
    }
    if (kept) Object.assign(left, { freeBlocks: damage.freeBlocks });
    const inodes = [...damage.missingInodes.map((at) => ({ at, text: `+${at}` })), ...damage.surplusInodes.map((at) => ({ at, text: `-${at}` }))].sort((a, b) => a.at - b.at);
    if (inodes.length > 0 && !(yield* this.fix(`Inode bitmap differences: ${inodes.map((one) => ` ${one.text}`).join("")}\n`, "Fix", true, true))) Object.assign(left, { missingInodes: damage.missingInodes, surplusInodes: damage.surplusInodes });
    kept = false;
    for (const [group, more] of totals(damage.freeInodes)) {
      if (group < 0 || more === 0) continue;
      const free = layout.freeInodes(group);
      const count = free === undefined ? 0 : free.last - free.first + 1;
      if (!(yield* this.fix(`Free inodes count wrong for group #${group} (${count}, counted=${count + more}).\n`, "Fix", true, true))) kept = true;
    }
    for (const [group, more] of totals(damage.directories)) {
      if (!(yield* this.fix(`Directories count wrong for group #${group} (${more < 0 ? 2 - more : 2}, counted=${more < 0 ? 2 : 2 + more}).\n`, "Fix", true, true))) Object.assign(left, { directories: damage.directories });
    }
    const moreInodes = all(damage.freeInodes);
    if (moreInodes !== 0) {
      if (yield* this.fix(`Free inodes count wrong (${superblock.freeInodes}, counted=${superblock.freeInodes + moreInodes}).\n`, "Fix", true, true)) superblock.set32(0x10, superblock.freeInodes + moreInodes);
      else kept = true;
    }
    if (kept) Object.assign(left, { freeInodes: damage.freeInodes });
    return left;
  }
}
