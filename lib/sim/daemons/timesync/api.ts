// What systemd-timesyncd tells of itself (org.freedesktop.timesync1): one JSON value for each connection to its socket.
import { type Blocking, decode, type Sys, SysError } from "../../kernel/sys.ts";
import type { NtpPacket } from "../ntp/api.ts";

export const TIMESYNC_SOCKET = "\0org.freedesktop.timesync1";

export interface TimesyncState {
  readonly systemServers: readonly string[];
  readonly fallbackServers: readonly string[];
  readonly serverName: string | undefined;
  readonly serverAddress: string | undefined;
  readonly rootDistanceMaxUs: number;
  readonly pollMinUs: number;
  readonly pollMaxUs: number;
  readonly pollUs: number;
  /** the last answer, with what was measured from it */
  readonly message: { readonly packet: NtpPacket; readonly destinationUs: number; readonly offsetUs: number; readonly delayUs: number; readonly jitterUs: number; readonly count: number } | undefined;
}

/** Undefined: the service does not run. */
export function* timesyncState(sys: Sys): Blocking<TimesyncState | undefined> {
  const fd = sys.socket("unix", "stream");
  try {
    yield* sys.connect(fd, { family: "unix", path: TIMESYNC_SOCKET });
    let text = "";
    for (;;) {
      const bytes = yield* sys.read(fd, 65_536);
      if (bytes.length === 0) break;
      text += decode(bytes);
    }
    return JSON.parse(text) as TimesyncState;
  } catch (error) {
    if (!(error instanceof SysError) && !(error instanceof SyntaxError)) throw error;
    return undefined;
  } finally {
    sys.close(fd);
  }
}
