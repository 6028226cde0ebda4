// The commands of parted as its help lists them.

export interface PartedCommand {
  readonly name: string;
  /** as the list shows it, with its words */
  readonly usage: string;
  readonly what: string;
}

export const COMMANDS: readonly PartedCommand[] = [
  { name: "align-check", usage: "align-check TYPE N", what: "see whether partition N begins where TYPE (min, opt) wants it" },
  { name: "help", usage: "help [COMMAND]", what: "this list, or one line of it" },
  { name: "mklabel", usage: "mklabel,mktable LABEL-TYPE", what: "make an empty partition table (gpt, msdos)" },
  { name: "mktable", usage: "", what: "" },
  { name: "mkpart", usage: "mkpart PART-TYPE [FS-TYPE] START END", what: "make a partition, without a file system in it" },
  { name: "name", usage: "name NUMBER NAME", what: "give partition NUMBER a name" },
  { name: "print", usage: "print [devices|free|list,all]", what: "show the table, all devices, what is free too, all tables" },
  { name: "quit", usage: "quit", what: "leave" },
  { name: "rescue", usage: "rescue START END", what: "look for a lost partition between the two" },
  { name: "resizepart", usage: "resizepart NUMBER END", what: "move the end of partition NUMBER" },
  { name: "rm", usage: "rm NUMBER", what: "remove partition NUMBER" },
  { name: "select", usage: "select DEVICE", what: "go on with another device" },
  { name: "disk_set", usage: "disk_set FLAG STATE", what: "turn a flag of the device on or off" },
  { name: "disk_toggle", usage: "disk_toggle [FLAG]", what: "turn a flag of the device the other way" },
  { name: "set", usage: "set NUMBER FLAG STATE", what: "turn a flag of partition NUMBER on or off" },
  { name: "toggle", usage: "toggle [NUMBER [FLAG]]", what: "turn a flag of partition NUMBER the other way" },
  { name: "unit", usage: "unit UNIT", what: "count in UNIT from now on" },
  { name: "version", usage: "version", what: "which parted this is" },
];

/** `word`: in the language of the caller. */
export const helpOf = ({ usage, what }: PartedCommand, word: (text: string) => string): string => `  ${usage.padEnd(41)}${word(what)}\n`;

export const helpList = (word: (text: string) => string): string => COMMANDS.filter((one) => one.usage !== "").map((one) => helpOf(one, word)).join("");
