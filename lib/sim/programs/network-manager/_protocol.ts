// How nmcli speaks to the daemon: a socket in place of the system bus. A request is a line of fields; the answer is lines until the end, the first says whether it went well.
import { type Blocking, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { Profile } from "./_profile.ts";

export const SOCKET = "/run/NetworkManager/private";
export const FIELD = "\u001f";

export interface Device {
  readonly name: string;
  readonly type: string;
  readonly state: string;
  readonly uuid: string;
  /** of the active connection; 0 without one */
  readonly path: number;
}

export interface Snapshot {
  readonly networking: boolean;
  readonly devices: readonly Device[];
  readonly profiles: readonly Profile[];
}

/** What the daemon refused. */
export class Refused extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The lines of the answer after the first. Throws Refused, and SysError when nobody listens. */
export function* ask(sys: Sys, fields: readonly string[]): Blocking<readonly string[]> {
  const fd = sys.socket("unix", "stream");
  try {
    yield* sys.connect(fd, { family: "unix", path: SOCKET });
    yield* sys.write(fd, encode(`${fields.join(FIELD)}\n`));
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    const [first = "", ...lines] = text.split("\n");
    const [word, status = "4", message = ""] = first.split(FIELD);
    if (word !== "ok") throw new Refused(message, Number(status));
    return lines.filter((line) => line !== "");
  } catch (error) {
    if (error instanceof SysError && (error.errno === "ENOENT" || error.errno === "ECONNREFUSED")) throw new Refused("NetworkManager is not running.", 8);
    throw error;
  } finally {
    sys.close(fd);
  }
}

export function* snapshot(sys: Sys): Blocking<Snapshot> {
  let networking = true;
  const devices: Device[] = [];
  const profiles: Profile[] = [];
  for (const line of yield* ask(sys, ["snapshot"])) {
    const [kind, name = "", second = "", third = "", fourth = "", fifth = ""] = line.split(FIELD);
    if (kind === "N") networking = name === "on";
    else if (kind === "D") devices.push({ name, type: second, state: third, uuid: fourth, path: Number(fifth) });
    else if (kind === "P") profiles.push(new Profile([], name));
    else if (kind === "V") profiles.at(-1)?.values.set(name, second);
  }
  return { networking, devices, profiles };
}
