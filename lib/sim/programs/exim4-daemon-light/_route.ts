// The routers of Debian's configuration, in their order: where an address goes (exim4-config's conf.d/router).

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { lookUpHost, ResolveError } from "../../daemons/resolver/api.ts";
import { Accounts, readTextFile, type User } from "../kit/accounts.ts";
import { parseAliases, splitTargets } from "../postfix/_configuration.ts";
import type { EximConfiguration } from "./_configuration.ts";

const MOST_NESTED = 50;
const FIRST_ORDINARY_UID = 1000;

export interface Route {
  /** whole address, or the file or command */
  readonly address: string;
  /** from which others it came, the nearest first */
  readonly parents: readonly string[];
  readonly router: string;
  readonly outcome:
    | { readonly kind: "mailbox"; readonly user: User; readonly transport: string }
    | { readonly kind: "maildir"; readonly user: User; readonly transport: string }
    | { readonly kind: "file"; readonly user: User | undefined; readonly transport: string }
    | { readonly kind: "pipe"; readonly user: User | undefined; readonly transport: string }
    | { readonly kind: "remote"; readonly transport: string; readonly host: string; readonly hostAddress: string }
    | { readonly kind: "failed"; readonly reason: string }
    | { readonly kind: "deferred"; readonly reason: string };
}

export class Router {
  readonly #sys: Sys;
  readonly #configuration: EximConfiguration;
  readonly #accounts: Accounts;
  readonly #aliases: ReadonlyMap<string, readonly string[]>;
  readonly #procmail: boolean;
  readonly routes: Route[] = [];
  /** "R: system_aliases for root@vm": what was tried, for -bt and -v */
  readonly trace: string[] = [];
  readonly #seen = new Set<string>();

  constructor(sys: Sys, configuration: EximConfiguration, accounts: Accounts, aliases: ReadonlyMap<string, readonly string[]>, procmail: boolean) {
    this.#sys = sys;
    this.#configuration = configuration;
    this.#accounts = accounts;
    this.#aliases = aliases;
    this.#procmail = procmail;
  }

  static *read(sys: Sys, configuration: EximConfiguration): Blocking<Router> {
    let procmail = true;
    try {
      sys.stat("/usr/bin/procmail");
    } catch {
      procmail = false;
    }
    return new Router(sys, configuration, yield* Accounts.read(sys), parseAliases((yield* readTextFile(sys, "/etc/aliases")) ?? ""), procmail);
  }

