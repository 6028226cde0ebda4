// The dialogue of pinentry-curses: a box with a text, a field that does not show what is typed, and buttons.
import { type Blocking, O, type Sys, SysError } from "../../kernel/sys.ts";
import { translated } from "../kit/messages/translate.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";

interface PinentryDialog {
  readonly lines: readonly string[];
  /** "Passphrase:"; without it the box only asks which button */
  readonly field?: string;
  readonly ok: string;
  readonly cancel: string;
  readonly error?: string;
}

/** What was typed ("" for a box without a field), "cancel", or "no-terminal". */
type PinentryAnswer = { readonly kind: "text"; readonly text: string } | { readonly kind: "cancel" } | { readonly kind: "no-terminal" };

const FIELD_COLUMNS = 42;

function draw(dialog: PinentryDialog, columns: number, rows: number, typed: number, focus: number): string {
  const error = dialog.error === undefined ? [] : ["", dialog.error];
  const fieldLine = dialog.field === undefined ? undefined : `${dialog.field} ${"*".repeat(Math.min(typed, FIELD_COLUMNS))}${"_".repeat(Math.max(0, FIELD_COLUMNS - typed))}`;
  const inner = Math.max(...[...dialog.lines, ...error, fieldLine ?? "", `  <${dialog.ok}>    <${dialog.cancel}>  `].map((line) => line.length)) + 2;
  const button = (text: string, on: boolean): string => (on ? `\u001b[7m<${text}>\u001b[0m` : `<${text}>`);
  const width = inner - dialog.ok.length - dialog.cancel.length - 4;
  const left = Math.floor(width / 4);
  const buttons = `${" ".repeat(left)}${button(dialog.ok, focus === 1)}${" ".repeat(width - 2 * left)}${button(dialog.cancel, focus === 2)}${" ".repeat(left)}`;
  const row = (text: string): string => `│ ${text.padEnd(inner - 1)}│`;
  const box = [
    `┌${"─".repeat(inner)}┐`, ...dialog.lines.map(row), ...error.map(row), row(""), ...(fieldLine === undefined ? [] : [row(fieldLine), row("")]),
    `│${buttons}│`, `└${"─".repeat(inner)}┘`,
  ];
  const top = Math.max(0, Math.floor((rows - box.length) / 2));
  const margin = Math.max(0, Math.floor((columns - inner - 2) / 2));
  let text = "\u001b[H\u001b[2J";
  for (const [i, line] of box.entries()) text += `\u001b[${top + i + 1};${margin + 1}H${line}`;
  if (dialog.field !== undefined && focus === 0) text += `\u001b[${top + dialog.lines.length + error.length + 3};${margin + 3 + dialog.field.length + 1 + Math.min(typed, FIELD_COLUMNS)}H`;
  return text;
}

function inLanguage(sys: Sys, { lines, field, ok, cancel, error }: PinentryDialog): PinentryDialog {
  const said = (english: string): string => translated(sys, "gpg", english);
  return { lines: said(lines.join("\n")).split("\n"), ...(field !== undefined && { field: said(field) }), ok: said(ok), cancel: said(cancel), ...(error !== undefined && { error: said(error) }) };
}

export function* askPinentry(sys: Sys, english: PinentryDialog, tty = "/dev/tty"): Blocking<PinentryAnswer> {
  const dialog = inLanguage(sys, english);
  let fd: number;
  try {
    fd = yield* sys.open(tty, O.RDWR | O.CLOEXEC);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return { kind: "no-terminal" };
  }
  const terminal = new RawTerminal(sys, fd, fd, 100_000);
  yield* terminal.enter(["isig", "icrnl"]);
  yield* terminal.write("\u001b[?1049h");
  let typed = "";
  let focus = dialog.field === undefined ? 1 : 0;
  const first = focus;
  try {
    for (;;) {
      yield* terminal.write(draw(dialog, terminal.size.cols, terminal.size.rows, typed.length, focus));
      const event = yield* terminal.next();
      if (event === undefined || event.kind === "end" || event.kind === "signal") return { kind: "cancel" };
      if (event.kind !== "key") continue;
      const { key } = event;
      if (key === "\u0003" || key === "\u001b") return { kind: "cancel" };
      if (key === "\r" || key === "\n") return focus === 2 ? { kind: "cancel" } : { kind: "text", text: typed };
      if (key === "\t" || key === "\u001b[B" || key === "\u001b[C" || key === "\u001bOB" || key === "\u001bOC") focus = focus === 2 ? first : focus + 1;
      else if (key === "\u001b[A" || key === "\u001b[D" || key === "\u001b[Z" || key === "\u001bOA" || key === "\u001bOD") focus = focus === first ? 2 : focus - 1;
      else if (key === " " && focus > 0) return focus === 2 ? { kind: "cancel" } : { kind: "text", text: typed };
      else if (focus > 0 || dialog.field === undefined) continue;
      else if (key === "\u007f" || key === "\b") typed = [...typed].slice(0, -1).join("");
      else if (key === "\u0015") typed = "";
      else if (!key.startsWith("\u001b") && key >= " ") typed += key;
    }
  } finally {
    yield* terminal.write("\u001b[?1049l");
    yield* terminal.leave();
    sys.close(fd);
  }
}
