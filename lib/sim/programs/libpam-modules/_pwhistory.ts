// pam_pwhistory: a password that was used before is refused (pam_pwhistory(8)).
import type { Blocking } from "../../kernel/sys.ts";
import { shadowEntry } from "../login/_pam.ts";
import { passwordMatches } from "../passwd/_crypt.ts";
import { numberOf } from "./_arguments.ts";
import { isRemembered, remember } from "./_password-history.ts";
import type { PamStatus } from "./_status.ts";
import type { ModuleCall, PamModule } from "./_transaction.ts";
import { askNewPassword } from "./_unix.ts";

const usualCount = 10;

function* change({ pam, sys, args, step }: ModuleCall): Blocking<PamStatus> {
  if (step === "check") return "ignore";
  const count = Math.min(400, numberOf(args, "remember", usualCount));
  if (count === 0) return "ignore";
  const entry = yield* shadowEntry(sys, pam.userName);
  if (entry === undefined) return "user_unknown";
  // root may choose what it likes, but it is remembered
  const enforced = sys.getcred().ruid !== 0 || args.includes("enforce_for_root");
  yield* remember(sys, pam.userName, entry.password, count);
  const tries = numberOf(args, "retry", 1);
  for (let attempt = 0; attempt < tries; attempt++) {
    let password = pam.token;
    if (password === undefined) {
      if (args.includes("use_authtok")) return "authtok_err";
      const answer = yield* askNewPassword(pam);
      if (answer.status !== "success") return answer.status;
      password = answer.password ?? "";
    }
    if (!enforced || (!(yield* isRemembered(sys, pam.userName, password, count)) && !passwordMatches(password, entry.password))) {
      pam.token = password;
      return "success";
    }
    const last = attempt === tries - 1;
    yield* pam.conversation.tell(last ? "Password has been already used." : "Password has been already used. Choose another.", "error");
    pam.token = undefined;
    if (args.includes("use_authtok")) return "authtok_err";
  }
  return "maxtries";
}

export const pwhistory: PamModule = { password: change };
