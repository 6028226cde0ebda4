// postconf: parameters of main.cf, shown and changed (postconf(1)).

import { encode, O, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag } from "../kit/option.ts";
import { type Io, program } from "../kit/program.ts";
import { DEFAULTS, PostfixConfiguration } from "./_configuration.ts";

export default program({ name: "postconf", path: "/usr/sbin/postconf", summary: "Postfix configuration utility", synopsis: ["[-dfhnpx] [parameter ...]", "-e parameter=value ...", "-X parameter ..."], options: [flag(["-d"], "defaults, not what main.cf says"), flag(["-n"], "only what main.cf says"), flag(["-h"], "values without names"), flag(["-x"], "with $name put in"), flag(["-e"], "change main.cf"), flag(["-X", "-#"], "take lines out of main.cf")], operands: "none", seeAlso: ["postfix(1)"] }, function* (sys, argv, io: Io) {
  const flags = new Set(argv.slice(1).filter((word) => /^-[a-zA-Z#]+$/.test(word)).flatMap((word) => [...word.slice(1)]));
  const operands = argv.slice(1).filter((word) => !/^-[a-zA-Z#]+$/.test(word));
  const configuration = yield* PostfixConfiguration.read(sys);
  if (flags.has("e") || flags.has("X") || flags.has("#") || operands.some((word) => word.includes("="))) {
    let lines = ((yield* readTextFile(sys, "/etc/postfix/main.cf")) ?? "").split("\n");
    for (const word of operands) {
      const name = word.split("=")[0]?.trim() ?? "";
      const value = word.slice(word.indexOf("=") + 1).trim();
      const at = lines.findIndex((line) => line.split("=")[0]?.trim() === name);
      let end = at + 1;
      while (at >= 0 && /^\s+\S/.test(lines[end] ?? "")) end++;
      const fresh = flags.has("X") ? [] : flags.has("#") ? [`#${lines[at] ?? ""}`] : [`${name} = ${value}`];
      lines = at < 0 ? [...lines.slice(0, lines.at(-1) === "" ? -1 : undefined), ...(flags.has("X") ? [] : fresh), ""] : [...lines.slice(0, at), ...fresh, ...lines.slice(end)];
    }
    try {
      const fd = yield* sys.open("/etc/postfix/main.cf", O.WRONLY | O.CREAT | O.TRUNC, 0o644);
      yield* sys.write(fd, encode(lines.join("\n")));
      sys.close(fd);
      return 0;
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`postconf: fatal: open /etc/postfix/main.cf.tmp: ${error.message}\n`);
      return 1;
    }
  }
  const names = operands.length > 0 ? operands : flags.has("n") ? [...configuration.given.keys()].sort() : [...new Set([...DEFAULTS.keys(), ...configuration.given.keys()])].sort();
  let status = 0;
  for (const name of names) {
    const raw = flags.has("d") ? DEFAULTS.get(name) : configuration.raw(name);
    if (raw === undefined) {
      yield* io.stderr(`postconf: warning: ${name}: unknown parameter\n`);
      status = 1;
      continue;
    }
    const value = flags.has("x") ? configuration.value(name) : raw;
    io.out.put(flags.has("h") ? `${value}\n` : `${name} =${value === "" ? "" : ` ${value}`}\n`);
  }
  return status;
});
