// The colours and switches of dialog 1.3, as dialog --create-rc writes them and a .dialogrc changes them.

export interface Attribute {
  /** 0 to 7, or -1: the terminal's own */
  readonly foreground: number;
  readonly background: number;
  readonly bold: boolean;
  readonly reverse?: boolean;
  readonly underline?: boolean;
}

const NAMES = ["BLACK", "RED", "GREEN", "YELLOW", "BLUE", "MAGENTA", "CYAN", "WHITE"];

const DEFAULTS = {
  screen: "6,4,1", shadow: "0,0,1", dialog: "0,7,0", title: "4,7,1", border: "7,7,1", button_active: "7,4,1", button_inactive: "0,7,0", button_key_active: "7,4,1", button_key_inactive: "1,7,0",
  button_label_active: "3,4,1", button_label_inactive: "0,7,1", inputbox: "0,7,0", inputbox_border: "0,7,0", searchbox: "0,7,0", searchbox_title: "4,7,1", searchbox_border: "7,7,1", position_indicator: "4,7,1",
  menubox: "0,7,0", menubox_border: "7,7,1", item: "0,7,0", item_selected: "7,4,1", tag: "4,7,1", tag_selected: "3,4,1", tag_key: "1,7,0", tag_key_selected: "1,4,1", check: "0,7,0", check_selected: "7,4,1",
  uarrow: "2,7,1", darrow: "2,7,1", itemhelp: "7,0,0", form_active_text: "7,4,1", form_text: "7,6,1", form_item_readonly: "6,7,1", gauge: "4,7,1", border2: "0,7,0", inputbox_border2: "0,7,0", searchbox_border2: "0,7,0", menubox_border2: "0,7,0",
} as const;

export type ColourName = keyof typeof DEFAULTS;

const ORDER: readonly (readonly [ColourName, string])[] = [
  ["screen", "The screen behind the boxes"], ["shadow", "Shadow of a box"], ["dialog", "A box and its text"], ["title", "Title of a box"], ["border", "Border of a box, left and above"], ["button_active", "The button that is chosen"], ["button_inactive", "Other buttons"], ["button_key_active", "Key letter of the chosen button"], ["button_key_inactive", "Key letter of other buttons"],
  ["button_label_active", "Label of the chosen button"], ["button_label_inactive", "Label of other buttons"], ["inputbox", "Field of an input box"], ["inputbox_border", "Border of that field"], ["searchbox", "Search box"], ["searchbox_title", "Title of the search box"], ["searchbox_border", "Border of the search box"], ["position_indicator", "Percentage that tells the place in a text"],
  ["menubox", "List of a menu"], ["menubox_border", "Border of a list"], ["item", "Text of an entry"], ["item_selected", "Text of the chosen entry"], ["tag", "Tag of an entry"], ["tag_selected", "Tag of the chosen entry"], ["tag_key", "First letter of a tag"], ["tag_key_selected", "First letter of the chosen tag"], ["check", "Check box"], ["check_selected", "Check box of the chosen entry"],
  ["uarrow", "Arrow up"], ["darrow", "Arrow down"], ["itemhelp", "Help line of an entry"], ["form_active_text", "Field of a form that is filled in"], ["form_text", "Other fields of a form"], ["form_item_readonly", "Fields of a form that cannot be changed"], ["gauge", "Bar of a gauge"], ["border2", "Border of a box, right and below"], ["inputbox_border2", "Border of an input field, right and below"], ["searchbox_border2", "Border of the search box, right and below"], ["menubox_border2", "Border of a list, right and below"],
];

function attributeOf(text: string): Attribute {
  const [foreground = "0", background = "0", bold = "0"] = text.split(",");
  return { foreground: Number(foreground), background: Number(background), bold: bold === "1" };
}

export interface Settings {
  aspect: number;
  separateWidget: string;
  tabLength: number;
  visitItems: boolean;
  useScrollbar: boolean;
  useShadow: boolean;
  useColours: boolean;
  readonly colours: Map<string, Attribute>;
}

export function defaultSettings(): Settings {
  return { aspect: 0, separateWidget: "", tabLength: 0, visitItems: false, useScrollbar: false, useShadow: true, useColours: true, colours: new Map(Object.entries(DEFAULTS).map(([name, text]) => [name, attributeOf(text)])) };
}

const nameOf = (colour: number): string => NAMES[colour] ?? "DEFAULT";
const same = (one: Attribute | undefined, other: Attribute | undefined): boolean => one?.foreground === other?.foreground && one?.background === other?.background && one?.bold === other?.bold;

