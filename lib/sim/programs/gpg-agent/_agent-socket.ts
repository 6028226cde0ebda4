// Speaking with gpg-agent: lines of the Assuan protocol over its socket. Passphrases that were right once are kept there for a while.
import { type Blocking, decode, encode, type Sys, SysError } from "../../kernel/sys.ts";
import { exists } from "../kit/presence.ts";

/** /run/user/UID/gnupg for the default home where systemd made that directory, else the home itself. */
export function socketDirectory(sys: Sys, home: string): string {
  const { euid } = sys.getcred();
  const own = `${sys.environment.get("HOME") ?? "/"}/.gnupg`;
  return home === own && exists(sys, `/run/user/${euid}`) ? `/run/user/${euid}/gnupg` : home;
}

export function* readAssuanLine(sys: Sys, fd: number, state: { rest: string }): Blocking<string | undefined> {
  for (;;) {
    const end = state.rest.indexOf("\n");
    if (end >= 0) {
      const line = state.rest.slice(0, end);
      state.rest = state.rest.slice(end + 1);
      return line;
    }
    const bytes = yield* sys.read(fd, 4096);
    if (bytes.length === 0) return undefined;
    state.rest += decode(bytes);
  }
}

/** What the agent answers to one line: its data, status and last lines. Undefined where no agent listens. */
export function* askAgent(sys: Sys, home: string, lines: readonly string[]): Blocking<readonly string[] | undefined> {
  const fd = sys.socket("unix", "stream");
  const answers: string[] = [];
  try {
    yield* sys.connect(fd, { family: "unix", path: `${socketDirectory(sys, home)}/S.gpg-agent` });
    const state = { rest: "" };
    if ((yield* readAssuanLine(sys, fd, state)) === undefined) return undefined;
    for (const line of lines) {
      yield* sys.write(fd, encode(`${line}\n`));
      for (;;) {
        const answer = yield* readAssuanLine(sys, fd, state);
        if (answer === undefined) return answers;
        answers.push(answer);
        if (answer === "OK" || answer.startsWith("OK ") || answer.startsWith("ERR ")) break;
      }
    }
    return answers;
  } catch (error) {
    if (error instanceof SysError) return undefined;
    throw error;
  } finally {
    sys.close(fd);
  }
}

/** Starts one where none listens. */
export function* ensureAgent(sys: Sys, home: string): Blocking<boolean> {
  if ((yield* askAgent(sys, home, ["NOP"])) !== undefined) return true;
  const pid = sys.fork(function* agent(own) {
    try {
      return yield* own.exec("/usr/bin/gpg-agent", ["gpg-agent", "--homedir", home, "--use-standard-socket", "--daemon"], own.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  const ended = yield* sys.waitpid(pid);
  return ended?.status.kind === "exited" && ended.status.status === 0;
}

const bytesOfHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const hexOf = (text: string): string => [...encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();

export function* cachedPassphrase(sys: Sys, home: string, keygrip: string): Blocking<string | undefined> {
  const answers = yield* askAgent(sys, home, [`GET_PASSPHRASE --data --no-ask ${keygrip} X X X`]);
  const data = answers?.find((line) => line.startsWith("D "));
  return data === undefined ? undefined : decode(bytesOfHex(data.slice(2)));
}

export function* rememberPassphrase(sys: Sys, home: string, keygrip: string, passphrase: string): Blocking<void> {
  if (!(yield* ensureAgent(sys, home))) return;
  yield* askAgent(sys, home, [`PRESET_PASSPHRASE ${keygrip} -1 ${hexOf(passphrase)}`]);
}
