// systemd-escape: text as part of a unit's name, and back.
import { escapeName, escapePath, nameParts, unescapeName, unitTypeOf, mangleUnitName, instantiate } from "../../daemons/systemd/api/unit-name.ts";
import { flag, text } from "../kit/gnu.ts";
import { complain, systemdTool } from "./_systemd.ts";

export default systemdTool({
  name: "systemd-escape",
  path: "/bin/systemd-escape",
  summary: "escape text for the names of units",
  synopsis: ["[OPTIONS...] [NAME...]"],
  options: {
    suffix: text(["--suffix"], "SUFFIX", "a unit type to add"),
    template: text(["--template"], "TEMPLATE", "put the text into this template"),
    instance: flag(["--instance"], "with --unescape: the instance only"),
    unescape: flag(["-u", "--unescape"], "back to text"),
    mangle: flag(["-m", "--mangle"], "as systemctl reads a name"),
    path: flag(["-p", "--path"], "the text is a path"),
  },
  *run({ options, operands }, io) {
    if (operands.length === 0) {
      yield* complain(io, "Not enough arguments.");
      return 1;
    }
    if (options.suffix !== undefined && unitTypeOf(`x.${options.suffix}`) === undefined) {
      yield* complain(io, `Invalid unit suffix type "${options.suffix}".`);
      return 1;
    }
    const results = operands.map((word) => {
      if (options.unescape) {
        const source = options.template !== undefined || options.instance ? (nameParts(word).instance ?? word) : word;
        const plain = unescapeName(source);
        return options.path ? `/${plain.replace(/^\//, "")}` : plain;
      }
      if (options.mangle) return mangleUnitName(word);
      const escaped = options.path ? escapePath(word) : escapeName(word);
      if (options.template !== undefined) return instantiate(options.template, escaped);
      return options.suffix === undefined ? escaped : `${escaped}.${options.suffix}`;
    });
    io.out.put(`${results.join(" ")}\n`);
    return 0;
  },
});