  *route(given: string, parents: readonly string[] = []): Blocking<void> {
    const address = this.#configuration.qualified(given);
    const at = address.lastIndexOf("@");
    const [local, domain] = [address.slice(0, at).toLowerCase(), address.slice(at + 1)];
    if (this.#seen.has(address) || parents.length > MOST_NESTED) return;
    this.#seen.add(address);
    const add = (router: string, outcome: Route["outcome"]): void => void this.routes.push({ address, parents, router, outcome });
    const tried = (router: string, more = ""): void => void this.trace.push(`R: ${router} for ${address}${more}`);
    if (!this.#configuration.isLocal(domain)) {
      yield* this.#remote(domain, tried, add);
      return;
    }
    tried("system_aliases");
    const expansion = this.#aliases.get(local);
    if (expansion !== undefined) {
      for (const one of expansion) yield* this.#hand(one, [address, ...parents], "system_aliases", undefined);
      return;
    }
    const user = this.#accounts.userByName(local);
    if (user === undefined) {
      add("", { kind: "failed", reason: "Unrouteable address" });
      return;
    }
    tried("userforward");
    const forward = parents[0] === `own:${address}` ? undefined : yield* readTextFile(this.#sys, `${user.home}/.forward`);
    const targets = forward?.split("\n").filter((line) => !/^\s*(?:#|$)/.test(line)).flatMap(splitTargets) ?? [];
    if (targets.length > 0) {
      for (const one of targets) {
        // one's own name among them: a copy stays here
        if (one.replace(/^\\/, "") === local || one.replace(/^\\/, "") === address) yield* this.#last(user, address, parents, tried);
        else yield* this.#hand(one, [address, ...parents], "userforward", user);
      }
      return;
    }
    yield* this.#last(user, address, parents, tried);
  }

  /** From procmail on: who has a mailbox. */
  *#last(user: User, address: string, parents: readonly string[], tried: (router: string, more?: string) => void): Blocking<void> {
    const add = (router: string, outcome: Route["outcome"]): void => void this.routes.push({ address, parents, router, outcome });
    tried("procmail");
    if (this.#procmail && (yield* readTextFile(this.#sys, `${user.home}/.procmailrc`)) !== undefined) {
      add("procmail", { kind: "pipe", user, transport: "procmail_pipe" });
      return;
    }
    tried("maildrop");
    tried("lowuid_aliases", ` (UID ${user.uid})`);
    if (user.uid === 0) {
      tried("mail4root");
      const mail = this.#accounts.userByName("mail");
      this.routes.push({ address: "/var/mail/mail", parents: [address, ...parents], router: "mail4root", outcome: { kind: "file", user: mail, transport: "address_file" } });
      return;
    }
    if (user.uid < FIRST_ORDINARY_UID && user.name !== "mail") {
      add("lowuid_aliases", { kind: "failed", reason: "no mail to system accounts" });
      return;
    }
    tried("local_user");
    const maildir = this.#configuration.delivery === "maildir_home";
    add("local_user", maildir ? { kind: "maildir", user, transport: this.#configuration.delivery } : { kind: "mailbox", user, transport: this.#configuration.delivery });
  }

  *#hand(word: string, parents: readonly string[], router: string, user: User | undefined): Blocking<void> {
    if (word.startsWith("|") || word.startsWith("/")) {
      const kind = word.startsWith("|") ? "pipe" : "file";
      this.routes.push({ address: word, parents, router, outcome: kind === "pipe" ? { kind, user, transport: "address_pipe" } : { kind, user, transport: "address_file" } });
    } else if (word.startsWith(":include:")) {
      for (const line of ((yield* readTextFile(this.#sys, word.slice(9).trim())) ?? "").split("\n")) for (const one of splitTargets(line.replace(/#.*$/, ""))) yield* this.#hand(one, parents, router, user);
    } else if (word === ":blackhole:") return;
    else if (word.startsWith(":fail:")) this.routes.push({ address: parents[0] ?? "", parents: parents.slice(1), router, outcome: { kind: "failed", reason: word.slice(6).trim() || "forced failure" } });
    else yield* this.route(word.replace(/^\\/, ""), parents);
  }

  *#remote(domain: string, tried: (router: string) => void, add: (router: string, outcome: Route["outcome"]) => void): Blocking<void> {
    const { kind } = this.#configuration;
    if (kind === "local" || kind === "none") {
      tried("nonlocal");
      add("nonlocal", { kind: "failed", reason: "Mailing to remote domains not supported" });
      return;
    }
    const relay = kind === "internet" ? domain : this.#configuration.macro("DCsmarthost").replace(/::\d+$/, "");
    const [router, transport] = kind === "internet" ? ["dnslookup", "remote_smtp"] : ["smarthost", "remote_smtp_smarthost"];
    tried(router);
    try {
      const [hostAddress] = /^\d+(?:\.\d+){3}$/.test(relay) ? [relay] : yield* lookUpHost(this.#sys, relay);
      if (hostAddress !== undefined) {
        add(router, { kind: "remote", transport, host: relay, hostAddress });
        return;
      }
    } catch (error) {
      if (!(error instanceof ResolveError)) throw error;
      if (error.code === "EAI_AGAIN") {
        add(router, { kind: "deferred", reason: `host lookup did not complete` });
        return;
      }
    }
    add(kind === "internet" ? "" : router, { kind: "failed", reason: kind === "internet" ? "Unrouteable address" : `lookup of host "${relay}" failed in smarthost router` });
  }
}

/** -bt, -bv: a group of lines for each place that an address goes to. */
export function routesShown(routes: readonly Route[]): string {
  return routes.map(({ address, parents, router, outcome }) => {
    if (outcome.kind === "failed" || outcome.kind === "deferred") return `${address} ${outcome.kind === "failed" ? "is undeliverable" : "cannot be resolved at this time"}: ${outcome.reason}\n`;
    if (outcome.kind === "file" || (outcome.kind === "pipe" && outcome.transport === "address_pipe")) return `${parents[0] ?? address} -> ${address}\n${parents.slice(1).map((one) => `    <-- ${one}\n`).join("")}  transport = ${outcome.transport}\n`;
    return `${address}\n${parents.map((one) => `    <-- ${one}\n`).join("")}  router = ${router}, transport = ${outcome.transport}\n${outcome.kind === "remote" ? `  host ${outcome.host} [${outcome.hostAddress}]\n` : ""}`;
  }).join("");
}
