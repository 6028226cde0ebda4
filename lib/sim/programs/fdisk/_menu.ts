// The commands of fdisk, by kind of table and by mode, in the order of its help (disk-utils/fdisk-menu.c).

type Where = "dos" | "gpt" | "nested";

interface Item {
  readonly key: string;
  readonly title: string;
  /** in the main menu, in the experts' menu, or in both */
  readonly mode: "main" | "expert" | "both";
  readonly not?: Where;
  readonly only?: Where;
  /** taken, but not shown */
  readonly hidden?: true;
}

interface Group {
  readonly title: string;
  readonly mode: "main" | "expert" | "both";
  readonly only?: Where;
  readonly not?: Where;
  readonly items: readonly Item[];
  /** its items without a title of their own */
  readonly more?: readonly Item[];
}

const main = (key: string, title: string, more: Partial<Item> = {}): Item => ({ key, title, mode: "main", ...more });
const expert = (key: string, title: string, more: Partial<Item> = {}): Item => ({ key, title, mode: "expert", ...more });
const both = (key: string, title: string, more: Partial<Item> = {}): Item => ({ key, title, mode: "both", ...more });

const GROUPS: readonly Group[] = [
  {
    title: "GPT", mode: "both", only: "gpt",
    items: [expert("i", "change disk GUID"), expert("n", "change partition name"), expert("u", "change partition UUID"), expert("l", "change table length"), both("M", "enter protective/hybrid MBR")],
    more: [expert("A", "toggle the legacy BIOS bootable flag"), expert("B", "toggle the no block IO protocol flag"), expert("R", "toggle the required partition flag"), expert("S", "toggle the GUID specific bits")],
  },
  {
    title: "DOS (MBR)", mode: "both", only: "dos",
    items: [
      main("a", "toggle a bootable flag"), main("b", "edit nested BSD disklabel"), main("c", "toggle the dos compatibility flag"),
      expert("b", "move beginning of data in a partition"), expert("F", "fix partitions C/H/S values"), expert("i", "change the disk identifier"), both("M", "return from protective/hybrid MBR to GPT", { only: "nested", hidden: true }),
    ],
  },
  { title: "Geometry (for the current label)", mode: "expert", not: "gpt", items: [expert("c", "change number of cylinders"), expert("h", "change number of heads"), expert("s", "change number of sectors/track")] },
  {
    title: "Generic", mode: "both",
    items: [
      main("d", "delete a partition"), main("F", "list free unpartitioned space"), main("l", "list known partition types"), main("n", "add a new partition"), both("p", "print the partition table"), main("t", "change a partition type"), both("v", "verify the partition table"), main("i", "print information about a partition"),
      expert("d", "print the raw data of the first sector from the device"), expert("D", "print the raw data of the disklabel from the device"), expert("f", "fix partitions order"),
    ],
  },
  { title: "Misc", mode: "main", items: [] },
  { title: "", mode: "both", items: [both("m", "print this menu"), main("u", "change display/entry units", { not: "gpt" }), main("x", "extra functionality (experts only)")] },
  { title: "Script", mode: "main", items: [main("I", "load disk layout from sfdisk script file"), main("O", "dump disk layout to sfdisk script file")] },
  { title: "Save & Exit", mode: "both", items: [main("w", "write table to disk and exit"), both("q", "quit without saving changes"), expert("r", "return to main menu"), main("r", "return from protective/hybrid MBR to GPT", { only: "nested" })] },
  {
    title: "Create a new label", mode: "main", not: "nested",
    items: [main("g", "create a new empty GPT partition table"), main("G", "create a new empty SGI (IRIX) partition table"), main("o", "create a new empty MBR (DOS) partition table"), main("s", "create a new empty Sun partition table"), expert("g", "create an IRIX (SGI) partition table", { hidden: true })],
  },
];

export interface MenuState {
  readonly kind: "dos" | "gpt" | undefined;
  readonly nested: boolean;
  readonly expert: boolean;
}

const holds = (state: MenuState, where: Where): boolean => (where === "nested" ? state.nested : state.kind === where);
const inMode = (mode: Item["mode"], state: MenuState): boolean => mode === "both" || mode === (state.expert ? "expert" : "main");

function groupsOf(state: MenuState): readonly Group[] {
  return GROUPS.filter((group) => (group.only === undefined || holds(state, group.only)) && (group.not === undefined || !holds(state, group.not)));
}

const shown = (state: MenuState, items: readonly Item[] = []): readonly Item[] => items.filter((item) => inMode(item.mode, state) && (item.only === undefined || holds(state, item.only)) && (item.not === undefined || !holds(state, item.not)));

export function hasCommand(state: MenuState, key: string): boolean {
  return groupsOf(state).some((group) => [...shown(state, group.items), ...shown(state, group.more)].some((item) => item.key === key));
}

/** `title` draws the heading of a group. */
export function menuText(state: MenuState, word: (text: string) => string, title: (text: string) => string): string {
  let out = state.expert ? `\n${word("Help (expert commands):")}\n` : `\n${word("Help:")}\n`;
  const lines = (items: readonly Item[]): string => items.filter((item) => !item.hidden).map((item) => `   ${item.key}   ${word(item.title)}\n`).join("");
  for (const group of groupsOf(state)) {
    if (group.title !== "" && inMode(group.mode, state)) out += title(`\n  ${word(group.title)}\n`);
    out += lines(shown(state, group.items));
    const more = shown(state, group.more);
    if (more.length > 0) out += `\n${lines(more)}`;
  }
  return `${out}\n`;
}
