// Process accounting (acct(5)) for what people start at a terminal: the last commands with their first output. Graders read it.

import type { Process } from "./process.ts";
import type { WaitStatus } from "./sys.ts";
import { decode } from "./bytes.ts";
import { pathName } from "./vfs/path.ts";

const KEPT_COMMANDS = 300;
const KEPT_BYTES = 400;
const NOTHING = new Uint8Array(0);

export interface AccountingRecord {
  readonly sequence: number;
  readonly pid: number;
  /** "pts/0" */
  readonly terminal: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly uid: number;
  readonly startedUs: number;
  /** as `$?` shows it; undefined while it runs */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

class OpenRecord {
  readonly sequence: number;
  readonly pid: number;
  readonly terminal: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly uid: number;
  readonly startedUs: number;
  status: number | undefined;
  /** of descriptors 1 and 2 */
  readonly #output: [Uint8Array, Uint8Array] = [NOTHING, NOTHING];

  constructor(sequence: number, process: Process, terminal: string) {
    this.sequence = sequence;
    this.pid = process.pid;
    this.terminal = terminal;
    this.argv = process.commandLine;
    this.cwd = pathName(process.root, process.cwd);
    this.uid = process.credentials.ruid;
    this.startedUs = process.kernel.nowUs;
  }

  written(fd: 1 | 2, bytes: Uint8Array): void {
    const kept = this.#output[fd === 1 ? 0 : 1];
    if (kept.length >= KEPT_BYTES || bytes.length === 0) return;
    const added = bytes.subarray(0, KEPT_BYTES - kept.length);
    const joined = new Uint8Array(kept.length + added.length);
    joined.set(kept);
    joined.set(added, kept.length);
    this.#output[fd === 1 ? 0 : 1] = joined;
  }

  get stdout(): string {
    return decode(this.#output[0]);
  }

  get stderr(): string {
    return decode(this.#output[1]);
  }
}

export class Accounting {
  #records: OpenRecord[] = [];
  readonly #running = new Map<Process, OpenRecord>();
  #sequence = 0;

  /** After a successful exec below a terminal. */
  started(process: Process): void {
    const terminal = process.terminal;
    if (!terminal) return;
    this.#running.delete(process);
    const record = new OpenRecord(this.#sequence++, process, terminal.name);
    this.#records.push(record);
    if (this.#records.length > KEPT_COMMANDS) this.#records.shift();
    this.#running.set(process, record);
  }

  written(process: Process, fd: number, bytes: Uint8Array): void {
    if (fd === 1 || fd === 2) this.#running.get(process)?.written(fd, bytes);
  }

  ended(process: Process, status: WaitStatus): void {
    const record = this.#running.get(process);
    if (!record) return;
    record.status = status.kind === "exited" ? status.status : status.kind === "signaled" ? 128 + status.signal : 0;
    this.#running.delete(process);
  }

  records(): readonly AccountingRecord[] {
    return this.#records;
  }
}
