// ssh-agent: holds keys for the programs of a session (ssh-agent(1)).
import { type Blocking, encode, POLL, SIGNALS, type Sys, SysError } from "../../kernel/sys.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { base64Of, bytesOfBase64 } from "../kit/base64.ts";
import type { PrivateKey } from "./_key.ts";
import { parsePrivateFile } from "./_private-file.ts";
import { signWithKey } from "./_private-key.ts";
import { type AgentRequest, type HeldKey, readLine } from "./_agent.ts";

interface Kept extends HeldKey {
  readonly key: PrivateKey;
  readonly untilUs: number | undefined;
}

function requestOf(line: string): AgentRequest | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !("op" in value)) return undefined;
    const key = "line" in value && typeof value.line === "string" ? value.line : "";
    const file = "file" in value && typeof value.file === "string" ? value.file : "";
    const lifetimeSeconds = "lifetimeSeconds" in value && typeof value.lifetimeSeconds === "number" ? value.lifetimeSeconds : undefined;
    if (value.op === "list" || value.op === "remove-all") return { op: value.op };
    if (value.op === "sign") return { op: "sign", line: key, data: "data" in value && typeof value.data === "string" ? value.data : "" };
    if (value.op === "remove") return { op: "remove", line: key };
    return value.op === "add" ? { op: "add", line: key, file, ...(lifetimeSeconds === undefined ? {} : { lifetimeSeconds }) } : undefined;
  } catch {
    return undefined;
  }
}

