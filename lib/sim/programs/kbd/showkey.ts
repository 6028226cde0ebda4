// showkey(1): what the keys give. At a virtual console codes of keys; -a, at any terminal, the bytes.
import { flag, type Io } from "../kit/gnu.ts";
import { SysError } from "../../kernel/sys.ts";
import { ask, kbdCommand, openConsole } from "./_console.ts";

export default kbdCommand({
  name: "showkey", summary: "show what the keyboard sends, key by key", synopsis: ["[option...]"], operands: "none",
  options: { ascii: flag(["-a", "--ascii"], "bytes in the bases 10, 8 and 16"), scancodes: flag(["-s", "--scancodes"], "show scancodes"), keycodes: flag(["-k", "--keycodes"], "show keycodes (usual)") },
  seeAlso: ["dumpkeys(1)", "loadkeys(1)"],
  *run({ options, sys }, io: Io) {
    if (options.ascii) {
      const before = sys.isatty(0) ? sys.tcgetattr(0) : undefined;
      if (before === undefined) io.die("tcgetattr: Inappropriate ioctl for device", 71);
      const flags = new Set(before.flags);
      for (const name of ["icanon", "isig", "ixon", "icrnl"]) flags.delete(name);
      flags.add("echo");
      flags.add("echoctl");
      yield* sys.tcsetattr(0, { ...before, flags, min: 1, time: 0 });
      try {
        yield* io.tell("\nPress any keys - Ctrl-D will terminate this program\n\n");
        for (;;) {
          const bytes = yield* sys.read(0, 64);
          if (bytes.length === 0) break;
          for (const [index, byte] of bytes.entries()) io.out.put(`${index === 0 ? " \t" : " \t"}${String(byte).padStart(3)} 0${byte.toString(8).padStart(3, "0")} 0x${byte.toString(16).padStart(2, "0")}\n`);
          yield* io.out.flush();
          if (bytes.includes(4)) break;
        }
      } finally {
        yield* sys.tcsetattr(0, before);
      }
      return 0;
    }
    const fd = yield* openConsole(sys, io);
    const mode = String(ask(sys, fd, "KDGKBMODE")).toUpperCase();
    yield* io.tell(`kb mode was ${mode}\n[ if you are trying this under X, it might not work\nsince the X server is also reading /dev/console ]\n\npress any key (program terminates 10s after last keypress)...\n`);
    try {
      // at a console that nobody types at no key comes, and after ten seconds the program ends
      yield* sys.sleep(10_000_000);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr("caught signal 2, cleaning up...\n");
    }
    return 0;
  },
});
