// ssh-copy-id: puts public keys into the other machine's authorized_keys (ssh-copy-id(1)).
import { type Blocking, SysError, decode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { flag, type Io, program, text } from "../kit/program.ts";
import { readWhole } from "../kit/read-whole.ts";
import { homeOf } from "./_configuration.ts";

export default program(
  {
    name: "ssh-copy-id", summary: "enter your public key in a remote account, for logins without password", operands: "hosts", synopsis: ["[-f] [-n] [-s] [-i [identity_file]] [-p port] [-F alternative ssh_config file] [-o ssh_option] [user@]hostname"],
    options: [flag(["-f"], "install keys without asking whether they are there"), flag(["-n"], "only say what would be done"), text(["-i"], "identity_file", "the key to install"), text(["-p"], "port", "port on the other machine"), text(["-o"], "ssh_option", "an option for ssh")],
  },
  function* (sys, argv, io: Io) {
    // the script's $0: the path that the shell found
    const argv0 = io.argv0.includes("/") ? io.argv0 : "/usr/bin/ssh-copy-id";
    const usage = `Usage: ${argv0} [-h|-?|-f|-n|-s] [-i [identity_file]] [-p port] [-F alternative ssh_config file] [[-o <ssh -o options>] ...] [user@]hostname\n\t-f: copy keys without a look at whether they are there\n\t-n: only tell what would be copied\n\t-s: use sftp, for machines that run no commands\n\t-h|-?: show this help\n`;
    let identity: string | undefined;
    let force = false;
    let dry = false;
    const passed: string[] = [];
    const hosts: string[] = [];
    for (let at = 1; at < argv.length; at++) {
      const word = argv[at] ?? "";
      if (word === "-i") {
        const next = argv[at + 1];
        if (next === undefined) {
          yield* io.stderr(`No arg for -i option\n${usage}`);
          return 1;
        }
        if (!next.startsWith("-") && at + 2 < argv.length) {
          identity = next;
          at++;
        }
      } else if (word.startsWith("-i")) identity = word.slice(2);
      else if (word === "-f") force = true;
      else if (word === "-n") dry = true;
      else if (word === "-p" || word === "-o" || word === "-F") passed.push(word, argv[++at] ?? "");
      else if (word.startsWith("-")) {
        yield* io.stderr(word === "-h" || word === "-?" ? usage : `Illegal option ${word.slice(0, 2)}\n${usage}`);
        return 1;
      } else hosts.push(word);
    }
    const [host] = hosts;
    if (host === undefined || hosts.length > 1) {
      yield* io.stderr(host === undefined ? usage : `${argv0}: ERROR: Too many arguments.  Expecting a target hostname, got: 

${usage}`);
      return 1;
    }
    const directory = `${homeOf(sys)}/.ssh`;
    const candidates = identity === undefined ? ["id_ed25519", "id_ecdsa", "id_rsa"].map((name) => `${directory}/${name}.pub`) : [identity.endsWith(".pub") ? identity : `${identity}.pub`];
    let file: string | undefined;
    let line: string | undefined;
    for (const candidate of candidates) {
      line = (yield* readTextFile(sys, candidate))?.trim();
      if (line !== undefined) {
        file = candidate;
        break;
      }
    }
    if (line === undefined || file === undefined) {
      yield* io.stderr(identity === undefined ? `${argv0}: ERROR: No identities found\n` : `\n${argv0}: ERROR: failed to open ID file '${candidates[0]}': No such file\n`);
      return 1;
    }
    yield* io.stderr(`${argv0}: INFO: Source of key(s) to be installed: "${file}"\n`);
    const run = function* (args: readonly string[], errors: number | undefined): Blocking<number> {
      const pid = sys.fork(function* child(own) {
        if (errors !== undefined) own.dup2(errors, 2);
        try {
          return yield* own.exec("/usr/bin/ssh", ["ssh", ...passed, ...args], sys.environment);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          return 127;
        }
      });
      for (;;) {
        const waited = yield* sys.waitpid(pid);
        if (waited) return waited.status.kind === "exited" ? waited.status.status : 255;
      }
    };
    if (!force) {
      yield* io.stderr(`${argv0}: INFO: attempting to log in with the new key(s), to filter out any that are already installed\n`);
      const [errorsOut, errorsIn] = sys.pipe();
      const status = yield* run(["-i", file.replace(/\.pub$/, ""), "-o", "IdentitiesOnly=yes", "-o", "PreferredAuthentications=publickey", "-o", "PasswordAuthentication=no", host, "exit"], errorsIn);
      sys.close(errorsIn);
      const said = decode(yield* readWhole(sys, errorsOut));
      sys.close(errorsOut);
      if (status === 255 && !said.includes("Permission denied")) {
        yield* io.stderr(`\n${argv0}: ERROR: ${said.replace(/\n$/, "").replaceAll("\n", "\nERROR: ")}\n\n`);
        return 1;
      }
      if (status === 0) {
        yield* io.stderr(`\n${argv0}: WARNING: All keys were skipped because they already exist on the remote system.\n\t\t(if you think this is a mistake, you may want to use -f option)\n\n`);
        return 0;
      }
    }
    yield* io.stderr(`${argv0}: INFO: 1 key(s) remain to be installed -- if you are prompted now it is to install the new keys\n`);
    if (dry) {
      io.out.put(`=-=-=-=-=-=-=-=\nWould have added the following key(s):\n\n${line}\n=-=-=-=-=-=-=-=\n`);
      return 0;
    }
    const status = yield* run([host, `exec sh -c 'cd ; umask 077 ; mkdir -p .ssh && printf "%s\\n" "${line}" >> .ssh/authorized_keys || exit 1'`], undefined);
    if (status !== 0) return 1;
    io.out.put(`\nNumber of key(s) added: 1\n\nNow try logging into the machine, with:   "ssh ${[...passed.map((word) => `'${word}'`), `'${host}'`].join(" ")}"\nand check to make sure that only the key(s) you wanted were added.\n\n`);
    return 0;
  },
);
