import { type Builtin, BuiltinError, parseOptions, print } from "./builtin.ts";

export function symbolicMask(mask: number): string {
  const bits = (shift: number) => {
    const allowed = ~(mask >> shift) & 7;
    return `${allowed & 4 ? "r" : ""}${allowed & 2 ? "w" : ""}${allowed & 1 ? "x" : ""}`;
  };
  return `u=${bits(6)},g=${bits(3)},o=${bits(0)}`;
}

/** chmod's letters, applied to what the mask leaves. bash takes one operator for each clause and copies no class (umask.def); dash does. */
export function parseSymbolic(text: string, mask: number, dash = false): number {
  let allowed = ~mask & 0o777;
  const initial = allowed;
  const clauses = text.split(",");
  for (const [index, clause] of clauses.entries()) {
    let at = 0;
    let who = 0;
    while (at < clause.length && "ugoa".includes(clause.charAt(at))) {
      const c = clause.charAt(at++);
      who |= c === "u" ? 0o700 : c === "g" ? 0o070 : c === "o" ? 0o007 : 0o777;
    }
    if (who === 0) who = 0o777;
    let operator = clause.charAt(at);
    // setmode.c of dash takes classes by themselves for nothing to do
    if (dash && operator === "" && clause !== "" && clauses.length === 1) continue;
    if (operator === "" || !"+-=".includes(operator)) throw new BuiltinError(`\`${operator !== "" ? operator : index < clauses.length - 1 ? "," : "\0"}': invalid symbolic mode operator`, 1);
    while (operator !== "") {
      at++;
      let bits = 0;
      while (at < clause.length && (!dash || !"+-=".includes(clause.charAt(at)))) {
        const c = clause.charAt(at);
        const spread = (n: number) => (n << 6) | (n << 3) | n;
        if (c === "r") bits |= 0o444;
        else if (c === "w") bits |= 0o222;
        else if (c === "x") bits |= 0o111;
        else if (c === "X") bits |= (initial & 0o111) !== 0 ? 0o111 : 0;
        else if (dash && c === "u") bits |= spread((allowed >> 6) & 7);
        else if (dash && c === "g") bits |= spread((allowed >> 3) & 7);
        else if (dash && c === "o") bits |= spread(allowed & 7);
        else throw new BuiltinError(`\`${c}': invalid symbolic mode character`, 1);
        at++;
      }
      bits &= who;
      if (operator === "+") allowed |= bits;
      else if (operator === "-") allowed &= ~bits;
      else allowed = (allowed & ~who) | bits;
      operator = clause.charAt(at);
    }
  }
  return ~allowed & 0o777;
}

const umask: Builtin = {
  name: "umask", usage: "umask [-p] [-S] [mode]",
  help: "Shows or sets the permission bits that new files do not get. MODE is octal, or symbolic as for chmod. -S shows letters, -p a command.",
  *run(shell, args) {
    const parsed = parseOptions(args, "pS");
    const mask = shell.sys.umask(0);
    shell.sys.umask(mask);
    const [mode] = parsed.rest;
    if (mode === undefined) {
      const shown = parsed.has("S") ? symbolicMask(mask) : mask.toString(8).padStart(4, "0");
      return yield* print(shell, parsed.has("p") ? `umask${parsed.has("S") ? " -S" : ""} ${shown}\n` : `${shown}\n`);
    }
    if (/^[0-9]/.test(mode)) {
      if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > (shell.dash ? 0o777 : 0o7777)) throw new BuiltinError(shell.dash ? `Illegal number: ${mode}` : `${mode}: octal number out of range`, 1);
      shell.sys.umask(Number.parseInt(mode, 8) & 0o777);
    } else shell.sys.umask(parseSymbolic(mode, mask));
    if (parsed.has("S") && !shell.dash) {
      const now = shell.sys.umask(0);
      shell.sys.umask(now);
      return yield* print(shell, `${symbolicMask(now)}\n`);
    }
    return 0;
  },
};
export default umask;
