// invoke-rc.d: runs a script's action if the local policy (/usr/sbin/policy-rc.d) lets it; what maintainer scripts use (invoke-rc.d(8), init-system-helpers 1.65).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { flag } from "../kit/option.ts";
import { exists } from "../kit/presence.ts";
import { type Io, program } from "../kit/program.ts";

const POLICY = "/usr/sbin/policy-rc.d";
const help = `
invoke-rc.d, the way to run an init script's action under the local policy.

Usage:
  invoke-rc.d [options] <basename> <action> [extra parameters]

  basename - Initscript ID, as per update-rc.d(8)
  action   - Initscript action. Known actions are:
                start, [force-]stop, [try-]restart,
                [force-]reload, status

Options:
  --quiet
     No messages.
  --force
     Whatever the policy says.
  --try-anyway
     Run the script even after an error that is not fatal.
  --disclose-deny
     Status 101 in place of 0 when the policy denies the action.
  --query
     Only say with the status (100 to 106) what would be done.
  --no-fallback
     Ignore the other action that the policy asks for.
  --skip-systemd-native
    Nothing to do when systemd has a unit of the name.
  --help
     Show this.

`;

function* statusOf(sys: Sys, path: string, argv: readonly string[]): Blocking<number> {
  const pid = sys.fork(function* (child) {
    try {
      return yield* child.exec(path, argv, child.environment);
    } catch (error) {
      if (!(error instanceof SysError)) throw error;
      return 127;
    }
  });
  const waited = yield* sys.waitpid(pid);
  return waited?.status.kind === "exited" ? waited.status.status : 1;
}

export default program(
  {
    name: "invoke-rc.d", path: "/usr/sbin/invoke-rc.d", manSection: 8, summary: "run an init script's action under the local policy", synopsis: ["[--quiet] [--force] [--try-anyway] [--disclose-deny] [--query] [--no-fallback] [--skip-systemd-native] NAME ACTION [PARAMETERS]"], operands: "services",
    options: [flag(["--quiet"], "no messages"), flag(["--force"], "whatever the policy says"), flag(["--try-anyway"], "run it after errors that are not fatal"), flag(["--disclose-deny"], "status 101 when the policy denies"), flag(["--query"], "only answer with the status"), flag(["--no-fallback"], "no other action in its place"), flag(["--skip-systemd-native"], "nothing to do for a unit of systemd"), flag(["--help"], "show the usage")],
    exitStatuses: [["0", "done, or denied without --disclose-deny"], ["100", "unknown script"], ["101", "policy forbids the action"], ["102", "a broken link or subsystem"], ["103", "wrong usage"], ["104", "--query: allowed"], ["105", "--query: not defined"], ["106", "--query: another action"]],
    seeAlso: ["update-rc.d(8)", "service(8)"],
  },
  function* (sys, argv, io: Io) {
    const given = new Set<string>();
    function* complain(text: string): Blocking<void> {
      if (!given.has("--quiet")) yield* io.stderr(`invoke-rc.d: ${text}\n`);
    }
    const words: string[] = [];
    const args = argv.slice(1);
    if (args.length === 0) {
      yield* complain("syntax error: missing required parameter, --help assumed");
      io.out.put(help);
      return 103;
    }
    for (const [at, word] of args.entries()) {
      if (words.length >= 2) {
        words.push(...args.slice(at));
        break;
      }
      if (word === "--help") {
        io.out.put(help);
        return 0;
      }
      if (!word.startsWith("--")) words.push(word);
      else if (["--quiet", "--force", "--try-anyway", "--disclose-deny", "--query", "--no-fallback", "--skip-systemd-native"].includes(word)) given.add(word);
      else {
        yield* complain(`syntax error: unknown option "${word}"`);
        return 103;
      }
    }
    const [name, action, ...parameters] = words;
    if (name === undefined || action === undefined) {
      yield* complain("syntax error: missing required parameter");
      return 103;
    }
    const systemd = exists(sys, "/run/systemd/system");
    const script = `/etc/init.d/${name}`;
    const unit = `${name.replace(/\.sh$/, "")}.service`;
    if (!systemd && !exists(sys, script)) {
      yield* complain(`unknown initscript, ${script} not found.`);
      if (!given.has("--try-anyway") && !given.has("--force")) return 100;
    }
    let status = 104;
    if (systemd && ["start", "restart", "try-restart"].includes(action)) {
      const enabled = (yield* statusOf(sys, "/bin/systemctl", ["systemctl", "--quiet", "is-enabled", unit])) === 0;
      if (!enabled && (yield* statusOf(sys, "/bin/systemctl", ["systemctl", "--quiet", "is-active", unit])) !== 0) status = 101;
    }
    if (exists(sys, POLICY)) {
      const asked = status === 101 ? `(${action})` : action;
      const answer = yield* statusOf(sys, POLICY, [POLICY, ...(given.has("--quiet") ? ["--quiet"] : []), name, asked, "5"]);
      status = answer === 0 ? 104 : answer === 1 ? 105 : answer;
      if (status === 101) {
        if (given.has("--force")) {
          yield* complain(`Overriding policy-rc.d denied execution of ${action}.`);
          status = 104;
        } else yield* complain(`policy-rc.d denied execution of ${action}.`);
      }
      if (status === 105 && !given.has("--query")) {
        yield* complain('policy-rc.d query returned "behaviour undefined",');
        yield* complain(`assuming "${action}" is allowed.`);
        status = 104;
      }
      if (status < 100 || status > 106) {
        yield* complain(`WARNING: policy-rc.d returned unexpected error status ${status}, 102 used instead.`);
        status = 102;
      }
    }
    if (given.has("--query")) return status;
    if (status !== 104) {
      if (given.has("--force")) status = 104;
      else return given.has("--disclose-deny") ? status : 0;
    }
    if (systemd) {
      const loaded = exists(sys, `/lib/systemd/system/${unit}`) || exists(sys, `/etc/systemd/system/${unit}`) || exists(sys, `/run/systemd/system/${unit}`);
      if (loaded && given.has("--skip-systemd-native")) return 0;
      const verb = action === "force-reload" ? "reload-or-restart" : action === "force-stop" ? "stop" : action;
      const ended = yield* statusOf(sys, "/bin/systemctl", ["systemctl", verb, unit]);
      if (ended !== 0) yield* complain(`initscript ${name}, action "${action}" failed.`);
      return ended;
    }
    const ended = yield* statusOf(sys, script, [script, action, ...parameters]);
    if (ended !== 0) yield* complain(`initscript ${name}, action "${action}" failed.`);
    return ended;
  },
);
