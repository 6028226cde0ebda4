// The modules of /lib/x86_64-linux-gnu/security, by file name.
import type { Blocking } from "../../kernel/sys.ts";
import { access, time } from "./_access.ts";
import { numberOf } from "./_arguments.ts";
import { listfile, localuser, nologin, rootok, securetty, shells, succeedif, usertype, wheel } from "./_conditions.ts";
import { env } from "./_environment.ts";
import { faillock } from "./_faillock.ts";
import { pwhistory } from "./_pwhistory.ts";
import { echoText, exec, lastlog, limits, mail, mkhomedir, umask } from "./_session.ts";
import type { PamStatus } from "./_status.ts";
import type { ModuleCall, PamModule } from "./_transaction.ts";
import { unix } from "./_unix.ts";

const always = (status: PamStatus) =>
  function* answer(): Blocking<PamStatus> {
    return status;
  };

const permit: PamModule = { auth: always("success"), account: always("success"), password: always("success"), open: always("success"), close: always("success") };
const deny: PamModule = { auth: always("auth_err"), account: always("auth_err"), password: always("authtok_err"), open: always("session_err"), close: always("session_err") };
/** Modules whose work a simulated session has done elsewhere, or that have nothing to do here: key rings, audit, SELinux. */
const silent: PamModule = { auth: always("ignore"), account: always("ignore"), password: always("ignore"), open: always("success"), close: always("success") };

const faildelay: PamModule = {
  *auth({ pam, args }: ModuleCall) {
    pam.delayAfterFailure(numberOf(args, "delay", 0));
    return "ignore";
  },
};

const warn: PamModule = {
  *auth({ pam }: ModuleCall) {
    const { tty = "", remoteHost = "", remoteUser = "" } = pam.facts;
    yield* pam.log("pam_warn", `function=[pam_sm_authenticate] flags=0 service=[${pam.service}] terminal=[${tty === "" ? "<unknown>" : tty}] user=[${pam.userName}] ruser=[${remoteUser === "" ? "<unknown>" : remoteUser}] rhost=[${remoteHost === "" ? "<unknown>" : remoteHost}]`);
    return "ignore";
  },
};

export const pamModules: ReadonlyMap<string, PamModule> = new Map<string, PamModule>([
  ["pam_access.so", access], ["pam_deny.so", deny], ["pam_echo.so", echoText], ["pam_env.so", env], ["pam_exec.so", exec], ["pam_faildelay.so", faildelay], ["pam_faillock.so", faillock], ["pam_lastlog.so", lastlog], ["pam_limits.so", limits], ["pam_mail.so", mail],
  ["pam_listfile.so", listfile], ["pam_localuser.so", localuser], ["pam_mkhomedir.so", mkhomedir], ["pam_nologin.so", nologin], ["pam_permit.so", permit], ["pam_pwhistory.so", pwhistory], ["pam_rootok.so", rootok],
  ["pam_securetty.so", securetty], ["pam_shells.so", shells], ["pam_succeed_if.so", succeedif], ["pam_time.so", time], ["pam_umask.so", umask], ["pam_unix.so", unix], ["pam_usertype.so", usertype], ["pam_warn.so", warn], ["pam_wheel.so", wheel],
  ...["cap", "debug", "filter", "ftp", "group", "issue", "keyinit", "loginuid", "motd", "namespace", "rhosts", "selinux", "sepermit", "setquota", "stress", "systemd", "timestamp", "tty_audit", "userdb", "xauth"].map((name) => [`pam_${name}.so`, silent] as const),
]);
