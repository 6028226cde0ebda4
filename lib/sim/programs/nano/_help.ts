// The help texts, in our own words; what stands where is nano's.
import { textWidth } from "../kit/width.ts";

export type HelpName = "main" | "write" | "search" | "gotoLine" | "insert" | "execute" | "browser";

/** Keys, another way to give them, what they do. An empty array: an empty line. */
type HelpKey = readonly [keys: string, other: string, text: string] | readonly [];

interface HelpText {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly keys: readonly HelpKey[];
}

const THIS_HELP: HelpKey = ["^G", "(F1)", "Show this help"];
const CANCEL: HelpKey = ["^C", "", "Give this up"];
const HOW_KEYS = "^X means the Ctrl key together with X. M-X means Alt together with X, or Esc and then X. Keys in brackets do the same.";

const HELPS: Readonly<Record<HelpName, HelpText>> = {
  main: {
    title: "Main nano help text",
    paragraphs: [
      "The nano editor is made to be simple and handy. At the top is the title bar: the version, the name of the file and whether it was changed. Below it is the text. The third line from the bottom shows messages and questions, and the two rows below it the most useful keys.",
      HOW_KEYS,
    ],
    keys: [
      THIS_HELP, ["^X", "(F2)", "Leave the buffer, or nano"], ["^O", "(F3)", "Write the buffer to a file"], ["^R", "(Ins)", "Insert another file here"], ["^S", "", "Write the file without a question"], [],
      ["^W", "(F6)", "Search forward for text or a regular expression"], ["^Q", "", "Search backward"], ["M-W", "", "Search on forward"], ["M-Q", "", "Search on backward"], ["^\\", "(M-R)", "Replace text"], [],
      ["^K", "(F9)", "Cut the line (or the marked region) and keep it"], ["M-6", "(M-^)", "Copy the line (or the marked region)"], ["^U", "(F10)", "Paste what was kept"], ["M-T", "", "Cut from here to the end of the file"], ["M-A", "(^6)", "Set or lift the mark"],
      ["M-U", "", "Undo the last change"], ["M-E", "", "Make the undone change again"], [],
      ["^T", "", "Run a command"], ["^J", "(F4)", "Fill the paragraph"], ["^C", "(F11)", "Show the position of the cursor"], ["^/", "(M-G)", "Go to a line and column"], ["M-D", "", "Count lines, words and characters"], [],
      ["^B ^F", "", "One character to the left, to the right"], ["^P ^N", "", "One line up, one line down"], ["^A ^E", "", "Beginning and end of the line"], ["^Y ^V", "", "One screen up, one screen down"], ["M-\\ M-/", "", "First and last line"],
      ["M-]", "", "The bracket that belongs to this one"], ["M-, M-.", "", "Previous and next buffer"], [],
      ["M-} M-{", "", "Indent, unindent the marked lines"], ["M-3", "", "Comment or uncomment the marked lines"], ["M-: M-;", "", "Record a macro, run it"], [],
      ["M-X", "", "Key list at the bottom on and off"], ["M-C", "", "Position shown all the time, on and off"], ["M-S", "", "Long lines wrapped on the screen, on and off"], ["M-N", "", "Line numbers on and off"], ["M-P", "", "Blanks made visible, on and off"],
      ["M-I", "", "New lines indented as the last one, on and off"], ["M-K", "", "^K cuts from the cursor only, on and off"], ["M-L", "", "Long lines broken while typing, on and off"], ["M-O", "", "Typed tabs become spaces, on and off"],
    ],
  },
  write: {
    title: "Write File Help Text",
    paragraphs: ["Type the name of the file that the buffer is to be written to, and press Enter.", "When text is marked only the marked part is written."],
    keys: [THIS_HELP, CANCEL, ["M-D", "", "DOS line ends"], ["M-M", "", "Mac line ends"], ["M-A", "", "Append to the file"], ["M-P", "", "Put before what the file has"], ["M-B", "", "Keep a backup of the old file"], ["^T", "", "Choose the file in a list"]],
  },
  search: {
    title: "Search Command Help Text",
    paragraphs: [
      "Type what you look for, and press Enter. When there is a match the cursor goes there. What was searched for last stands in brackets: Enter alone searches for it again.",
      "When you replace, a second question asks for the new text; then each match is shown and you decide.",
    ],
    keys: [THIS_HELP, CANCEL, ["M-C", "", "Tell capital letters from small ones, on and off"], ["M-R", "", "The text is a regular expression, on and off"], ["M-B", "", "Search towards the beginning, on and off"], ["^R", "", "From searching to replacing, and back"], ["^P ^N", "", "What was searched for before and after"], ["^T", "", "Go to a line instead"]],
  },
  gotoLine: {
    title: "Go To Line Help Text",
    paragraphs: ["Type the number of the line, and press Enter. A column may follow behind a comma. Where there are fewer lines the cursor goes to the last."],
    keys: [THIS_HELP, CANCEL, ["^W", "", "Beginning of the paragraph"], ["^O", "", "End of the paragraph"], ["^Y", "", "First line"], ["^V", "", "Last line"], ["^T", "", "Search for text instead"]],
  },
  insert: {
    title: "Insert File Help Text",
    paragraphs: ["Type the name of the file that is to stand at the cursor, and press Enter. With M-F it goes to a buffer of its own."],
    keys: [THIS_HELP, CANCEL, ["M-F", "", "A buffer of its own, on and off"], ["M-N", "", "Line ends stay as they are, on and off"], ["^X", "", "The output of a command instead"], ["^T", "", "Choose the file in a list"]],
  },
  execute: {
    title: "Execute Command Help Text",
    paragraphs: ["Type a command of the shell; what it prints is put at the cursor. Behind a | the command gets the buffer (or the marked region) and its output takes that place."],
    keys: [THIS_HELP, CANCEL, ["M-F", "", "A buffer of its own, on and off"], ["M-\\", "", "Put a | before the command, or take it away"], ["^J", "", "Fill the whole buffer"], ["^V", "", "Cut from here to the end of the file"], ["^Z", "", "Back to the shell; fg comes back"]],
  },
  browser: {
    title: "File Browser Help Text",
    paragraphs: ["Go to a file with the arrows and press Enter to take it. On a directory Enter enters it; .. is the directory above."],
    keys: [THIS_HELP, ["^X", "", "Leave the list"], ["^/", "", "Type the name of a directory"], ["^L", "", "Read the directory again"], ["^W", "", "Search forward for a name"], ["^Q", "", "Search backward for a name"], ["M-W", "", "Search on forward"], ["M-Q", "", "Search on backward"]],
  },
};

/** Where nano puts the second way and the text. */
const OTHER_COLUMN = 7;
const TEXT_COLUMN = 17;

export function helpTitle(name: HelpName): string {
  return HELPS[name].title;
}

/** The lines for a screen of so many columns (wrap_help_text_into_buffer: 40 to 74 of them are used). */
export function helpLines(name: HelpName, columns: number, translated: (text: string) => string): string[] {
  const width = Math.min(74, Math.max(40, columns)) - 2;
  const { paragraphs, keys } = HELPS[name];
  const lines = paragraphs.flatMap((paragraph) => [...wrapped(translated(paragraph), width).map((line) => ` ${line}`), ""]);
  for (const [shown, other = "", text = ""] of keys) {
    if (shown === undefined) lines.push("");
    else lines.push(` ${`${shown.padEnd(OTHER_COLUMN)}${other}`.padEnd(TEXT_COLUMN)}${translated(text)}`);
  }
  return lines;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
