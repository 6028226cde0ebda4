// htop's setup screen (F2): categories at the left, lists to change beside them.
import type { CellScreen } from "../kit/cell-screen.ts";
import { COLUMNS, columnNamed } from "./_columns.ts";
import { drawKeyBar, ListPanel } from "./_list-panel.ts";
import { LAYOUTS, METERS, type MeterPlace } from "./_meters.ts";
import { columnsOf, type Settings, SWITCHES, type Tab } from "./_settings.ts";

const CATEGORIES = ["Display options", "Header layout", "Meters", "Screens", "Colors"] as const;
const SCHEMES = ["Default", "Monochromatic", "Black on White", "Light Terminal", "MC", "Black Night", "Broken Gray"];
const NO_KEYS: readonly (readonly [string, string])[] = [...Array.from({ length: 9 }, (_, at) => [`F${at + 1}`, "      "] as const), ["F10", "Done  "]];

type Line =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "switch"; readonly text: string; readonly get: () => boolean; readonly set: (on: boolean) => void }
  | { readonly kind: "number"; readonly text: string; readonly get: () => string; readonly add: (by: number) => void };

function lineText(line: Line): string {
  if (line.kind === "text") return line.text;
  return line.kind === "switch" ? `[${line.get() ? "x" : " "}]    ${line.text}` : `[${line.get()}]`.padEnd(7) + line.text;
}

interface Side {
  readonly panel: ListPanel<Line> | ListPanel<MeterPlace> | ListPanel<Tab> | ListPanel<string>;
  readonly width: number;
  readonly keys: readonly (readonly [string, string])[];
}

export class Setup {
  readonly #settings: Settings;
  /** the tab that was in front */
  readonly #tab: Tab;
  readonly #categories = new ListPanel<string>("Categories", [...CATEGORIES], (text) => text);
  #sides: readonly Side[] = [];
  #focus = 0;
  /** a line that the arrows carry along */
  #moving = false;
  #naming = false;

  constructor(settings: Settings, tab: Tab) {
    this.#settings = settings;
    this.#tab = tab;
    this.#open();
  }

