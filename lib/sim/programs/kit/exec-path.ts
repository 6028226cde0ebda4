// execvp(3): a command's name is looked up along PATH.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";

const DEFAULT_PATH = "/bin:/usr/bin";

/** Becomes that program; returns the error only when nothing could be run (ENOEXEC files are given to /bin/sh, as execvp does). */
export function* execSearching(
  sys: Sys, command: string, argv: readonly string[], environment: ReadonlyMap<string, string> = sys.environment, path = sys.environment.get("PATH"),
): Blocking<SysError> {
  if (command === "") return new SysError("ENOENT");
  const candidates = command.includes("/") ? [command] : (path ?? DEFAULT_PATH).split(":").map((folder) => (folder === "" ? command : `${folder}/${command}`));
  let denied = false;
  for (const candidate of candidates) {
    try {
      yield* sys.exec(candidate, argv, environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      if (error.errno === "ENOEXEC") {
        try {
          yield* sys.exec("/bin/sh", ["/bin/sh", candidate, ...argv.slice(1)], environment);
        } catch (second) {
          if (second instanceof SysError) return second;
          throw second;
        }
      }
      if (command.includes("/")) return error;
      if (error.errno === "EACCES") denied = true;
      else if (error.errno !== "ENOENT" && error.errno !== "ENOTDIR" && error.errno !== "ENODEV" && error.errno !== "ESTALE" && error.errno !== "ETIMEDOUT") return error;
    }
  }
  return new SysError(denied ? "EACCES" : "ENOENT");
}
