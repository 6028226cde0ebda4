// Which key does what: the tables of key bindings, at first as tmux 3.3 has them (tmux list-keys), each with a few words for C-b ?.

export interface Binding {
  readonly command: string;
  readonly note: string;
  /** may be repeated without the prefix for a while */
  readonly repeats: boolean;
}

type Start = readonly [key: string, command: string, note: string];

const FIRST: readonly Start[] = [
  ["C-b", "send-prefix", "Give the prefix key to the program"], ["C-o", "rotate-window", "Move the panes round"], ["C-z", "suspend-client", "Stop this client"], ["Space", "next-layout", "Next layout"], ["!", "break-pane", "Make a window of the pane"], ['"', "split-window", "Split: one above the other"], ["#", "list-buffers", "List what was copied"],
  ["$", 'command-prompt -I "#S" { rename-session "%%" }', "Rename the session"], ["%", "split-window -h", "Split: side by side"], ["&", 'confirm-before -p "kill-window #W? (y/n)" kill-window', "Kill the window"], ["'", 'command-prompt -T window-target -p index { select-window -t ":%%" }', "Ask for a window's number"],
  ["(", "switch-client -p", "Former session"], [")", "switch-client -n", "Next session"], [",", 'command-prompt -I "#W" { rename-window "%%" }', "Rename the window"], ["-", "delete-buffer", "Delete what was copied last"], [".", 'command-prompt -T target { move-window -t "%%" }', "Move the window"], ["/", 'command-prompt -k -p key { list-keys -1N "%%" }', "What does a key do"],
  ...Array.from({ length: 10 }, (_, digit): Start => [String(digit), `select-window -t :=${digit}`, `Go to window ${digit}`]),
  [":", "command-prompt", "Ask for a command"], [";", "last-pane", "The pane before"], ["=", "choose-buffer -Z", "Choose what to paste"], ["?", "list-keys -N", "This list of keys"], ["D", "choose-client -Z", "Choose a client"], ["E", "select-layout -E", "Spread the panes evenly"], ["L", "switch-client -l", "The session before"],
  ["[", "copy-mode", "Copy mode"], ["]", "paste-buffer -p", "Paste what was copied last"], ["c", "new-window", "New window"], ["d", "detach-client", "Detach"], ["f", 'command-prompt { find-window -Z "%%" }', "Search the windows"], ["i", "display-message", "About the window"], ["l", "last-window", "The window before"], ["n", "next-window", "Next window"], ["o", "select-pane -t :.+", "Next pane"],
  ["p", "previous-window", "Former window"], ["q", "display-panes", "Numbers of the panes"], ["r", "refresh-client", "Draw everything again"], ["s", "choose-tree -Zs", "Choose a session"], ["t", "clock-mode", "A clock"], ["w", "choose-tree -Zw", "Choose a window"], ["x", 'confirm-before -p "kill-pane #P? (y/n)" kill-pane', "Kill the pane"], ["z", "resize-pane -Z", "Zoom the pane"],
  ["{", "swap-pane -U", "Swap with the pane above"], ["}", "swap-pane -D", "Swap with the pane below"], ["~", "show-messages", "Messages so far"], ["PPage", "copy-mode -u", "Copy mode, a page up"],
  ["M-1", "select-layout even-horizontal", "Layout even-horizontal"], ["M-2", "select-layout even-vertical", "Layout even-vertical"], ["M-3", "select-layout main-horizontal", "Layout main-horizontal"], ["M-4", "select-layout main-vertical", "Layout main-vertical"], ["M-5", "select-layout tiled", "Layout tiled"], ["M-o", "rotate-window -D", "Move the panes round backwards"],
];
const REPEATING: readonly Start[] = [
  ["Up", "select-pane -U", "The pane above"], ["Down", "select-pane -D", "The pane below"], ["Left", "select-pane -L", "The pane on the left"], ["Right", "select-pane -R", "The pane on the right"],
  ...["Up", "Down", "Left", "Right"].map((side): Start => [`M-${side}`, `resize-pane -${side.charAt(0)} 5`, `Five cells ${side.toLowerCase()}`]), ...["Up", "Down", "Left", "Right"].map((side): Start => [`C-${side}`, `resize-pane -${side.charAt(0)}`, `A cell ${side.toLowerCase()}`]),
];

export type BindingTable = Map<string, Binding>;

export function startBindings(): Map<string, BindingTable> {
  const prefix: BindingTable = new Map();
  for (const [key, command, note] of FIRST) prefix.set(key, { command, note, repeats: false });
  for (const [key, command, note] of REPEATING) prefix.set(key, { command, note, repeats: true });
  return new Map([["prefix", prefix], ["root", new Map()], ["copy-mode", new Map()], ["copy-mode-vi", new Map()]]);
}

/** A key as list-keys writes it. */
function quotedKey(key: string): string {
  return /^["#$%';{}~\\]$/.test(key) ? `\\${key}` : key;
}

/** The lines of list-keys: every table, or one of them. */
export function listBindings(tables: ReadonlyMap<string, BindingTable>, only: string | undefined, key: string | undefined): readonly string[] {
  const rows = [...tables].filter(([name]) => only === undefined || name === only).flatMap(([table, bindings]) => [...bindings].filter(([one]) => key === undefined || one === key).map(([one, binding]) => ({ table, key: quotedKey(one), binding })));
  const repeats = rows.some(({ binding }) => binding.repeats);
  const tableWidth = Math.max(0, ...rows.map(({ table }) => table.length)), keyWidth = Math.max(0, ...rows.map((row) => row.key.length));
  return rows.map(({ table, key: one, binding }) => `bind-key ${repeats ? (binding.repeats ? "-r " : "   ") : ""}-T ${table.padEnd(tableWidth)} ${one.padEnd(keyWidth)} ${binding.command}`);
}

/** The lines of C-b ?. */
export function listNotes(tables: ReadonlyMap<string, BindingTable>, prefix: string, key: string | undefined): readonly string[] {
  const rows = [["prefix", `${prefix} `], ["root", ""]].flatMap(([table = "", before = ""]) => [...(tables.get(table) ?? [])].filter(([one, { note }]) => note !== "" && (key === undefined || one === key)).map(([one, { note }]) => [`${before}${one}`, note] as const));
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, note]) => `${name.padEnd(width)} ${note}`);
}
