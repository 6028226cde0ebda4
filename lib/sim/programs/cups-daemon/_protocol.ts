// What clients and cupsd say to each other on /run/cups/cups.sock: a line of JSON, then the bytes of a document. (The real ones speak IPP over HTTP.)
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { readWhole } from "../kit/read-whole.ts";

export const CUPS_SOCKET = "/run/cups/cups.sock";

export interface PrinterView {
  readonly name: string;
  readonly class: boolean;
  readonly members: readonly string[];
  readonly uri: string;
  readonly info: string;
  readonly location: string;
  readonly model: string;
  readonly state: "idle" | "processing" | "stopped";
  readonly accepting: boolean;
  readonly message: string;
  /** seconds since 1970 */
  readonly changed: number;
  readonly options: readonly (readonly [string, string])[];
}

export interface JobView {
  readonly id: number;
  readonly printer: string;
  readonly user: string;
  readonly title: string;
  readonly copies: number;
  readonly priority: number;
  readonly files: number;
  readonly kilobytes: number;
  readonly state: "pending" | "held" | "processing" | "canceled" | "aborted" | "completed";
  readonly created: number;
  readonly ended: number | undefined;
}

export interface CupsState {
  readonly printers: readonly PrinterView[];
  readonly jobs: readonly JobView[];
  readonly defaultPrinter: string | undefined;
}

export type CupsRequest =
  | { readonly op: "state" }
  | { readonly op: "printer"; readonly name: string; readonly uri?: string; readonly info?: string; readonly location?: string; readonly model?: string; readonly enable?: boolean; readonly options?: readonly (readonly [string, string])[] }
  | { readonly op: "delete"; readonly name: string }
  | { readonly op: "default"; readonly name: string }
  | { readonly op: "class"; readonly name: string; readonly member: string; readonly remove: boolean }
  | { readonly op: "enable" | "disable" | "accept" | "reject"; readonly name: string; readonly reason?: string; readonly hold?: boolean }
  | { readonly op: "print"; readonly printer: string; readonly title: string; readonly copies: number; readonly priority: number; readonly hold: boolean; readonly sizes: readonly number[] }
  | { readonly op: "change"; readonly job: number; readonly hold?: "hold" | "resume" | "restart"; readonly priority?: number; readonly title?: string; readonly copies?: number }
  | { readonly op: "cancel"; readonly job: number; readonly purge: boolean }
  | { readonly op: "move"; readonly job?: number; readonly from?: string; readonly to: string };

export type CupsReply = { readonly error: string; readonly job?: undefined; readonly state?: undefined } | { readonly error?: undefined; readonly job?: number; readonly state?: CupsState };

/** Undefined: nobody listens. */
export function* askCups(sys: Sys, request: CupsRequest, documents: readonly Uint8Array[] = []): Blocking<CupsReply | undefined> {
  let fd: number;
  try {
    fd = sys.socket("unix", "stream");
    yield* sys.connect(fd, { family: "unix", path: CUPS_SOCKET });
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    return undefined;
  }
  yield* sys.write(fd, encode(`${JSON.stringify(request)}\n`));
  for (const bytes of documents) yield* sys.write(fd, bytes);
  sys.shutdown(fd, "write");
  const answer = decode(yield* readWhole(sys, fd));
  sys.close(fd);
  return answer === "" ? undefined : (JSON.parse(answer) as CupsReply);
}
