// What GPT fdisk finds wrong with a table (Verify of gpt.cc, 1.0.9).
import type { LabelPartition } from "../kit/disk-label.ts";
import type { GptData } from "./_gpt-data.ts";
import { ENTRY_BYTES } from "./_gpt-header.ts";
import { GPT_TYPE } from "./_mbr.ts";
import { sizeText } from "./_types.ts";

export function overlaps(gpt: GptData): number {
  const list = gpt.byNumber;
  let problems = 0;
  for (const [index, one] of list.entries()) {
    for (const other of list.slice(0, index)) {
      if (one.start >= other.start + other.sectors || other.start >= one.start + one.sectors) continue;
      problems++;
      const line = ({ number, start, sectors }: LabelPartition): string => `  Partition ${number}: ${start} to ${start + sectors - 1}\n`;
      gpt.io.out.put(`\nProblem: partitions ${one.number} and ${other.number} overlap:\n${line(one)}${line(other)}`);
    }
  }
  return problems;
}

export function insane(gpt: GptData): number {
  let problems = 0;
  for (const { number, start, sectors } of gpt.byNumber) {
    if (sectors < 1) {
      problems++;
      gpt.io.out.put(`\nProblem: partition ${number} ends before it begins.\n`);
    }
    if (start + sectors - 1 >= gpt.total) {
      problems++;
      gpt.io.out.put(`\nProblem: partition ${number} is too big for the disk.\n`);
    }
  }
  return problems;
}

export function mismatches(gpt: GptData): number {
  let problems = 0;
  for (const [index, one] of gpt.mbr.parts.slice(0, 4).entries()) {
    if (one === undefined || one.type === GPT_TYPE || gpt.partitions.some(({ start, sectors }) => start === one.start && sectors === one.sectors)) continue;
    problems++;
    gpt.io.out.put(`\nWarning! Mismatched GPT and MBR partition! MBR partition ${index + 1}, of type 0x${one.type.toString(16).toUpperCase().padStart(2, "0")},\nhas no corresponding GPT partition! You may continue, but this condition\nmight cause data loss in the future!\u0007\n`);
  }
  return problems;
}

