// pwck: consistency of /etc/passwd and /etc/shadow.
import { flag, type Io, text } from "../kit/gnu.ts";
import { Databases } from "./_databases.ts";
import { nameExists } from "../kit/presence.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "pwck", manSection: 8,
  path: "/usr/sbin/pwck",
  summary: "verify the integrity of password files",
  synopsis: ["[options] [passwd [shadow]]"],
  operands: "files",
  options: {
    badName: flag(["-b", "--badname"], "allow bad names"),
    quiet: flag(["-q", "--quiet"], "report errors only"),
    readOnly: flag(["-r", "--read-only"], "display errors and warnings but do not change files"),
    root: text(["-R", "--root"], "CHROOT_DIR", "directory to chroot into"),
    sort: flag(["-s", "--sort"], "sort entries by UID"),
  },
  *run({ options, sys }, io: Io) {
    const databases = yield* Databases.open(sys, options.root ?? "");
    let errors = false;
    for (const row of databases.rows("passwd")) {
      const [name = "", , , gid = "", , home = "", shell = ""] = row;
      if (databases.findById("group", Number(gid)) === undefined) {
        io.say(`user '${name}': no group ${gid}\n`);
        errors = true;
      }
      if (!options.quiet && home !== "" && home !== "/nonexistent" && !nameExists(sys, home)) {
        io.say(`user '${name}': directory '${home}' does not exist\n`);
        errors = true;
      }
      if (!options.quiet && shell !== "" && !nameExists(sys, shell)) {
        io.say(`user '${name}': program '${shell}' does not exist\n`);
        errors = true;
      }
      if (databases.find("shadow", name) === undefined) {
        io.say(`no matching password file entry in /etc/shadow\nadd user '${name}' in /etc/shadow? No\n`);
        errors = true;
      }
    }
    io.say("pwck: no changes\n");
    return errors ? 2 : 0;
  },
});
