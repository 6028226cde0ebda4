// Handing files to cupsd, for lp and lpr.
import { type Blocking, O, SysError } from "../../kernel/sys.ts";
import type { Io } from "../kit/program.ts";
import { askCups } from "../cups-daemon/_protocol.ts";
import { cupsState, defaultDestination } from "./_client.ts";
import { readWhole } from "../kit/read-whole.ts";

interface Submission {
  readonly destination: string | undefined;
  readonly files: readonly string[];
  readonly title: string | undefined;
  readonly copies: number;
  readonly priority: number;
  readonly hold: boolean;
}

/** The number of the job and its queue; undefined after a message. */
export function* submit(io: Io, { destination, files, title, copies, priority, hold }: Submission): Blocking<{ readonly id: number; readonly printer: string } | undefined> {
  const { sys } = io;
  const name = io.argv0.slice(io.argv0.lastIndexOf("/") + 1);
  const documents: Uint8Array[] = [];
  for (const file of files.filter((one) => one !== "-")) {
    try {
      sys.access(file, 4);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      yield* io.stderr(`${name}: Error - unable to access "${file}" - ${error.message}\n`);
      return undefined;
    }
  }
  const state = yield* cupsState(sys);
  const printer = destination ?? (yield* defaultDestination(sys, state));
  if (printer === undefined) {
    yield* io.stderr(`${name}: Error - No default destination.\n`);
    return undefined;
  }
  const known = state?.printers.find((one) => one.name === printer);
  if (known === undefined) {
    yield* io.stderr(`${name}: Error - The printer or class does not exist.\n`);
    return undefined;
  }
  for (const file of files.length === 0 ? ["-"] : files) {
    const fd = file === "-" ? 0 : yield* sys.open(file, O.RDONLY);
    documents.push(yield* readWhole(sys, fd));
    if (fd !== 0) sys.close(fd);
  }
  if (documents.every((bytes) => bytes.length === 0)) {
    yield* io.stderr(`${name}: Error - no print data.\n`.replace("Error - no print data", name === "lp" ? "Error - stdin is empty, so no job has been sent" : "No file in print request"));
    return undefined;
  }
  const reply = yield* askCups(sys, { op: "print", printer, title: title ?? (files[0] === undefined || files[0] === "-" ? "(stdin)" : files[0].slice(files[0].lastIndexOf("/") + 1)), copies, priority, hold, sizes: documents.map((bytes) => bytes.length) }, documents);
  if (reply?.job === undefined) {
    yield* io.stderr(`${name}: ${reply?.error ?? "Error - scheduler not responding."}\n`);
    return undefined;
  }
  return { id: reply.job, printer };
}