/** "v": every mistake, and what is free. */
export function verify(gpt: GptData): void {
  const { main, second, total } = gpt;
  const { out } = gpt.io;
  let problems = 0;
  const problem = (wrong: boolean, text: string): void => {
    if (!wrong) return;
    problems++;
    out.put(`\n${text}`);
  };
  const menu = "on the recovery & transformation menu";
  problem(!gpt.mainOk, `Problem: The CRC for the main GPT header is invalid. The main GPT header may\nbe corrupt. Consider loading the backup GPT header to rebuild the main GPT\nheader ('b' ${menu}). This report may be a false\nalarm if you've already corrected other problems.\n`);
  problem(!gpt.mainTableOk, "Problem: The CRC for the main partition table is invalid. This table may be\ncorrupt. Consider loading the backup partition table ('c' on the recovery &\ntransformation menu). This report may be a false alarm if you've already\ncorrected other problems.\n");
  problem(!gpt.secondOk, `Problem: The CRC for the backup GPT header is invalid. The backup GPT header\nmay be corrupt. Consider using the main GPT header to rebuild the backup GPT\nheader ('d' ${menu}). This report may be a false\nalarm if you've already corrected other problems.\n`);
  problem(!gpt.secondTableOk, "Caution: The CRC for the backup partition table is invalid. This table may\nbe corrupt. This program will automatically create a new backup partition\ntable when you save your partitions.\n");
  problem(main.current !== 1, "Problem: The main header's self-pointer doesn't point to itself. This problem\nis being automatically corrected, but it may be a symptom of more serious\nproblems. Think carefully before saving changes with 'w' or using this disk.\n");
  main.current = 1;
  problem(second.current !== total - 1, "Problem: The secondary header's self-pointer indicates that it doesn't reside\nat the end of the disk. If you've added a disk to a RAID array, use the 'e'\noption on the experts' menu to adjust the secondary header's and partition\ntable's locations.\n");
  const differs = (what: string, mine: number | string, its: string, other: number | string, end: string, bracket = " ("): void => problem(mine !== other, `Problem: ${what} (${mine}) doesn't\nmatch the backup GPT header's ${its}${bracket}${other})${end}`);
  const may = "The 'e' option on the experts' menu may fix this problem.\n";
  const select = `You should use the 'b' or 'd' option ${menu} to\nselect one or the other header.\n`;
  differs("main GPT header's current LBA pointer", main.current, "alternate LBA pointer", second.backup, ".\n", "(");
  differs("main GPT header's backup LBA pointer", main.backup, "current LBA pointer", second.current, `.\n${may}`);
  differs("main GPT header's first usable LBA pointer", main.first, "first usable LBA pointer", second.first, "\n");
  differs("main GPT header's last usable LBA pointer", main.last, "last usable LBA pointer", second.last, "\nThe 'e' option on the experts' menu can probably fix this problem.\n");
  differs("main header's disk GUID", main.id, "disk GUID", second.id, `\n${select}`);
  differs("main GPT header's number of partitions", main.count, "number of partitions", second.count, "\nResizing the partition table ('s' on the experts' menu) may help.\n");
  differs("main GPT header's size of partition entries", main.entryBytes, "size of partition entries", second.entryBytes, `\n${select}`);
  problem(main.backup >= total, `Problem: Disk is too small to hold all the data!\n(Disk size is ${total} sectors, needs to be ${main.backup + 1} sectors.)\n${may}`);
  problem(main.last >= total || main.last > main.backup, `Problem: GPT claims the disk is larger than it is! (Claimed last usable\nsector is ${main.last}, but backup header is at\n${main.backup} and disk size is ${total} sectors.\nThe 'e' option on the experts' menu will probably fix this problem\n`);
  const ends = main.entriesAt + gpt.tableSectors - 1;
  problem(ends >= main.first, "Problem: Main partition table extends past the first usable LBA.\nUsing 'j' on the experts' menu may enable fixing this problem.\n");
  problem(main.entriesAt < 2, "Problem: Main partition table appears impossibly early on the disk.\nUsing 'j' on the experts' menu may enable fixing this problem.\n");
  problem(second.entriesAt + gpt.tableSectors - 1 >= second.current, "Problem: The backup partition table overlaps the backup header.\nUsing 'e' on the experts' menu may fix this problem.\n");
  if (main.entriesAt !== 2) out.put(`\nWarning: There is a gap between the main metadata (sector 1) and the main\npartition table (sector ${main.entriesAt}). This is helpful in some exotic configurations,\nbut is generally ill-advised. Using 'j' on the experts' menu can adjust this\ngap.\n`);
  if (main.first !== ends + 1) out.put(`\nWarning: There is a gap between the main partition table (ending sector ${ends})\nand the first usable sector (${main.first}). This is helpful in some exotic configurations,\nbut is unusual. The util-linux fdisk program often creates disks like gpt.\nUsing 'j' on the experts' menu can adjust this gap.\n`);
  if (gpt.count * ENTRY_BYTES < 16_384) out.put(`\nWarning: The size of the partition table (${gpt.count * ENTRY_BYTES} bytes) is less than the minimum\nrequired by the GPT specification. Most OSes and tools seem to work fine on\nsuch disks, but this is a violation of the GPT specification and so may cause\nproblems.\n`);
  problems += overlaps(gpt) + insane(gpt) + mismatches(gpt);
  const ours = gpt.mbr.primaries.filter(({ type }) => type === GPT_TYPE);
  if (ours.length > 1) out.put("\nCaution: More than one 0xEE MBR partition found. This can cause problems\nin some OSes.\n");
  if (ours.length > 0 && !ours.some(({ start }) => start === 1)) out.put("\nWarning: 0xEE partition doesn't start on sector 1. This can cause problems\nin some OSes.\n");
  if (ours.some(({ active }) => active)) out.put("\nWarning: The 0xEE protective partition in the MBR is marked as active. This is\ntechnically a violation of the GPT specification, and can cause some EFIs to\nignore the disk, but it is required to boot from a GPT disk on some BIOS-based\ncomputers. You can clear this flag by creating a fresh protective MBR using\nthe 'n' option on the experts' menu.\n");
  problem(gpt.mbr.primaries.some((one) => one.start + one.sectors > total && total < 0xffff_ffff), "Partition(s) in the protective MBR are too big for the disk! Creating a\nfresh protective or hybrid MBR is recommended.\n");
  problems += gpt.sizeProblems();
  const grain = gpt.placing.alignment;
  let begins = 0;
  for (const { number, start, sectors } of gpt.byNumber) {
    if (start % grain !== 0) {
      begins++;
      out.put(`\nCaution: Partition ${number} doesn't begin on a ${grain}-sector boundary. This may\nresult in degraded performance on some modern (2009 and later) hard disks.\n`);
    }
    if ((start + sectors) % grain !== 0) out.put(`\nCaution: Partition ${number} doesn't end on a ${grain}-sector boundary. This may\nresult in problems with some disk encryption tools.\n`);
  }
  if (begins > 0) out.put("\nConsult http://www.ibm.com/developerworks/linux/library/l-4kb-sector-disks/\nfor information on disk alignment.\n");
  const free = gpt.placing.gaps().map((gap) => gap.last - gap.first + 1);
  const sum = free.reduce((all, sectors) => all + sectors, 0);
  const largest = Math.max(0, ...free);
  out.put(problems > 0 ? `\nIdentified ${problems} problems!\n` : `\nNo problems found. ${sum} free sectors (${sizeText(sum)}) available in ${free.length}\nsegments, the largest of which is ${largest} (${sizeText(largest)}) in size.\n`);
}
