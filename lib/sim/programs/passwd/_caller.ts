// chsh, chfn and their kind: the caller shows who it is, as /etc/pam.d asks (root needs nothing there).
import type { Blocking } from "../../kernel/sys.ts";
import { Accounts } from "../kit/accounts.ts";
import type { Io } from "../kit/gnu.ts";
import { TerminalConversation } from "../libpam-modules/_conversation.ts";
import { pamText } from "../libpam-modules/_status.ts";
import { PamTransaction } from "../libpam-modules/_transaction.ts";

/** False after a message. */
export function* callerIsKnown(io: Io, service: string): Blocking<boolean> {
  const { sys } = io;
  const caller = (yield* Accounts.read(sys)).userName(sys.getcred().ruid);
  const pam = new PamTransaction(sys, service, caller, new TerminalConversation(sys, service), { loginName: caller });
  let status = yield* pam.authenticate();
  if (status === "success") status = yield* pam.accountManagement();
  yield* pam.end();
  if (status === "success") return true;
  yield* io.stderr(`${service}: PAM: ${pamText(status)}\n`);
  return false;
}
