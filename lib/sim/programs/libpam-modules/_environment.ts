// pam_env: variables of /etc/security/pam_env.conf and /etc/environment for the session (pam_env(8), pam_env.conf(5)).
import type { Blocking } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { numberOf, valueOf } from "./_arguments.ts";
import type { PamStatus } from "./_status.ts";
import type { ModuleCall, PamModule, PamTransaction } from "./_transaction.ts";

/** ${NAME} of the environment, @{HOME} and @{SHELL} of the account, @{PAM_USER}...; a backslash keeps the sign. */
function expanded(text: string, pam: PamTransaction, items: ReadonlyMap<string, string>): string {
  return text.replace(/\\([$@])|([$@])\{(\w+)\}/g, (_, kept: string | undefined, sign: string | undefined, name: string | undefined) => kept ?? (sign === "$" ? (pam.environment.get(name ?? "") ?? "") : (items.get(name ?? "") ?? "")));
}

function* readSettings({ pam, sys, args }: ModuleCall): Blocking<PamStatus> {
  const user = yield* pam.user();
  const { tty = "", remoteHost = "", remoteUser = "" } = pam.facts;
  const items = new Map([["PAM_USER", pam.userName], ["PAM_TTY", tty], ["PAM_RHOST", remoteHost], ["PAM_RUSER", remoteUser], ["PAM_SERVICE", pam.service], ["HOME", user?.home ?? ""], ["SHELL", user?.shell ?? ""]]);
  for (const line of ((yield* readTextFile(sys, valueOf(args, "conffile") ?? "/etc/security/pam_env.conf")) ?? "").replace(/\\\n/g, " ").split("\n")) {
    const [, name = "", rest = ""] = /^\s*([A-Za-z_]\w*)\s*(.*)$/.exec(line.replace(/#.*/, "")) ?? [];
    if (name === "") continue;
    const part = (key: string): string | undefined => {
      const found = new RegExp(`${key}=(?:"([^"]*)"|(\\S*))`).exec(rest);
      return found === null ? undefined : expanded(found[1] ?? found[2] ?? "", pam, items);
    };
    const override = part("OVERRIDE");
    const value = override !== undefined && override !== "" ? override : part("DEFAULT");
    if (value === undefined || value === "") pam.environment.delete(name);
    else pam.environment.set(name, value);
  }
  if (numberOf(args, "readenv", 1) === 0) return "success";
  for (const line of ((yield* readTextFile(sys, valueOf(args, "envfile") ?? "/etc/environment")) ?? "").split("\n")) {
    const [, name = "", value = ""] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*?)\s*$/.exec(line.replace(/^\s*#.*/, "")) ?? [];
    if (name === "") continue;
    const quoted = /^"(.*)"$|^'(.*)'$/.exec(value);
    pam.environment.set(name, quoted?.[1] ?? quoted?.[2] ?? value);
  }
  return "success";
}

export const env: PamModule = { auth: readSettings, open: readSettings };
