// One use of PAM by a program: pam_start(3) to pam_end(3). The stacks of /etc/pam.d decide; the modules are beside this file.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { Accounts, type User } from "../kit/accounts.ts";
import { FACILITY, PRIORITY, syslog } from "../kit/syslog.ts";
import { type ManagementGroup, type ModuleLine, moduleExists, type StackLine, stackOf } from "./_configuration.ts";
import { pamModules } from "./_modules.ts";
import type { PamStatus } from "./_status.ts";

export interface Conversation {
  /** Undefined: there was no answer (end of input, interrupt). */
  ask(prompt: string, echo: boolean): Blocking<string | undefined>;
  tell(text: string, kind: "error" | "info"): Blocking<void>;
}

interface PamFacts {
  /** "/dev/pts/0", "ssh"; empty without a terminal */
  readonly tty?: string;
  readonly remoteHost?: string;
  readonly remoteUser?: string;
  /** who is logged in, as getlogin(3) tells; in "by NAME(uid=N)" and "logname=NAME" */
  readonly loginName?: string;
  /** whose real uid the log tells, when it is not the caller's (sudo's is root by then) */
  readonly callerUid?: number;
}

/** What a module sees: the transaction, its own words, the moment. */
export interface ModuleCall {
  readonly pam: PamTransaction;
  readonly sys: Sys;
  readonly args: readonly string[];
  /** of the password group: whether the new password is only prepared, or written */
  readonly step?: "check" | "update";
  /** of the password group: only when the password has expired */
  readonly expiredOnly?: boolean;
}

export type ModuleFunction = (call: ModuleCall) => Blocking<PamStatus>;

export interface PamModule {
  readonly auth?: ModuleFunction;
  readonly account?: ModuleFunction;
  readonly password?: ModuleFunction;
  readonly open?: ModuleFunction;
  readonly close?: ModuleFunction;
}

type Operation = keyof PamModule;

const GROUP_OF: Readonly<Record<Operation, ManagementGroup>> = { auth: "auth", account: "account", password: "password", open: "session", close: "session" };

/** The name that the log gives to a moment: pam_unix(su:auth). */
const MOMENT: Readonly<Record<Operation, string>> = { auth: "auth", account: "account", password: "chauthtok", open: "session", close: "session" };

interface Verdict {
  /** undecided: no module has counted yet */
  impression: "undecided" | "good" | "bad";
  status: PamStatus;
}

export class PamTransaction {
  readonly sys: Sys;
  readonly service: string;
  readonly conversation: Conversation;
  readonly facts: PamFacts;
  userName: string;
  /** the password that was typed, and the former one of chauthtok */
  token: string | undefined;
  oldToken: string | undefined;
  /** what a module keeps between its calls */
  readonly data = new Map<string, unknown>();
  /** what the session's environment gets */
  readonly environment = new Map<string, string>();
  #delayUs = 0;
  #moment = "auth";
  #failures = 0;
  #accounts: Accounts | undefined;

  constructor(sys: Sys, service: string, userName: string, conversation: Conversation, facts: PamFacts = {}) {
    this.sys = sys;
    this.service = service;
    this.userName = userName;
    this.conversation = conversation;
    this.facts = facts;
  }

  *authenticate(): Blocking<PamStatus> {
    this.#delayUs = 0;
    this.token = undefined;
    const status = yield* this.#dispatch("auth");
    if (status !== "success") yield* this.#waitAfterFailure();
    return status;
  }

  *accountManagement(): Blocking<PamStatus> {
    return yield* this.#dispatch("account");
  }

  *changePassword(expiredOnly = false): Blocking<PamStatus> {
    this.#delayUs = 0;
    this.token = undefined;
    this.oldToken = undefined;
    const prepared = yield* this.#dispatch("password", { step: "check", expiredOnly });
    const status = prepared === "success" ? yield* this.#dispatch("password", { step: "update", expiredOnly }) : prepared;
    if (status !== "success") yield* this.#waitAfterFailure();
    return status;
  }

  *openSession(): Blocking<PamStatus> {
    return yield* this.#dispatch("open");
  }

  *closeSession(): Blocking<PamStatus> {
    return yield* this.#dispatch("close");
  }

  /** pam_end(3): the failures that only were counted are told. */
  *end(): Blocking<void> {
    const more = this.#failures - 1;
    this.#failures = 0;
    if (more > 0) yield* this.logAs("pam_unix", "auth", `${more} more authentication failure${more === 1 ? "" : "s"}; ${this.#who()}`, PRIORITY.notice);
  }

  /** pam_fail_delay(3): the longest that was asked for counts. */
  delayAfterFailure(microseconds: number): void {
    this.#delayUs = Math.max(this.#delayUs, microseconds);
  }

  *accounts(): Blocking<Accounts> {
    this.#accounts ??= yield* Accounts.read(this.sys);
    return this.#accounts;
  }

  *user(): Blocking<User | undefined> {
    return (yield* this.accounts()).userByName(this.userName);
  }

