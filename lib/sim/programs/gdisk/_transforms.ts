// What gdisk makes of a GPT for programs that know none: a hybrid MBR, an MBR; and what it takes over of a BSD label (gpttext.cc, bsd.cc of GPT fdisk 1.0.9).
import type { Blocking } from "../../kernel/sys.ts";
import { newGuid, SECTOR_BYTES } from "../kit/disk-label.ts";
import type { Dialogue } from "./_dialogue.ts";
import type { GptData } from "./_gpt-data.ts";
import { GPT_TYPE, Mbr, type MbrPart } from "./_mbr.ts";
import { MBR_MENU } from "./_menus.ts";
import { codeOf, nameOf, typeOf } from "./_types.ts";

export const mbrTypeOf = (type: string): number => Number.parseInt(codeOf(type).slice(0, 2), 16);

const LARGEST = 0xffff_ffff;
const MOST_PARTS = 128;

function entryFor(gpt: GptData, number: number): MbrPart | undefined {
  const one = gpt.find(number);
  return one === undefined || one.start > LARGEST || one.sectors > LARGEST ? undefined : { type: mbrTypeOf(one.type), active: false, start: one.start, sectors: one.sectors, use: "primary" };
}

/** sgdisk -h: the partitions behind the entry that protects the GPT; with "EE" among the words it comes last. False: told what is wrong. */
export function* hybridOf(gpt: GptData, words: readonly string[]): Blocking<boolean> {
  const last = words.at(-1)?.toUpperCase() === "EE";
  const numbers = (last ? words.slice(0, -1) : words).map((word) => Number.parseInt(word, 10));
  if (numbers.length > 3 || numbers.length === 0) return false;
  const entries: MbrPart[] = [];
  for (const number of numbers) {
    const entry = entryFor(gpt, number);
    if (entry === undefined) {
      yield* gpt.io.stderr(`Original partition ${number || 0} does not exist or is too big! Aborting operation!\n`);
      return false;
    }
    entries.push(entry);
  }
  const ours: MbrPart = { type: GPT_TYPE, active: false, start: 1, sectors: 1, use: "primary" };
  gpt.mbr.parts = last ? [...entries, ours] : [ours, ...entries];
  gpt.mbr.optimize();
  // the part before the first partition, not behind the last one
  ours.sectors = Math.min(...entries.map(({ start }) => start).filter((start) => start > 1), gpt.total) - 1;
  gpt.mbr.classify();
  return true;
}

/** "h" of the menu of recovery. */
export function* makeHybrid(dialogue: Dialogue, gpt: GptData): Blocking<void> {
  const { out } = dialogue.io;
  out.put("\nWARNING! Hybrid MBRs are flaky and dangerous! If you decide not to use one,\njust hit the Enter key at the below prompt and your MBR partition table will\nbe untouched.\n\n\u0007");
  const numbers = [...(yield* dialogue.ask("Type from one to three GPT partition numbers, separated by spaces, to be\nadded to the hybrid MBR, in sequence: ")).matchAll(/\d+/g)].slice(0, 3).map(([digits]) => Number(digits));
  const first = numbers.length > 0 && (yield* dialogue.confirm("Place EFI GPT (0xEE) partition first in MBR (good for GRUB)? "));
  const made: MbrPart[] = [];
  for (const number of numbers) {
    const entry = entryFor(gpt, number);
    if (entry === undefined) {
      yield* dialogue.io.stderr(`\nGPT partition #${number} does not exist or is too big; skipping.\n`);
      continue;
    }
    out.put(`\nCreating entry for GPT partition #${number} (MBR partition #${made.length + (first ? 2 : 1)})\n`);
    entry.type = yield* dialogue.mbrType(entry.type);
    entry.active = yield* dialogue.confirm("Set the bootable flag? ");
    made.push(entry);
  }
  if (made.length === 0) {
    out.put("\nNo partitions converted; original protective/hybrid MBR is unmodified!\n");
    return;
  }
  const mbr = new Mbr(gpt.total);
  const ours: MbrPart = { type: GPT_TYPE, active: false, start: 1, sectors: Math.min(...made.map(({ start }) => start)) - 1, use: "primary" };
  mbr.parts = first ? [ours, ...made] : [...made, ours];
  if (made.length < 3 && (yield* dialogue.confirm("\nUnused partition space(s) found. Use one to protect more partitions? "))) {
    out.put("Note: Default is 0xEE, but this may confuse Mac OS X.\n");
    mbr.addBiggest(3, yield* dialogue.mbrType(GPT_TYPE));
  }
  gpt.mbr.parts = mbr.parts;
  gpt.mbr.classify();
}

