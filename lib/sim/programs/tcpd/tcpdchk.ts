// tcpdchk: the rules of the wrappers, line by line, and what is wrong with them (tcpdchk(8)).
import { readTextFile } from "../kit/accounts.ts";
import { flag, text } from "../kit/option.ts";
import { exists } from "../kit/presence.ts";
import { type Io, program } from "../kit/program.ts";
import { parseRules } from "../kit/tcp-wrappers.ts";

export default program(
  { name: "tcpdchk", path: "/usr/sbin/tcpdchk", manSection: 8, summary: "tcp wrapper configuration checker", synopsis: ["[-a] [-d] [-i inet_conf] [-v]"], operands: "none", options: [flag(["-a"], "report rules of hosts.allow that do not end in ALLOW"), flag(["-d"], "use hosts.allow and hosts.deny of the current directory"), text(["-i"], "inet_conf", "where the configuration of inetd is"), flag(["-v"], "list all rules")], seeAlso: ["hosts_access(5)", "tcpdmatch(8)"] },
  function* (sys, argv, io: Io) {
    let [verbose, here, all] = [false, false, false];
    let configuration: string | undefined;
    const args = argv.slice(1);
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? "";
      if (word === "-i") configuration = args[++at];
      else if (/^-[adv]+$/.test(word)) {
        verbose ||= word.includes("v");
        here ||= word.includes("d");
        all ||= word.includes("a");
      } else {
        yield* io.stderr(`${word.startsWith("-") ? `${io.argv0}: invalid option -- '${word.charAt(1)}'\n` : ""}usage: ${io.argv0} [-a] [-d] [-i inet_conf] [-v]\n\t-a: name rules that end without ALLOW or DENY\n\t-d: take hosts.allow and hosts.deny of this directory\n\t-i: another inetd.conf\n\t-v: show every rule\n`);
        return 1;
      }
    }
    if (configuration !== undefined && !exists(sys, configuration)) {
      yield* io.stderr(`open ${configuration}: No such file or directory\n`);
      return 1;
    }
    configuration ??= ["/etc/inetd.conf", "/etc/xinetd.conf"].find((path) => exists(sys, path));
    if (verbose && configuration !== undefined) io.out.put(`Using network configuration file: ${configuration}\n`);
    for (const [name, allows] of [["hosts.allow", true], ["hosts.deny", false]] as const) {
      const file = here ? name : `/etc/${name}`;
      const { rules, wrong } = parseRules((yield* readTextFile(sys, file)) ?? "");
      for (const { line, text } of wrong) yield* io.stderr(`warning: ${file}, line ${line}: ${text}\n`);
      for (const rule of rules) {
        const word = rule.options.map((option) => option.toLowerCase()).find((option) => option === "allow" || option === "deny");
        if (all && allows && word === undefined) yield* io.stderr(`warning: ${file}, line ${rule.line}: implicit "allow" at end of rule\n`);
        if (verbose) io.out.put(`\n>>> Rule ${file} line ${rule.line}:\ndaemons:  ${rule.daemons.split(/[\s,]+/).join(" ")}\nclients:  ${rule.clients.split(/[\s,]+/).join(" ")}\naccess:   ${word === undefined ? (allows ? "granted" : "denied") : word === "allow" ? "granted" : "denied"}\n`);
      }
    }
    return 0;
  },
);