  /** A line of a module for the log: "pam_unix(su:auth): ...". */
  *log(module: string, message: string, priority: number = PRIORITY.notice): Blocking<void> {
    yield* this.logAs(module, this.#moment, message, priority);
  }

  *logAs(module: string, moment: string, message: string, priority: number): Blocking<void> {
    yield* syslog(this.sys, { identifier: this.#program(), facility: FACILITY.authpriv, priority, message: `${module}(${this.service}:${moment}): ${message}`, ...(this.#program() === "sshd" && { withPid: true }) });
  }

  /** pam_unix counts: the first is told at once, the others at the end. */
  *noteFailure(): Blocking<void> {
    this.#failures++;
    if (this.#failures === 1) yield* this.log("pam_unix", `authentication failure; ${this.#who()}`);
  }

  #who(): string {
    const { loginName = "", tty = "", remoteHost = "", remoteUser = "", callerUid } = this.facts;
    const { ruid, euid } = this.sys.getcred();
    return `logname=${loginName} uid=${callerUid ?? ruid} euid=${euid} tty=${tty} ruser=${remoteUser} rhost=${remoteHost} ${this.userName === "" ? "" : ` user=${this.userName}`}`;
  }

  #program(): string {
    return this.service.replace(/^(su|runuser)-l$/, "$1").replace(/^sudo-i$/, "sudo");
  }

  *#waitAfterFailure(): Blocking<void> {
    const endUs = this.sys.clockUs("monotonic") + this.#delayUs;
    for (;;) {
      const leftUs = endUs - this.sys.clockUs("monotonic");
      if (leftUs <= 0) return;
      try {
        yield* this.sys.sleep(leftUs);
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== "EINTR") throw error;
        this.sys.takeSignals();
      }
    }
  }

  *#dispatch(operation: Operation, details: Pick<ModuleCall, "step" | "expiredOnly"> = {}): Blocking<PamStatus> {
    this.#moment = MOMENT[operation];
    const stack = yield* stackOf(this.sys, this.service, GROUP_OF[operation]);
    if (stack === undefined) return "abort";
    const verdict: Verdict = { impression: "undecided", status: "perm_denied" };
    yield* this.#run(stack, operation, details, verdict);
    return verdict.status === "success" && verdict.impression !== "good" ? "perm_denied" : verdict.status;
  }

  *#answer(line: ModuleLine, operation: Operation, details: Pick<ModuleCall, "step" | "expiredOnly">): Blocking<PamStatus> {
    const name = line.module.replace(/^.*\//, "");
    const module = moduleExists(this.sys, line.module) ? pamModules.get(name) : undefined;
    const run = module?.[operation];
    if (run !== undefined) return yield* run({ pam: this, sys: this.sys, args: line.args, ...details });
    // a module of the other groups has nothing to say here; pam_sm_close_session of all of them does nothing
    if (module !== undefined && (operation === "close" || operation === "open")) return "success";
    if (line.silent) return "ignore";
    if (module === undefined && line.module !== "") {
      yield* syslog(this.sys, { identifier: this.#program(), facility: FACILITY.authpriv, priority: PRIORITY.err, message: `PAM unable to dlopen(${line.module}): /lib/security/${line.module}: cannot open shared object file: No such file or directory` });
      yield* syslog(this.sys, { identifier: this.#program(), facility: FACILITY.authpriv, priority: PRIORITY.err, message: `PAM adding faulty module: ${line.module}` });
    }
    return "module_unknown";
  }

  /** What _pam_dispatch_aux does with the answers. Returns whether a module ended the whole ("die", "done"). */
  *#run(lines: readonly StackLine[], operation: Operation, details: Pick<ModuleCall, "step" | "expiredOnly">, verdict: Verdict): Blocking<boolean> {
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at];
      if (line === undefined) return false;
      if (line.kind === "substack") {
        // done and die leave only the substack
        yield* this.#run(line.lines, operation, details, verdict);
        continue;
      }
      const status = yield* this.#answer(line, operation, details);
      const action = line.actions.get(status) ?? line.actions.get("default") ?? "bad";
      if (typeof action === "number") {
        if (at + action >= lines.length) {
          verdict.impression = "bad";
          verdict.status = "perm_denied";
          return true;
        }
        at += action;
        continue;
      }
      if (action === "reset") {
        verdict.impression = "undecided";
        verdict.status = "perm_denied";
      } else if (action === "ok" || action === "done") {
        if (verdict.impression === "undecided" || (verdict.impression === "good" && verdict.status === "success")) {
          if (status !== "ignore") {
            verdict.impression = "good";
            verdict.status = status;
          }
        }
        if (action === "done" && verdict.impression === "good") return true;
      } else if (action === "bad" || action === "die") {
        if (verdict.impression !== "bad") {
          verdict.impression = "bad";
          verdict.status = status === "ignore" ? "perm_denied" : status;
        }
        if (action === "die") return true;
      }
    }
    return false;
  }
}