  #numberLine(text: string, name: string, most: number): Line {
    const { numbers } = this.#settings;
    return { kind: "number", text, get: () => String(numbers.get(name) ?? 0), add: (by) => numbers.set(name, Math.max(0, Math.min(most, (numbers.get(name) ?? 0) + by))) };
  }

  #options(): Line[] {
    const settings = this.#settings, tab = this.#tab;
    return [
      { kind: "text", text: `For current screen tab: ${tab.name}` },
      { kind: "switch", text: "Tree view", get: () => tab.tree, set: (on) => { tab.tree = on; } },
      { kind: "switch", text: "- Tree view is always sorted by PID (htop 2 behavior)", get: () => tab.byPid, set: (on) => { tab.byPid = on; } },
      { kind: "switch", text: "- Tree view is collapsed by default", get: () => tab.collapsed, set: (on) => { tab.collapsed = on; } },
      { kind: "text", text: "Global options:" },
      ...SWITCHES.map(([name, text]): Line => ({ kind: "switch", text, get: () => settings.on.has(name), set: (on) => { if (on) settings.on.add(name); else settings.on.delete(name); } })),
      { kind: "number", text: "Update interval (in seconds)", get: () => (settings.delay / 10).toFixed(1), add: (by) => { settings.delay = Math.max(1, Math.min(255, settings.delay + by)); } },
      { kind: "switch", text: "Highlight new and old processes", get: () => settings.highlightChanges, set: (on) => { settings.highlightChanges = on; } },
      this.#numberLine("- Highlight time (in seconds)", "highlight_delay_secs", 86_400),
      this.#numberLine("Hide main function bar (0 - off, 1 - on ESC until next input, 2 - permanently)", "hide_function_bar", 2),
    ];
  }

  /** The lists of the category that is chosen. */
  #open(): void {
    const settings = this.#settings;
    const choice = (heading: string, labels: readonly string[], chosen: () => number, choose: (at: number) => void): Side => ({
      width: 1000, keys: NO_KEYS,
      panel: new ListPanel<Line>(heading, labels.map((text, at): Line => ({ kind: "switch", text, get: () => chosen() === at, set: () => choose(at) })), lineText),
    });
    switch (this.#categories.current) {
      case "Header layout": {
        const names = [...LAYOUTS.keys()].slice(1);
        this.#sides = [choice("Header Layout", names.map((name) => LAYOUTS.get(name)?.label ?? ""), () => names.indexOf(settings.layout), (at) => {
          settings.layout = names[at] ?? settings.layout;
          while (settings.meters.length < columnsOf(settings)) settings.meters.push([]);
        })];
        break;
      }
      case "Meters": {
        const keys = [["Space", "Style "], ["Enter", "Move  "], ["  ", "                                       "], ["Del", "Delete"], ["F10", "Done  "]] as const;
        this.#sides = [
          ...settings.meters.slice(0, columnsOf(settings)).map((meters, at): Side => ({ width: 20, keys, panel: new ListPanel<MeterPlace>(`Column ${at + 1}`, meters, ({ name, mode }) => `${METERS.get(name)?.label ?? name} [${mode === 1 ? "Bar" : "Text"}]`) })),
          { width: 1000, keys: [["Enter", "Add   "], ["  ", "                                       "], ["   ", "      "], ["F10", "Done  "]], panel: new ListPanel<string>("Available meters", [...METERS.keys()], (name) => METERS.get(name)?.label ?? name) },
        ];
        break;
      }
      case "Screens": {
        const screens = new ListPanel<Tab>("Screens", settings.tabs, (tab) => tab.name);
        this.#sides = [
          { width: 20, keys: [["F1", "      "], ["F2", "Rename"], ["F3", "      "], ["F4", "      "], ["F5", "New   "], ["F6", "      "], ["F7", "MoveUp"], ["F8", "MoveDn"], ["F9", "Remove"], ["F10", "Done  "]], panel: screens },
          { width: 20, keys: [...NO_KEYS.slice(0, 6), ["F7", "MoveUp"], ["F8", "MoveDn"], ["F9", "Remove"], ["F10", "Done  "]], panel: this.#columnsPanel() },
          { width: 1000, keys: [...NO_KEYS.slice(0, 4), ["F5", "Add   "], ...NO_KEYS.slice(5)], panel: new ListPanel<string>("Available Columns", COLUMNS.filter(({ name }) => name !== "PID" && name !== "Command").map(({ name }) => name), (name) => `${name} - ${columnNamed(name)?.meaning ?? ""}`) },
        ];
        break;
      }
      case "Colors":
        this.#sides = [choice("Colors", SCHEMES, () => settings.numbers.get("color_scheme") ?? 0, (at) => settings.numbers.set("color_scheme", at))];
        break;
      default:
        this.#sides = [{ width: 1000, keys: NO_KEYS, panel: new ListPanel<Line>("Display options", this.#options(), lineText) }];
    }
    this.#focus = Math.min(this.#focus, this.#sides.length);
  }

  #columnsPanel(): ListPanel<string> {
    return new ListPanel<string>("Active Columns", this.#screenTab.columns, (name) => name);
  }

  get #screenTab(): Tab {
    const screens = this.#sides[0]?.panel;
    const at = this.#categories.current === "Screens" && screens ? screens.selected : 0;
    return this.#settings.tabs[at] ?? this.#tab;
  }

  draw(screen: CellScreen, row: number): void {
    const rows = screen.rows - row - 1;
    this.#categories.draw(screen, row, 0, 16, rows, this.#focus === 0);
    let left = 17;
    this.#sides.forEach((side, at) => {
      const width = Math.max(0, Math.min(side.width, screen.columns - left));
      side.panel.draw(screen, row, left, width, rows, this.#focus === at + 1);
      if (this.#moving && this.#focus === at + 1) {
        const { panel } = side;
        const y = row + 1 + panel.selected - panel.top;
        const item = panel.items[panel.selected];
        const text = typeof item === "object" && "columns" in item ? item.name : typeof item === "object" && "mode" in item ? `${METERS.get(item.name)?.label ?? item.name} [${item.mode === 1 ? "Bar" : "Text"}]` : String(item);
        screen.put(y, left, `↕ ${text}`.padEnd(width).slice(0, width), "30;43");
      }
      left += width + 1;
    });
    drawKeyBar(screen, this.#focus === 0 ? NO_KEYS : (this.#sides[this.#focus - 1]?.keys ?? NO_KEYS));
  }

  /** True: the setup is done. */
  key(key: string, page: number): boolean {
    const side = this.#sides[this.#focus - 1];
    const panel = side?.panel;
    if (this.#naming && side) return this.#nameKey(key);
    switch (key) {
      case "\u001b[21~": case "q": case "\u0003": return true;
      case "\u001b":
        if (!this.#moving) return true;
        this.#moving = false;
        return false;
      case "\u001b[C": case "\u001bOC": if (!this.#moving && this.#focus < this.#sides.length) this.#focus++; return false;
      case "\u001b[D": case "\u001bOD": if (!this.#moving && this.#focus > 0) this.#focus--; return false;
      default:
    }
    if (!panel) {
      const before = this.#categories.selected;
      this.#categories.key(key, page);
      if (this.#categories.selected !== before) this.#open();
      return false;
    }
    const up = key === "\u001b[A" || key === "\u001bOA", down = key === "\u001b[B" || key === "\u001bOB";
    const item = panel.items[panel.selected];
    if (this.#moving && (up || down)) panel.move(up ? -1 : 1);
    else if (typeof item === "object" && "kind" in item) this.#lineKey(item, key, page, panel);
    else this.#listKey(key, page, panel);
    if (this.#categories.current === "Screens" && this.#focus === 1) this.#showColumns();
    return false;
  }

  #showColumns(): void {
    const [screens, columns, available] = this.#sides;
    if (screens && columns && available) this.#sides = [screens, { ...columns, panel: this.#columnsPanel() }, available];
  }

  #lineKey(line: Line, key: string, page: number, panel: Side["panel"]): void {
    const enter = key === "\r" || key === "\n" || key === " ";
    if (enter && line.kind === "switch") line.set(!line.get());
    else if (line.kind === "number" && (enter || key === "+" || key === "-")) line.add(key === "-" ? -1 : 1);
    else panel.key(key, page);
  }

  #listKey(key: string, page: number, panel: Side["panel"]): void {
    const last = this.#focus === this.#sides.length;
    const meters = this.#categories.current === "Meters";
    const at = panel.selected;
    const enter = key === "\r" || key === "\n";
    if (key === "\u001b[15~" || (enter && last)) this.#add(last, meters, panel);
    else if (enter) this.#moving = !this.#moving;
    else if (key === "\u001b[18~" || key === "[") panel.move(-1);
    else if (key === "\u001b[19~" || key === "]") panel.move(1);
    else if ((key === "\u001b[20~" || key === "\u001b[3~") && !last && panel.items.length > (meters ? 0 : 1)) panel.items.splice(at, 1);
    else if ((key === " " || key === "\u001bOS") && meters && !last) {
      const column = this.#settings.meters[this.#focus - 1];
      const meter = column?.[at];
      if (column && meter && METERS.get(meter.name)?.bar) column[at] = { name: meter.name, mode: meter.mode === 1 ? 2 : 1 };
    } else if (key === "\u001bOQ" && !meters && this.#focus === 1) this.#naming = true;
    else panel.key(key, page);
  }

  #add(last: boolean, meters: boolean, panel: Side["panel"]): void {
    const name = panel.items[panel.selected];
    if (meters && last && typeof name === "string") this.#settings.meters[0]?.push({ name, mode: METERS.get(name)?.mode ?? 2 });
    else if (!meters && last && typeof name === "string") this.#screenTab.columns.splice(-1, 0, name);
    else if (!meters && this.#focus === 1) {
      this.#settings.tabs.push({ name: "New", columns: ["PID", "Command"], sort: "PID", down: false, tree: false, collapsed: false, byPid: false });
      panel.selected = panel.items.length - 1;
    }
  }

  #nameKey(key: string): boolean {
    const at = this.#sides[0]?.panel.selected ?? 0;
    const tab = this.#settings.tabs[at];
    if (key === "\r" || key === "\n" || key === "\u001b" || !tab) this.#naming = false;
    else if (key === "\u007f" || key === "\b") tab.name = tab.name.slice(0, -1);
    else if (key >= " " && !key.startsWith("\u001b")) tab.name += key;
    return false;
  }
}
