// grpck: consistency of /etc/group and /etc/gshadow.
import { flag, type Io, text } from "../kit/gnu.ts";
import { Databases } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "grpck", manSection: 8,
  path: "/usr/sbin/grpck",
  summary: "verify the integrity of group files",
  synopsis: ["[options] [group [gshadow]]"],
  operands: "files",
  options: {
    readOnly: flag(["-r", "--read-only"], "display errors and warnings but do not change files"),
    root: text(["-R", "--root"], "CHROOT_DIR", "directory to chroot into"),
    sort: flag(["-s", "--sort"], "sort entries by GID"),
    silence: flag(["-S", "--silence-warnings"], "silence controversial warnings"),
  },
  *run({ options, sys }, io: Io) {
    const databases = yield* Databases.open(sys, options.root ?? "");
    let errors = false;
    for (const row of databases.rows("group")) {
      const [name = "", , , members = ""] = row;
      for (const member of members.split(",").filter((one) => one !== "")) {
        if (databases.find("passwd", member) !== undefined) continue;
        io.say(`group '${name}': no user '${member}'\ndelete member '${member}'? No\n`);
        errors = true;
      }
      if (databases.find("gshadow", name) === undefined) {
        io.say(`no matching group file entry in /etc/gshadow\nadd group '${name}' in /etc/gshadow? No\n`);
        errors = true;
      }
    }
    if (errors) io.say("grpck: no changes\n");
    return errors ? 2 : 0;
  },
});
