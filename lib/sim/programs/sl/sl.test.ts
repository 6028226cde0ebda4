// Screens of sl 5.02 as the real one drew them; Ctrl-C does not stop it, and with -e it does.
import { expect, test } from "vitest";
import { decode, encode } from "../../kernel/sys.ts";
import { createWorld } from "../../world/world.ts";

/** The cursor is seen again, the screen from before too. */
const LEFT = "\u001b[24;1H\u001b[?12l\u001b[?25h\u001b[?1049l\u001b[23;0;0t\r\u001b[?1l\u001b>\r\u001b[24d";

test("the locomotive leaves the terminal in its time, whatever is typed; -e lets Ctrl-C stop it", () => {
  const world = createWorld({ host: "debian-12", packages: ["sl"], seed: 1, epochUs: 1_795_295_340_000_000 });
  world.step(10_000_000, 50_000_000);
  const run = (...argv: readonly string[]): { readonly shown: () => string; readonly type: (key: string, seconds: number) => void } => {
    let shown = "";
    const terminal = world.openTerminal({
      rows: 24, cols: 80, user: "root", login: false, argv: ["/usr/games/sl", ...argv], environment: new Map([["TERM", "xterm"], ["LC_ALL", "C.UTF-8"], ["PATH", "/usr/bin:/bin"]]),
      onEvent: (event) => {
        if (event.kind === "output") shown += decode(event.bytes);
      },
    });
    return {
      shown: () => shown,
      type: (key, seconds) => {
        terminal.input(encode(key));
        world.step(world.nowUs + seconds * 1_000_000, 50_000_000);
      },
    };
  };
  const ignoring = run();
  ignoring.type("", 4);
  expect(ignoring.shown()).toContain("|/ |   |-----------I_____I [][] []  D   |=======|__");
  ignoring.type("\u0003", 1);
  expect(ignoring.shown()).not.toContain(LEFT);
  ignoring.type("", 3);
  expect(ignoring.shown().endsWith(LEFT)).toBe(true);
  const listening = run("-e");
  listening.type("", 1);
  listening.type("\u0003", 1);
  expect(listening.shown()).not.toContain(LEFT);
  expect(listening.shown().length).toBeLessThan(ignoring.shown().length / 2);
});
