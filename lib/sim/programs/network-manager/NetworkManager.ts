// NetworkManager: the daemon (NetworkManager(8), 1.42.4). It serves one request after the other.
import { type Blocking, SIGNALS, type Sys, SysError, decode, encode } from "../../kernel/sys.ts";
import { type Io, flag, program, text } from "../kit/program.ts";
import { Profile } from "./_profile.ts";
import { FIELD, SOCKET } from "./_protocol.ts";
import { Refusal, Service } from "./_service.ts";

const READ_ONLY = new Set(["snapshot", "uuid"]);

function* answer(service: Service, uid: number, [verb = "", ...fields]: readonly string[]): Blocking<readonly string[]> {
  if (uid !== 0 && !READ_ONLY.has(verb)) throw new Refusal("Insufficient privileges", 4);
  const profileOf = (uuid: string): Profile => {
    const profile = service.profiles.get(uuid);
    if (profile === undefined) throw new Refusal(`unknown connection '${uuid}'.`, 10);
    return profile;
  };
  const [first = "", second = ""] = fields;
  switch (verb) {
    case "snapshot": {
      const devices = service.devices().map(({ link, type, state, active }) => ["D", link.name, type, state, active?.uuid ?? "", String(active?.path ?? 0)].join(FIELD));
      const profiles = [...service.profiles.values()].flatMap((profile) => [["P", profile.file].join(FIELD), ...[...profile.values].map(([name, value]) => ["V", name, value].join(FIELD))]);
      return [["N", service.networking ? "on" : "off"].join(FIELD), ...devices, ...profiles];
    }
    case "save": {
      // uuid, then names and values
      const profile = service.profiles.get(first) ?? new Profile([["connection.uuid", first]]);
      profile.values.clear();
      for (let at = 1; at + 1 < fields.length; at += 2) profile.values.set(fields[at] ?? "", fields[at + 1] ?? "");
      const fresh = !service.profiles.has(first);
      yield* service.save(profile);
      if (fresh && profile.autoconnects) yield* service.autoconnect();
      return [];
    }
    case "uuid": return [service.newUuid()];
    case "delete":
      yield* service.remove(profileOf(first));
      return [];
    case "up": return [String(yield* service.activate(profileOf(first), second === "" ? undefined : second))];
    case "down": return [String(yield* service.deactivate(first))];
    case "managed":
      service.setManaged(first, second === "yes");
      if (second === "yes") yield* service.autoconnect();
      return [];
    case "networking":
      yield* service.setNetworking(first === "on");
      return [];
    case "reload":
      yield* service.reload();
      return [];
    default: throw new Refusal(`unknown request '${verb}'`);
  }
}

function* serve(sys: Sys, service: Service, fd: number): Blocking<void> {
  let line = "";
  while (!line.endsWith("\n")) {
    const bytes = yield* sys.read(fd, 65_536);
    if (bytes.length === 0) return;
    line += decode(bytes);
  }
  const { uid } = sys.getPeerCredentials(fd);
  let reply: string;
  try {
    const lines = yield* answer(service, uid, line.slice(0, -1).split(FIELD));
    reply = `ok\n${lines.map((one) => `${one}\n`).join("")}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply = `error${FIELD}${error.status}${FIELD}${error.message}\n`;
  }
  yield* sys.write(fd, encode(reply));
}

export default program({
  name: "NetworkManager", path: "/usr/sbin/NetworkManager", manSection: 8, summary: "the daemon that manages network devices", synopsis: ["[OPTION...]"], operands: "none", showsHelp: true,
  options: [flag(["-n", "--no-daemon"], "stay in the foreground"), flag(["-V", "--version"], "show the version"), text(["--log-level"], "LEVEL", "what is logged"), flag(["-d", "--debug"], "stay in the foreground and log to standard error")],
  seeAlso: ["nmcli(1)"],
}, function* networkManager(sys: Sys, argv: readonly string[], io: Io) {
  if (argv.includes("-V") || argv.includes("--version")) {
    io.out.put("1.42.4\n");
    return 0;
  }
  const wrong = argv.slice(1).find((word) => !/^(?:-n|--no-daemon|-d|--debug|--log-level(?:=.*)?|[A-Z]+)$/.test(word));
  if (wrong !== undefined) {
    yield* io.stderr(`Unknown option ${wrong}.  Please use --help to see a list of valid options.\n`);
    return 1;
  }
  if (sys.getcred().euid !== 0) {
    yield* io.stderr("You must be root to run NetworkManager!\n");
    return 1;
  }
  const service = new Service(sys);
  yield* service.start();
  try {
    sys.unlink(SOCKET);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  const listening = sys.socket("unix", "stream");
  sys.setCloexec(listening, true);
  sys.bind(listening, { family: "unix", path: SOCKET });
  sys.chmod(SOCKET, 0o666);
  sys.listen(listening);
  sys.sigaction(SIGNALS.PIPE, "ignore");
  for (;;) {
    const { fd } = yield* sys.accept(listening);
    try {
      sys.setCloexec(fd, true);
      yield* serve(sys, service, fd);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
    } finally {
      sys.close(fd);
    }
  }
});
