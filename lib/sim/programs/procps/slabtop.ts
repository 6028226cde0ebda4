// slabtop: the kernel's caches of objects, from /proc/slabinfo (slabtop(1)).
import { SIGNALS } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { CellScreen } from "../kit/cell-screen.ts";
import { flag, gnu, type Io, text } from "../kit/gnu.ts";
import { RawTerminal } from "../kit/terminal-keys.ts";
import { cacheKib, parseSlabs, type Slab, slabLine, summaryLines, TABLE_HEAD, usePercent } from "./_slabs.ts";

const byNumber = (of: (slab: Slab) => number) => (a: Slab, b: Slab): number => of(b) - of(a);

/** By the letters of --sort and of the keyboard. */
const ORDERS = new Map<string, (a: Slab, b: Slab) => number>([
  ["a", byNumber((slab) => slab.activeObjects)], ["b", byNumber((slab) => slab.objectsPerSlab)], ["c", byNumber(cacheKib)], ["l", byNumber((slab) => slab.slabs)], ["v", byNumber((slab) => slab.activeSlabs)],
  ["n", (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)], ["o", byNumber((slab) => slab.objects)], ["p", byNumber((slab) => slab.pagesPerSlab)], ["s", byNumber((slab) => slab.objectBytes)], ["u", byNumber(usePercent)],
]);

export default gnu({
  name: "slabtop", project: "procps-ng", version: "4.0.2", versionLetter: "V", helpLetter: "h", usageShowsHelp: true, versionText: "slabtop from procps-ng 4.0.2\n", summary: "watch the kernel's caches of objects (slabs)", synopsis: ["[options]"], operands: "none", seeAlso: ["free(1)", "top(1)", "vmstat(8)"],
  description: ["Sort letters, on the command line and at the keyboard: a active objects, b objects of a slab, c size of the cache, l slabs, v active slabs, n name, o objects, p pages of a slab, s size of an object, u use. q ends, the space bar draws again."],
  options: { delay: text(["-d", "--delay"], "secs", "seconds between two displays"), once: flag(["-o", "--once"], "display once and exit"), sort: text(["-s", "--sort"], "char", "sort by this column (see the letters above)") },
  *run({ options, sys }, io: Io) {
    const seconds = options.delay === undefined ? 3 : /^[+-]?\d+$/.test(options.delay) ? Number(options.delay) : io.die(`illegal delay: '${options.delay}'`);
    if (seconds < 1) io.die("delay must be positive integer");
    let order = ORDERS.get(options.sort?.charAt(0) ?? "o") ?? byNumber((slab) => slab.objects);
    const read = function* () {
      const text = (yield* readTextFile(sys, "/proc/slabinfo")) ?? io.die("Unable to create slabinfo structure: Permission denied");
      return parseSlabs(text).sort(order);
    };
    if (options.once || !sys.isatty(1)) {
      const slabs = yield* read();
      io.out.put(`${[...summaryLines(slabs), "", TABLE_HEAD, ...slabs.map(slabLine)].join("\n")}\n`);
      return 0;
    }
    for (const signal of [SIGNALS.INT, SIGNALS.TERM, SIGNALS.WINCH]) sys.sigaction(signal, "catch");
    const terminal = yield* RawTerminal.open(sys, 1);
    const screen = new CellScreen(terminal.size.rows, terminal.size.cols);
    yield* terminal.enter();
    yield* terminal.write("\u001b[?1049h\u001b[H\u001b[2J");
    for (;;) {
      const slabs = yield* read();
      for (let row = 0; row < screen.rows; row++) screen.fill(row);
      summaryLines(slabs).forEach((line, row) => screen.put(row, 0, line));
      screen.put(6, 0, TABLE_HEAD, "7");
      slabs.slice(0, Math.max(0, screen.rows - 7)).forEach((slab, row) => screen.put(7 + row, 0, slabLine(slab)));
      yield* terminal.write(screen.update(5, 0));
      const event = yield* terminal.next(seconds * 1_000_000);
      if (event?.kind === "resize") screen.resize(terminal.size.rows, terminal.size.cols);
      else if (event?.kind === "key") {
        if (event.key === "q" || event.key === "Q") break;
        order = ORDERS.get(event.key.toLowerCase()) ?? order;
      } else if (event !== undefined) break;
    }
    yield* terminal.write(`\u001b[${screen.rows};1H\u001b[?1049l`);
    yield* terminal.leave();
    return 0;
  },
});