/** The text of a configuration file with these settings. */
export function configurationText(settings: Settings): string {
  const onOff = (value: boolean): string => (value ? "ON" : "OFF");
  const lines = ["#", "# Settings of dialog, as --create-rc writes them", "#", "# Values are a number, a \"string\", ON or OFF, or a colour:", "#", "# Attribute  -  (foreground,background,highlight?,underline?,reverse?)", ""];
  const entry = (comment: string, text: string): void => {
    lines.push(`# ${comment}`, text, "");
  };
  entry("Width of a box that fits its text, for each line of its height", `aspect = ${settings.aspect}`);
  entry("What stands between the answers of several boxes", `separate_widget = "${settings.separateWidget}"`);
  entry("Width of a tab in a text box", `tab_len = ${settings.tabLength}`);
  entry("Tab reaches the entries of a list too", `visit_items = ${onOff(settings.visitItems)}`);
  entry("A bar at the side shows the place in a text", `use_scrollbar = ${onOff(settings.useScrollbar)}`);
  entry("Boxes have a shadow; this needs colours", `use_shadow = ${onOff(settings.useShadow)}`);
  entry("Colours", `use_colors = ${onOff(settings.useColours)}`);
  for (const [at, [name, comment]] of ORDER.entries()) {
    const colour = settings.colours.get(name);
    const before = ORDER.slice(0, at).find(([other]) => same(settings.colours.get(other), colour));
    entry(comment, `${name}_color = ${before ? `${before[0]}_color` : `(${nameOf(colour?.foreground ?? 0)},${nameOf(colour?.background ?? 0)},${onOff(colour?.bold === true)})`}`);
  }
  return `${lines.slice(0, -1).join("\n")}\n`;
}

/** Reads a configuration file into the settings. Returns the message of the first mistake. */
export function readConfiguration(path: string, text: string, settings: Settings): string | undefined {
  for (const [index, line] of text.split("\n").entries()) {
    const trimmed = line.replace(/^[ \t]+/, "");
    if (trimmed === "" || trimmed.startsWith("#") ) continue;
    if (/^bindkey\b/i.test(trimmed)) {
      if (!/^bindkey[ \t]+\S+[ \t]+\S+[ \t]+\S+$/i.test(trimmed)) return `${path}:${index + 1}: invalid bindkey`;
      continue;
    }
    const match = /^([^ \t=]+)[ \t]*=[ \t]*(.*?)[ \t]*$/.exec(trimmed);
    const [, name = "", value = ""] = match ?? [];
    if (!match || value === "") return `${path}:${index + 1}: syntax error`;
    const mistake = set(settings, name.toLowerCase(), value);
    if (mistake !== undefined) return `${path}:${index + 1}: ${mistake === "unknown" ? "unknown variable" : `expected ${mistake} value`}`;
  }
  return undefined;
}

function set(settings: Settings, name: string, value: string): "unknown" | "boolean" | "string" | "attribute" | undefined {
  const truth = /^on$/i.test(value) ? true : /^off$/i.test(value) ? false : undefined;
  switch (name) {
    case "aspect": settings.aspect = Number.parseInt(value, 10) || 0; return undefined;
    case "tab_len": settings.tabLength = Number.parseInt(value, 10) || 0; return undefined;
    case "separate_widget": {
      if (!/^(["']).*["']$/s.test(value) || value.length < 2) return "string";
      settings.separateWidget = value.slice(1, -1);
      return undefined;
    }
    case "visit_items": case "use_scrollbar": case "use_shadow": case "use_colors": {
      if (truth === undefined) return "boolean";
      if (name === "visit_items") settings.visitItems = truth;
      else if (name === "use_scrollbar") settings.useScrollbar = truth;
      else if (name === "use_shadow") settings.useShadow = truth;
      else settings.useColours = truth;
      return undefined;
    }
    default: break;
  }
  const colour = name.replace(/_color$/, "");
  if (!settings.colours.has(colour) || !name.endsWith("_color")) return "unknown";
  const other = settings.colours.get(value.toLowerCase().replace(/_color$/, ""));
  if (other && /_color$/i.test(value)) {
    settings.colours.set(colour, other);
    return undefined;
  }
  const [, foreground = "", background = "", bold = "", more = ""] = /^\(\s*(\w+)\s*,\s*(\w+)\s*,\s*(on|off)\s*((?:,\s*(?:on|off)\s*)*)\)$/i.exec(value) ?? [];
  const number = (word: string): number | undefined => (/^default$/i.test(word) ? -1 : NAMES.includes(word.toUpperCase()) ? NAMES.indexOf(word.toUpperCase()) : undefined);
  const [fg, bg] = [number(foreground), number(background)];
  if (fg === undefined || bg === undefined) return "attribute";
  const [, underline = "", reverse = ""] = more.split(",");
  settings.colours.set(colour, { foreground: fg, background: bg, bold: /on/i.test(bold), underline: /on/i.test(underline), reverse: /on/i.test(reverse) });
  return undefined;
}
