// What both viewers do without a screen of their own: GTK's refusal (gtk_init).
import { type Blocking, encode, type Sys } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";

/** A command that needs an X or Wayland display, which this machine has not. */
export function viewer(name: string, summary: string, synopsis: string): Command {
  return {
    name,
    declaration: {
      name, summary, synopsis: [synopsis], operands: "none",
      options: [{ names: ["-V", "--version"], argument: undefined, argumentOptional: false, help: "display version information", support: "simulated" }, { names: ["-c", "--connect"], argument: "URI", argumentOptional: false, help: "which hypervisor", support: { partly: "there is no display to show a window on" } }],
    },
    *program(sys: Sys, argv: readonly string[]): Blocking<number> {
      if (argv.includes("-V") || argv.includes("--version")) {
        yield* sys.write(1, encode(`${name} version 11.0 (OS: debian)\n`));
        return 0;
      }
      const us = sys.clockUs("realtime");
      const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
      const seconds = us / 1e6;
      const time = `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(Math.floor((us % 1e6) / 1000)).padStart(3, "0")}`;
      yield* sys.write(2, encode(`\n(${name}:${sys.getpid()}): Gtk-WARNING **: ${time}: cannot open display: ${sys.environment.get("DISPLAY") ?? ""}\n`));
      return 1;
    },
  };
}
