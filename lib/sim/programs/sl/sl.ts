// sl 5.02: a steam locomotive runs through the terminal. Ctrl-C does not stop it, unless -e is given.

import { SIGNALS, encode } from "../../kernel/sys.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { flag, program } from "../kit/program.ts";
import { BIG, LONG, SMALL } from "./_trains.ts";

const STEP_US = 40_000;
const SHAPES = [["(   )", "(    )", "(    )", "(   )", "(  )", "(  )", "( )", "( )", "()", "()", "O", "O", "O", "O", "O", " "], ["(@@@)", "(@@@@)", "(@@@@)", "(@@@)", "(@@)", "(@@)", "(@)", "(@)", "@@", "@@", "@", "@", "@", "@", "@", " "]];
const RISES = [2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const DRIFTS = [-2, -1, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3];

interface Puff {
  row: number;
  column: number;
  age: number;
  readonly kind: number;
}

export default program(
  {
    name: "sl", path: "/usr/games/sl", manSection: 6, summary: "a steam locomotive for who meant ls", synopsis: ["[-acelF]"], operands: "none",
    options: [flag(["-a"], "an accident: people cry for help"), flag(["-c"], "another locomotive"), flag(["-e"], "Ctrl-C stops it"), flag(["-l"], "a little one"), flag(["-F"], "it flies")],
    description: ["Other letters are taken and do nothing."],
  },
  function* (sys, argv) {
    const letters = new Set(argv.slice(1).filter((word) => word.startsWith("-")).flatMap((word) => [...word.slice(1)]));
    const train = letters.has("l") ? SMALL : letters.has("c") ? LONG : BIG;
    const onTerminal = sys.isatty(1);
    const size = onTerminal ? sys.getWindowSize(1) : { rows: 24, cols: 80 };
    const [rows, columns] = [size.rows || 24, size.cols || 80];
    const screen = new CellScreen(rows, columns);
    const put = (row: number, column: number, text: string): void => {
      if (row < 0 || row >= rows || column >= columns) return;
      const shown = text.slice(Math.max(0, -column));
      if (shown !== "") screen.put(row, Math.max(0, column), shown);
    };
    if (!letters.has("e")) sys.sigaction(SIGNALS.INT, "ignore");
    const saved = sys.isatty(0) ? sys.tcgetattr(0) : undefined;
    if (saved) yield* sys.tcsetattr(0, { ...saved, flags: new Set([...saved.flags].filter((name) => name !== "echo")) });
    yield* sys.write(1, encode(`\u001b[?1049h\u001b[22;0;0t\u001b[1;${rows}r\u001b(B\u001b[m\u001b[4l\u001b[?7h\u001b[?25l\u001b[H\u001b[2J`));
    const puffs: Puff[] = [];
    for (let front = columns - 1; front >= -train.length; front--) {
      const flies = letters.has("F");
      const slope = train === SMALL ? 6 : 7;
      const top = flies ? Math.trunc(front / slope) + rows - Math.trunc(columns / slope) - train.height : Math.trunc(rows / 2) - (train === SMALL ? 3 : 5);
      const engine = train.engine[Math.trunc((train.length + front) / train.stepsPerTurn) % train.engine.length] ?? [];
      for (const [index, text] of engine.entries()) {
        put(top + index, front, text);
        for (const wagon of train.wagons) put(top + index + (flies ? wagon.lower : 0), front + wagon.at, wagon.rows[index] ?? "");
      }
      if (letters.has("a")) for (const { row, column, lower } of train.people) {
        const [y, x] = [top + row + (flies ? lower : 0), front + column];
        const cries = Math.trunc((84 + x) / 12) % 2 === 1;
        if (cries) put(y, x, "Help!");
        put(y + 1, x, cries ? "\\O/" : "(O)");
      }
      const funnel = front + train.funnel;
      if (funnel % 4 === 0) {
        for (const puff of puffs) {
          put(puff.row, puff.column, " ".repeat((SHAPES[0]?.[puff.age] ?? " ").length));
          puff.row -= RISES[puff.age] ?? 0;
          puff.column += DRIFTS[puff.age] ?? 0;
          puff.age = Math.min(15, puff.age + 1);
          put(puff.row, puff.column, SHAPES[puff.kind]?.[puff.age] ?? " ");
        }
        const kind = puffs.length % 2;
        put(top - 1, funnel, SHAPES[kind]?.[0] ?? "");
        puffs.push({ row: top - 1, column: funnel, age: 0, kind });
      }
      yield* sys.write(1, encode(screen.update(rows - 1, columns - 1)));
      yield* sys.sleep(STEP_US);
    }
    yield* sys.write(1, encode(`\u001b[${rows};1H\u001b[?12l\u001b[?25h\u001b[?1049l\u001b[23;0;0t\r\u001b[?1l\u001b>\r\u001b[${rows}d`));
    if (saved) yield* sys.tcsetattr(0, saved);
    return 0;
  },
);