function* serve(sys: Sys, listener: number, socket: string): Blocking<number> {
  let keys: Kept[] = [];
  for (const signal of [SIGNALS.TERM, SIGNALS.INT, SIGNALS.HUP]) sys.sigaction(signal, "catch");
  for (;;) {
    try {
      yield* sys.poll([{ fd: listener, events: POLL.IN }], null);
      const { fd } = yield* sys.accept(listener);
      const line = yield* readLine(sys, fd);
      const request = line === undefined ? undefined : requestOf(line);
      const nowUs = sys.clockUs("monotonic");
      keys = keys.filter((key) => key.untilUs === undefined || key.untilUs > nowUs);
      if (request?.op === "add") {
        const untilUs = request.lifetimeSeconds === undefined ? undefined : nowUs + request.lifetimeSeconds * 1_000_000;
        const file = parsePrivateFile(request.file);
        if (file.kind === "key") keys = [...keys.filter((key) => key.line !== request.line), { line: request.line, untilUs, key: file.key }];
      } else if (request?.op === "remove-all") keys = [];
      const signer = request?.op === "sign" ? keys.find((key) => key.line === request.line)?.key : undefined;
      const signature = signer === undefined || request?.op !== "sign" ? undefined : base64Of(yield* signWithKey(sys, signer, bytesOfBase64(request.data) ?? new Uint8Array(0)));
      const found = request?.op !== "remove" || keys.some((key) => key.line === request.line);
      if (request?.op === "remove") keys = keys.filter((key) => key.line !== request.line);
      yield* sys.write(fd, encode(`${JSON.stringify({ ok: request !== undefined && found, keys: keys.map((key) => ({ line: key.line })), ...(signature === undefined ? {} : { signature }) })}\n`));
      sys.close(fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    }
    if (sys.takeSignals().length > 0) {
      // somebody may have been faster; the directory of a socket that -a named has other things in it
      for (const remove of [() => sys.unlink(socket), () => sys.rmdir(socket.slice(0, socket.lastIndexOf("/")) || ".")]) {
        try {
          remove();
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
        }
      }
      return 0;
    }
  }
}

const command = program(
  {
    name: "ssh-agent", summary: "OpenSSH authentication agent", synopsis: ["[-c | -s] [-Dd] [-a bind_address] [-t life] [command [arg ...]]", "[-c | -s] -k"],
    options: [flag(["-c"], "print commands for csh"), flag(["-s"], "print commands for a Bourne shell"), flag(["-k"], "end the agent that SSH_AGENT_PID names"), flag(["-D"], "stay in the foreground"), text(["-a"], "bind_address", "the socket's path")],
    operands: "commands",
  },
  function* (sys, argv, io: Io) {
    let csh = (sys.environment.get("SHELL") ?? "").endsWith("csh");
    let kill = false;
    let foreground = false;
    let path: string | undefined;
    let at = 1;
    for (; at < argv.length && argv[at]?.startsWith("-") === true && argv[at] !== "-"; at++) {
      const word = argv[at] ?? "";
      if (word === "-c") csh = true;
      else if (word === "-s") csh = false;
      else if (word === "-k") kill = true;
      else if (word === "-D" || word === "-d") foreground = true;
      else if (word === "-a") path = argv[++at];
      else if (word === "-t" || word === "-E" || word === "-P" || word === "-O") at++;
      else {
        yield* io.stderr(`${argv[0]}: invalid option -- '${word.slice(1, 2)}'\nusage: ssh-agent [-c | -s] [-Dd] [-a bind_address] [-E fingerprint_hash]\n                 [-O option] [-P allowed_providers] [-t life]\n       ssh-agent [-a bind_address] [-E fingerprint_hash] [-O option]\n                 [-P allowed_providers] [-t life] command [arg ...]\n       ssh-agent [-c | -s] -k\n`);
        return 1;
      }
    }
    const command = argv.slice(at);
    const setting = (name: string, value: string): string => (csh ? `setenv ${name} ${value};\n` : `${name}=${value}; export ${name};\n`);
    if (kill) {
      const pid = sys.environment.get("SSH_AGENT_PID");
      if (pid === undefined) {
        yield* io.stderr("SSH_AGENT_PID not set, cannot kill agent\n");
        return 1;
      }
      try {
        sys.kill(Number(pid), SIGNALS.TERM);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`kill: ${error.message}\n`);
        return 1;
      }
      io.out.put(`${csh ? "unsetenv SSH_AUTH_SOCK;\nunsetenv SSH_AGENT_PID;\n" : "unset SSH_AUTH_SOCK;\nunset SSH_AGENT_PID;\n"}echo Agent pid ${pid} killed;\n`);
      return 0;
    }
    if (path === undefined) {
      const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
      const directory = `/tmp/ssh-${[...sys.random(12)].map((byte) => letters.charAt(byte % letters.length)).join("")}`;
      sys.mkdir(directory, 0o700);
      path = `${directory}/agent.${sys.getpid()}`;
    }
    const socket = path;
    const listener = sys.socket("unix", "stream");
    sys.bind(listener, { family: "unix", path: socket });
    sys.chmod(socket, 0o600);
    sys.listen(listener);
    const lines = (pid: number): string => `${setting("SSH_AUTH_SOCK", socket)}${setting("SSH_AGENT_PID", String(pid))}`;
    if (foreground) {
      io.out.put(`${setting("SSH_AUTH_SOCK", socket)}echo Agent pid ${sys.getpid()};\n`);
      yield* io.out.flush();
      return yield* serve(sys, listener, socket);
    }
    const pid = sys.fork(function* agent(own) {
      own.setsid();
      own.chdir("/");
      for (const fd of own.descriptors()) if (fd !== listener) own.close(fd);
      return yield* serve(own, listener, socket);
    });
    sys.close(listener);
    if (command.length === 0) {
      io.out.put(`${lines(pid)}echo Agent pid ${pid};\n`);
      return 0;
    }
    const environment = new Map(sys.environment).set("SSH_AUTH_SOCK", socket).set("SSH_AGENT_PID", String(pid));
    const child = sys.fork(function* run(own) {
      try {
        return yield* own.exec("/usr/bin/env", ["env", ...command], environment);
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        return 127;
      }
    });
    const waited = yield* sys.waitpid(child);
    sys.kill(pid, SIGNALS.TERM);
    return waited?.status.kind === "exited" ? waited.status.status : 1;
  },
);

// Set-group-ID, so that nobody may trace it and read the keys.
export default { ...command, mode: 0o2755, group: "_ssh" };
