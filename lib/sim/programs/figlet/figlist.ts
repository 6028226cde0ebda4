// figlist: the fonts and control files of figlet's directory.

import { type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, program, text } from "../kit/program.ts";

/** Names in a directory that end so, without their ending; undefined: it cannot be read. */
export function namesIn(sys: Sys, folder: string, suffix: string): string[] | undefined {
  try {
    return sys.readdir(folder).map((entry) => entry.name).filter((name) => name.endsWith(suffix) && !name.startsWith(".")).map((name) => name.slice(0, -suffix.length)).sort();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
}

export default program(
  { name: "figlist", manSection: 6, summary: "list the fonts and the control files of figlet", synopsis: ["[-d DIRECTORY]"], operands: "none", options: [text(["-d"], "DIRECTORY", "another directory")] },
  function* (sys, argv, io: Io) {
    if (argv.length > 1 && (argv[1] !== "-d" || argv.length !== 3)) {
      io.out.put("Usage: figlist [ -d directory ]\n");
      return 1;
    }
    const folder = argv[2] ?? sys.environment.get("FIGLET_FONTDIR") ?? "/usr/share/figlet";
    io.out.put(`Default font: standard\nFont directory: ${folder}\n`);
    const fonts = namesIn(sys, folder, ".flf");
    const controls = namesIn(sys, folder, ".flc");
    if (!fonts || !controls) {
      io.out.put("Unable to open directory\n");
      return 0;
    }
    io.out.put(fonts.length > 0 ? `Figlet fonts in this directory:\n${fonts.map((name) => `${name}\n`).join("")}` : "No figlet fonts in this directory\n");
    io.out.put(controls.length > 0 ? `Figlet control files in this directory:\n${controls.map((name) => `${name}\n`).join("")}` : "No figlet control files in this directory\n");
    return 0;
  },
);
