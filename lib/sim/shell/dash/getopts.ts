// getopts of dash (options.c: getopts): OPTIND is already the next word's while letters of one word are left.
import { assignScalar, isName } from "../interp/assign.ts";
import { type Builtin, BuiltinError } from "../builtins/builtin.ts";
import { unsetVariable } from "../builtins/unset.ts";

export const dashGetopts: Builtin = {
  name: "getopts", usage: "", help: "",
  *run(shell, args) {
    const [spec, name, ...given] = args.slice(1);
    if (spec === undefined || name === undefined) throw new BuiltinError("Usage: getopts optstring var [arg...]", 2);
    const words = given.length > 0 ? given : shell.positional;
    const silent = spec.startsWith(":");
    let index = Math.max(1, shell.getoptsIndex);
    let at = shell.getoptsPosition;
    let word = index > 1 && at > 0 ? (words[index - 2] ?? "") : "";
    let letter = "?";
    let status = 0;
    if (at === 0 || at >= word.length) {
      word = words[index - 1] ?? "";
      at = 1;
      if (!/^-./.test(word)) status = 1;
      else {
        index++;
        if (word === "--") status = 1;
      }
      if (status === 1) at = 0;
    }
    if (status === 0) {
      const c = word.charAt(at++);
      const place = c === ":" ? -1 : spec.indexOf(c);
      if (place < 0) {
        if (silent) assignScalar(shell, "OPTARG", c);
        else {
          yield* shell.errorText(`Illegal option -${c}\n`);
          unsetVariable(shell, "OPTARG");
        }
      } else if (spec.charAt(place + 1) !== ":") {
        letter = c;
        assignScalar(shell, "OPTARG", "");
      } else {
        const argument = at < word.length ? word.slice(at) : words[index++ - 1];
        if (argument !== undefined) {
          letter = c;
          assignScalar(shell, "OPTARG", argument);
        } else {
          index--;
          if (silent) {
            letter = ":";
            assignScalar(shell, "OPTARG", c);
          } else {
            yield* shell.errorText(`No arg for -${c} option\n`);
            unsetVariable(shell, "OPTARG");
          }
        }
        at = 0;
      }
    }
    assignScalar(shell, "OPTIND", String(index));
    if (!isName(name)) throw new BuiltinError(`${name}: bad variable name`, 2);
    assignScalar(shell, name, letter);
    shell.getoptsIndex = index;
    shell.getoptsPosition = at;
    return status;
  },
};
