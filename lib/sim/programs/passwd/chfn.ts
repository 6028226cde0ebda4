// chfn: the full name and the other fields of GECOS.
import { Accounts } from "../kit/accounts.ts";
import { type Io, flag, text } from "../kit/gnu.ts";
import { callerIsKnown } from "./_caller.ts";
import { Databases } from "./_databases.ts";
import { shadowTool } from "./_shadow-tool.ts";

/** What the messages call the fields in which no ":", "," or "=" may stand. */
const CHECKED = [["name"], ["room number"], ["work phone"], ["home phone"]] as const;

export default shadowTool({
  name: "chfn", helpLetter: "u",
  path: "/usr/bin/chfn",
  mode: 0o4755,
  summary: "change the full name and the phone numbers of a user",
  synopsis: ["[options] [LOGIN]"],
  operands: "users",
  options: {
    fullName: text(["-f", "--full-name"], "FULL_NAME", "the full name"),
    homePhone: text(["-h", "--home-phone"], "HOME_PHONE", "the telephone at home"),
    other: text(["-o", "--other"], "OTHER_INFO", "the rest of the GECOS field (root only)"),
    room: text(["-r", "--room"], "ROOM_NUMBER", "the room"),
    root: text(["-R", "--root"], "CHROOT_DIR", "work inside the root directory CHROOT_DIR"),
    extrausers: flag(["--extrausers"], "the accounts of /var/lib/extrausers"),
    workPhone: text(["-w", "--work-phone"], "WORK_PHONE", "the telephone at work"),
  },
  *run({ options, operands, given, sys }, io: Io) {
    const accounts = yield* Accounts.read(sys);
    const cred = sys.getcred();
    const root = cred.ruid === 0;
    const name = operands[0] ?? accounts.userName(cred.ruid);
    const user = accounts.userByName(name);
    if (user === undefined) return io.die(`user '${name}' does not exist`, 1);
    if (!root && (user.uid !== cred.ruid || options.fullName !== undefined || options.other !== undefined)) return io.die("Permission denied.", 1);
    if (!(yield* callerIsKnown(io, "chfn"))) return 1;
    const fields = user.gecos.split(",");
    while (fields.length < 5) fields.push("");
    const values: [string, string | undefined][] = [["Full Name", options.fullName], ["Room Number", options.room], ["Work Phone", options.workPhone], ["Home Phone", options.homePhone], ["Other", options.other]];
    if (given.length === 0) {
      io.say(`Changing the user information for ${name}\nEnter the new value, or press ENTER for the default\n`);
      for (const [index, [label]] of values.entries()) {
        if (label === "Other" && !root) continue;
        if (label === "Full Name" && !root) {
          io.say(`\tFull Name: ${fields[0] ?? ""}\n`);
          continue;
        }
        io.say(`\t${label} [${fields[index] ?? ""}]: `);
        yield* io.out.flush();
        const line = yield* io.stdin.line();
        if (line === undefined) return 1;
        const value = line.replace(/\n$/, "");
        if (value !== "") fields[index] = value;
      }
    } else for (const [index, [, value]] of values.entries()) if (value !== undefined) fields[index] = value;
    for (const [index, [kind]] of CHECKED.entries()) {
      const field = fields[index] ?? "";
      if (!/[:,=\n]/.test(field)) continue;
      yield* io.warn(`invalid ${kind}: '${field}'`);
      return 1;
    }
    if (/[:\n]/.test(fields[4] ?? "")) return io.die(`'${fields[4] ?? ""}' contains illegal characters`, 1);
    const databases = yield* Databases.open(sys, options.root ?? "");
    const gecos = fields[4] === "" ? fields.slice(0, 4).join(",") : fields.join(",");
    databases.setField("passwd", name, 4, gecos);
    yield* databases.save();
    return 0;
  },
});
