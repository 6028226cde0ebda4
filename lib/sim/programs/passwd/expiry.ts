// expiry: whether the caller's password has expired.
import { Accounts } from "../kit/accounts.ts";
import { flag, type Io } from "../kit/gnu.ts";
import { accountState } from "../login/_pam.ts";
import { shadowTool } from "./_shadow-tool.ts";

export default shadowTool({
  name: "expiry",
  path: "/usr/bin/expiry",
  mode: 0o2755,
  group: "shadow",
  summary: "tell whether your password has expired, and have it changed",
  synopsis: ["[options]"],
  operands: "none",
  options: { check: flag(["-c", "--check"], "only tell whether the password has expired"), force: flag(["-f", "--force"], "an expired password must be changed at once") },
  *run({ options, sys }, io: Io) {
    if (options.check === options.force) io.usage();
    const name = (yield* Accounts.read(sys)).userById(sys.getcred().ruid)?.name;
    if (name === undefined) return io.die("unknown user", 10);
    const state = yield* accountState(sys, name);
    if (state === "expired") yield* io.stderr("Your account has expired; please contact your system administrator.\n");
    else if (state === "password-expired") yield* io.stderr("Your password has expired.  Choose a new password.\n");
    return state === "valid" ? 0 : 1;
  },
});
