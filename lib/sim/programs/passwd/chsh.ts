// chsh: another login shell.
import { Accounts, readTextFile } from "../kit/accounts.ts";
import { type Io, text } from "../kit/gnu.ts";
import { callerIsKnown } from "./_caller.ts";
import { Databases } from "./_databases.ts";
import { nameExists } from "../kit/presence.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "chsh",
  path: "/usr/bin/chsh",
  mode: 0o4755,
  summary: "change the shell that a user's login starts",
  synopsis: ["[options] [LOGIN]"],
  operands: "users",
  options: {
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    shell: text(["-s", "--shell"], "SHELL", "program that a login starts"),
  },
  *run({ options, operands, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const cred = sys.getcred();
    const root = cred.ruid === 0;
    const name = operands[0] ?? accounts.userName(cred.ruid);
    const user = accounts.userByName(name);
    if (user === undefined) return io.die(`user '${name}' does not exist`, 1);
    if (!root && user.uid !== cred.ruid) {
      yield* io.stderr(`You may not change the shell for '${name}'.
`);
      return 1;
    }
    const shells = ((yield* readTextFile(sys, "/etc/shells")) ?? "").split("\n").filter((line) => line.startsWith("/"));
    if (!root && !shells.includes(user.shell)) {
      yield* io.stderr(`You may not change the shell for '${name}'.
`);
      return 1;
    }
    if (!(yield* callerIsKnown(io, "chsh"))) return 1;
    let shell = options.shell;
    if (shell === undefined) {
      io.say(`Changing the login shell for ${name}\nEnter the new value, or press ENTER for the default\n\tLogin Shell [${user.shell}]: `);
      yield* io.out.flush();
      shell = ((yield* io.stdin.line()) ?? "").replace(/\n$/, "");
      if (shell === "") return 0;
    }
    if (!root && !shells.includes(shell)) return io.die(`${shell} is an invalid shell`, 1);
    if (/[:,=\n]/.test(shell)) return io.die(`Invalid entry: ${shell}`, 1);
    if (!nameExists(sys, shell)) yield* io.warn(`Warning: ${shell} does not exist`);
    const databases = yield* Databases.open(sys, options.root ?? "");
    databases.setField("passwd", name, 6, shell);
    yield* databases.save();
    return 0;
  },
});
