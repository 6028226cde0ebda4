// main.cf and the tables of aliases (postconf(5), aliases(5)).

import type { Blocking, Sys } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";

/** What holds without a line in main.cf; "$name" is another parameter's value. */
export const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ["alias_database", "hash:/etc/aliases"], ["alias_maps", "hash:/etc/aliases, nis:mail.aliases"], ["append_dot_mydomain", "yes"], ["biff", "yes"], ["command_directory", "/usr/sbin"], ["config_directory", "/etc/postfix"], ["daemon_directory", "/usr/lib/postfix/sbin"], ["data_directory", "/var/lib/postfix"], ["home_mailbox", ""],
  ["inet_interfaces", "all"], ["inet_protocols", "all"], ["mail_name", "Postfix"], ["mail_owner", "postfix"], ["mail_spool_directory", "/var/mail"], ["mail_version", "3.7.11"], ["mailbox_command", ""], ["mailbox_size_limit", "51200000"], ["maximal_queue_lifetime", "5d"], ["message_size_limit", "10240000"],
  ["mydestination", "$myhostname, localhost.$mydomain, localhost"], ["mydomain", "localdomain"], ["myhostname", ""], ["mynetworks", "127.0.0.0/8 [::1]/128"], ["myorigin", "$myhostname"], ["queue_directory", "/var/spool/postfix"], ["recipient_delimiter", ""], ["relay_domains", ""], ["relayhost", ""], ["smtpd_banner", "$myhostname ESMTP $mail_name"],
  ["smtpd_relay_restrictions", "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination"], ["transport_maps", ""], ["virtual_alias_maps", "$virtual_maps"],
]);

export class PostfixConfiguration {
  readonly given: ReadonlyMap<string, string>;
  readonly #hostName: string;

  constructor(given: ReadonlyMap<string, string>, hostName: string) {
    this.given = given;
    this.#hostName = hostName;
  }

  static *read(sys: Sys): Blocking<PostfixConfiguration> {
    const given = new Map<string, string>();
    let last = "";
    for (const line of ((yield* readTextFile(sys, "/etc/postfix/main.cf")) ?? "").split("\n")) {
      if (/^\s*(?:#|$)/.test(line)) continue;
      if (/^\s/.test(line)) given.set(last, `${given.get(last) ?? ""} ${line.trim()}`.trim());
      else {
        last = line.slice(0, line.indexOf("=")).trim();
        given.set(last, line.slice(line.indexOf("=") + 1).trim());
      }
    }
    return new PostfixConfiguration(given, sys.uname().nodename);
  }

  raw(name: string): string | undefined {
    return this.given.get(name) ?? (name === "myhostname" ? this.#hostName : DEFAULTS.get(name));
  }

  /** With the values of other parameters put in. */
  value(name: string, depth = 0): string {
    const raw = this.raw(name) ?? "";
    if (depth > 8) return raw;
    return raw.replace(/\$(?:\{([A-Za-z_0-9]+)\}|\(([A-Za-z_0-9]+)\)|([A-Za-z_0-9]+))/g, (_, a: string | undefined, b: string | undefined, c: string | undefined) => this.value(a ?? b ?? c ?? "", depth + 1));
  }

  /** "user" becomes "user@myorigin". */
  qualified(address: string, origin: string): string {
    return address.includes("@") ? address : `${address}@${origin}`;
  }

  isLocal(domain: string): boolean {
    return this.value("mydestination").split(/[\s,]+/).some((one) => one.toLowerCase() === domain.toLowerCase());
  }
}

/** myorigin may name a file. */
export function* originOf(sys: Sys, configuration: PostfixConfiguration): Blocking<string> {
  const origin = configuration.value("myorigin");
  return origin.startsWith("/") ? ((yield* readTextFile(sys, origin))?.trim() ?? configuration.value("myhostname")) : origin;
}

/** "name: a, b, |program, /file, :include:/path" */
export function parseAliases(text: string): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, readonly string[]>();
  for (const line of text.replace(/\n[ \t]+/g, " ").split("\n")) {
    const match = /^\s*("?)([^:"#\s]+)\1\s*:\s*(.+?)\s*$/.exec(line);
    if (match === null || /^\s*#/.test(line)) continue;
    aliases.set((match[2] ?? "").toLowerCase(), splitTargets(match[3] ?? ""));
  }
  return aliases;
}

/** Of an alias or a line of .forward: quotes hold a command together. */
export function splitTargets(text: string): readonly string[] {
  return (text.match(/(?:"[^"]*"|[^,\s"])+(?:\s+(?![^,]*:)[^,\s]+)*/g) ?? []).map((target) => target.trim().replace(/^"(.*)"$/, "$1").replace(/^\\/, "\\")).filter((target) => target !== "");
}
