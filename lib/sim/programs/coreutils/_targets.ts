// The operands of cp, mv, ln and install: SOURCE DEST, SOURCE... DIRECTORY, -t DIRECTORY, -T.

import { S, type Sys, SysError } from "../../kernel/sys.ts";
import { type Io, flag, text } from "../kit/gnu.ts";
import { joinPath, lastComponent } from "../kit/paths.ts";

export const TARGET_OPTIONS = {
  targetDirectory: text(["-t", "--target-directory"], "DIRECTORY", "put every SOURCE into DIRECTORY"),
  noTargetDirectory: flag(["-T", "--no-target-directory"], "take DEST as the new name, even if a directory is called so"),
} as const;

export interface Pair {
  readonly source: string;
  readonly destination: string;
}

export function isDirectory(sys: Sys, path: string): boolean {
  try {
    return (sys.stat(path).mode & S.IFMT) === S.IFDIR;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** `place` says where in the target directory a source goes. Ends the command with a usage error when the operands do not fit. */
export function targets(
  operands: readonly string[], options: { readonly targetDirectory: string | undefined; readonly noTargetDirectory: boolean }, sys: Sys, io: Io,
  place: (directory: string, source: string) => string = (directory, source) => joinPath(directory, source === ".." || /(^|\/)\.\.?\/*$/.test(source) ? "" : lastComponent(source)),
): Pair[] {
  const [first, second, third] = operands;
  if (first === undefined || (second === undefined && options.targetDirectory === undefined)) {
    io.usage(first === undefined ? "missing file operand" : `missing destination file operand after ${io.quoteName(first)}`);
  }
  if (options.noTargetDirectory) {
    if (options.targetDirectory !== undefined) io.die("cannot combine --target-directory (-t) and --no-target-directory (-T)");
    if (third !== undefined) io.usage(`extra operand ${io.quoteName(third)}`);
    return [{ source: first, destination: second ?? "" }];
  }
  if (options.targetDirectory !== undefined) {
    const directory = options.targetDirectory;
    if (!isDirectory(sys, directory)) io.die(`target directory ${io.quoteName(directory)}: ${why(sys, directory)}`);
    return operands.map((source) => ({ source, destination: place(directory, source) }));
  }
  const last = operands.at(-1) ?? "";
  if (isDirectory(sys, last)) return operands.slice(0, -1).map((source) => ({ source, destination: place(last, source) }));
  if (operands.length > 2) io.die(`target ${io.quoteName(last)}: ${why(sys, last)}`);
  return [{ source: first, destination: last }];
}

function why(sys: Sys, path: string): string {
  try {
    sys.stat(path);
    return "Not a directory";
  } catch (error) {
    if (error instanceof SysError) return error.message;
    throw error;
  }
}
