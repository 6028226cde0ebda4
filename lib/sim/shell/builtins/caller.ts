import { type Builtin, noOptions, print, usageError } from "./builtin.ts";

const caller: Builtin = {
  name: "caller", usage: "caller [expr]",
  help: "Prints where the current function was called: line and file; with a number, also the function that many calls up.",
  run(shell, args) {
    const rest = noOptions(args);
    const frames = shell.frames;
    const [text] = rest;
    if (text !== undefined && !/^[0-9]+$/.test(text)) throw usageError(`${text}: invalid number`);
    if (frames.length === 0) return 1;
    if (text === undefined) return print(shell, `${frames[0]?.callLine ?? 0} ${frames[1]?.source || "NULL"}\n`);
    const level = Number(text);
    const outer = frames[level + 1];
    const inner = frames[level];
    if (!outer || !inner) return 1;
    return print(shell, `${inner.callLine} ${outer.functionName} ${outer.source}\n`);
  },
};
export default caller;
