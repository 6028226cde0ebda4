// How a cell looks: the attributes and colours that SGR sets (ECMA-48 8.3.117, xterm's ctlseqs). Styles are interned, so two cells
// look the same exactly when their styles are the same object.

type StyleFlag = "bold" | "dim" | "italic" | "underline" | "blink" | "reverse" | "hidden" | "strike";

/** The SGR parameters that select a colour: "31", "38;5;208", "48;2;1;2;3"; empty for the default. */
type Colour = string;

export interface CellStyle {
  readonly flags: ReadonlySet<StyleFlag>;
  readonly foreground: Colour;
  readonly background: Colour;
  /** The SGR sequence that gives this style from any other. */
  readonly sgr: string;
}

const FLAG_CODES: readonly (readonly [StyleFlag, number])[] = [
  ["bold", 1], ["dim", 2], ["italic", 3], ["underline", 4], ["blink", 5], ["reverse", 7], ["hidden", 8], ["strike", 9],
];
const SET = new Map(FLAG_CODES.map(([flag, code]) => [code, flag]));
const CLEARED: ReadonlyMap<number, readonly StyleFlag[]> = new Map([
  [21, ["bold"]], [22, ["bold", "dim"]], [23, ["italic"]], [24, ["underline"]], [25, ["blink"]], [27, ["reverse"]], [28, ["hidden"]], [29, ["strike"]],
]);
const MAX_INTERNED = 4096;

const interned = new Map<string, CellStyle>();

function style(flags: ReadonlySet<StyleFlag>, foreground: Colour, background: Colour): CellStyle {
  const codes = ["0"];
  for (const [flag, code] of FLAG_CODES) if (flags.has(flag)) codes.push(String(code));
  if (foreground !== "") codes.push(foreground);
  if (background !== "") codes.push(background);
  const sgr = `\x1b[${codes.join(";")}m`;
  const known = interned.get(sgr);
  if (known) return known;
  // 24-bit colours could make millions of styles: beyond the bound a style is only itself.
  const created: CellStyle = { flags: new Set(flags), foreground, background, sgr };
  if (interned.size < MAX_INTERNED) interned.set(sgr, created);
  return created;
}

export const PLAIN: CellStyle = style(new Set(), "", "");

/** What an erased cell looks like: the background colour stays (xterm's "bce"). */
export function erased(from: CellStyle): CellStyle {
  return from.background === "" ? PLAIN : style(new Set(), "", from.background);
}

const applied = new WeakMap<CellStyle, WeakMap<readonly number[], CellStyle>>();

export function applySgr(from: CellStyle, parameters: readonly number[]): CellStyle {
  let known = applied.get(from);
  if (known === undefined) applied.set(from, (known = new WeakMap()));
  let result = known.get(parameters);
  if (result === undefined) known.set(parameters, (result = changedBySgr(from, parameters)));
  return result;
}

function changedBySgr(from: CellStyle, parameters: readonly number[]): CellStyle {
  const flags = new Set(from.flags);
  let { foreground, background } = from;
  if (parameters.length === 0) return PLAIN;
  for (let i = 0; i < parameters.length; i += 1) {
    const code = Math.max(parameters[i] ?? 0, 0);
    const flag = SET.get(code);
    const cleared = CLEARED.get(code);
    if (flag) flags.add(flag);
    else if (cleared) for (const name of cleared) flags.delete(name);
    else if (code === 0) {
      flags.clear();
      foreground = "";
      background = "";
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) foreground = String(code);
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) background = String(code);
    else if (code === 39) foreground = "";
    else if (code === 49) background = "";
    else if (code === 38 || code === 48) {
      const count = parameters[i + 1] === 5 ? 1 : parameters[i + 1] === 2 ? 3 : 0;
      const colour = [code, ...parameters.slice(i + 1, i + 2 + count).map((value) => Math.max(value, 0))].join(";");
      if (count > 0 && parameters.length > i + 1 + count) {
        if (code === 38) foreground = colour;
        else background = colour;
      }
      i += 1 + count;
    }
  }
  return style(flags, foreground, background);
}