/** "g": true where an MBR was written in the GPT's place. */
export function* makeMbr(dialogue: Dialogue, gpt: GptData): Blocking<boolean> {
  const { out } = dialogue.io;
  const mbr = Mbr.ofPartitions(gpt.total, gpt.byNumber.flatMap(({ number }) => entryFor(gpt, number) ?? []));
  const chosen = function* (prompt: string): Blocking<MbrPart | undefined> {
    return mbr.parts[(yield* dialogue.number(1, MOST_PARTS, 1, prompt)) - 1];
  };
  const change = function* (prompt: string, use: MbrPart["use"]): Blocking<void> {
    const one = yield* chosen(prompt);
    if (one !== undefined && !mbr.change(one, use)) out.put("Specified change is not legal! Aborting change!\n");
  };
  let accepted = false;
  let noted = false;
  for (let on = true; on; ) {
    switch ((yield* dialogue.ask("\nMBR command (? for help): ")).charAt(0).toLowerCase()) {
      case "": break;
      case "a": {
        const one = yield* chosen("Toggle active flag for partition: ");
        if (one !== undefined) one.active = !one.active;
        break;
      }
      case "c": break;
      case "l": yield* change("Partition to set as logical: ", "logical"); break;
      case "o": yield* change("Partition to omit: ", "omitted"); break;
      case "p":
        if (!noted) out.put("\n** NOTE: Partition numbers do NOT indicate final primary/logical status,\n** unlike in most MBR partitioning tools!\n\u0007\n** Extended partitions are not displayed, but will be generated as required.\n");
        noted = true;
        out.put(mbr.choices());
        break;
      case "q":
        if (yield* dialogue.confirm("This will abandon your changes. Are you sure? ")) on = false;
        break;
      case "r": yield* change("Partition to set as primary: ", "primary"); break;
      case "s": mbr.parts = mbr.parts.toSorted((a, b) => (a?.start ?? 0) - (b?.start ?? 0)); break;
      case "t": {
        const one = yield* chosen("Partition to change type code: ");
        if (one === undefined) break;
        const code = Number.parseInt(yield* dialogue.ask("Enter an MBR hex code: "), 16);
        if (code > 0 && code <= 255) one.type = code;
        break;
      }
      case "w":
        accepted = true;
        on = false;
        break;
      default: out.put(MBR_MENU.map(([letter, what]) => `${letter}\t${dialogue.io.word(what)}\n`).join(""));
    }
  }
  if (accepted && mbr.converted > 0 && (yield* dialogue.confirm(`\nConverted ${mbr.converted} partitions. Finalize and exit? `))) {
    mbr.settle();
    yield* gpt.destroy(false);
    gpt.mbr.parts = mbr.parts;
    yield* gpt.writeMbr();
    return true;
  }
  gpt.mbr.makeProtective();
  out.put("Note: New protective MBR created\n\n");
  return false;
}

const BSD_MAGIC = 0x8256_4557;
const BSD_TYPES: ReadonlyMap<number, string> = new Map([[1, "A502"], [7, "A503"], [27, "A504"], [14, "A505"], [0x10, "A506"]]);

/** "t", sgdisk -T: the partitions of a BSD label become the GPT's; their carrier goes. */
export function* takeBsdLabel(gpt: GptData, number: number): Blocking<void> {
  const { out } = gpt.io;
  const carrier = gpt.find(number);
  const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bytes = carrier === undefined ? undefined : view(yield* gpt.disk.read(carrier.start, 4));
  const at = bytes === undefined ? -1 : [SECTOR_BYTES, 64, 0].find((place) => bytes.getUint32(place, true) === BSD_MAGIC && bytes.getUint32(place + 132, true) === BSD_MAGIC) ?? -1;
  if (carrier === undefined || bytes === undefined || at === -1) {
    out.put("Unable to convert partitions! Unrecognized BSD disklabel.\n");
    return;
  }
  let made = 0;
  for (let index = 0; index < Math.min(16, bytes.getUint16(at + 138, true)); index++) {
    const entry = at + 148 + index * 16;
    const sectors = bytes.getUint32(entry, true);
    const start = bytes.getUint32(entry + 4, true);
    const kind = bytes.getUint8(entry + 12);
    if (sectors === 0 || kind === 0 || index === 2) continue;
    const taken = new Set(gpt.partitions.map((one) => one.number));
    let free = 1;
    while (taken.has(free)) free++;
    const type = typeOf(BSD_TYPES.get(kind) ?? "A503") ?? "";
    // older labels count from the carrier's first sector
    gpt.add({ number: free, start: start < carrier.start ? start + carrier.start : start, sectors, type, bootable: false, uuid: newGuid(gpt.sys), name: nameOf(type) });
    made++;
  }
  out.put(made === 1 ? "Converted 1 BSD partition.\n" : `Converted ${made} BSD partitions.\n`);
  if (made > 0) gpt.partitions.splice(gpt.partitions.indexOf(carrier), 1);
}

