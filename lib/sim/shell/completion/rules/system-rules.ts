// Services, processes, hosts' own settings, kernel modules, network interfaces.

import type { Blocking } from "../../../kernel/sys.ts";
import { type Candidates, NOTHING } from "../candidates.ts";
import { type CompletionContext, type CompletionRule, filedir, namesIn, ofAction, operandsBefore, optionCandidates, processIds, processNames, readText, serviceNames, signals, startingWith, unitNames } from "./completion-context.ts";
import { declared } from "./declared-rule.ts";

const words = (text: string): string[] => text.split(" ");

const SYSTEMCTL_UNIT_VERBS = words(
  "cat condreload condrestart condstop disable edit enable force-reload freeze help is-active is-enabled is-failed kill list-dependencies mask preset reenable reload reload-or-restart reset-failed restart revert set-property " +
  "show start status stop thaw try-reload-or-restart try-restart unmask isolate clean link log-target bind mount-image add-wants add-requires service-log-level service-log-target service-watchdogs",
);
const SYSTEMCTL_VERBS = words("cancel daemon-reexec daemon-reload default emergency exit get-default halt hibernate hybrid-sleep import-environment is-system-running kexec list-automounts list-jobs list-machines list-paths list-sockets list-timers list-unit-files list-units log-level poweroff preset-all reboot rescue set-default set-environment show-environment suspend suspend-then-hibernate switch-root unset-environment");
const SYSTEMCTL_OPTIONS = words("--all -a --reverse --after --before --defaults --force -f --full -l --global --help -h --no-ask-password --no-block --legend=no --no-pager --no-reload --no-wall --now --quiet -q --system --user --version --runtime --recursive -r --firmware-setup --show-types --plain --failed --value --fail --dry-run --wait --with-dependencies --show-transaction -T --mkdir --marked --read-only --host= -H --job-mode= --kill-whom= --kill-value= --lines= --machine= -M --message= --output= -o --preset-mode= --property= -p --root= --signal= -s --state= --type= -t --what= --timestamp=");

function* systemctl(context: CompletionContext): Blocking<Candidates> {
  if (context.prev === "-t" || context.prev === "--type") return startingWith(context, words("automount device mount path scope service slice socket swap target timer"));
  if (context.cur.startsWith("-")) return optionCandidates(context, SYSTEMCTL_OPTIONS);
  const verb = operandsBefore(context)[0];
  if (verb === undefined) return startingWith(context, [...SYSTEMCTL_UNIT_VERBS, ...SYSTEMCTL_VERBS]);
  if (verb === "set-default" || verb === "isolate") return startingWith(context, unitNames(context).filter((name) => name.endsWith(".target")));
  if (SYSTEMCTL_UNIT_VERBS.includes(verb) || verb === "list-units" || verb === "list-unit-files") return startingWith(context, unitNames(context), { filenames: true });
  return NOTHING;
}

const JOURNAL_OPTIONS = words("-a --all -f --follow -h --help -l --full -k --dmesg --list-boots -m --merge --no-hostname --no-pager --no-tail -q --quiet -r --reverse -x --catalog -b --boot= --case-sensitive= -D --directory= -e --pager-end -F --field= --file= -g --grep= -n --lines= -N --fields --namespace= -o --output= -p --priority= -S --since= -t --identifier= -u --unit= -U --until= --user-unit= --disk-usage --rotate --vacuum-size= --vacuum-time= --vacuum-files= --verify --version --utc --header --cursor= --after-cursor= --show-cursor --system --user");

function* journalctl(context: CompletionContext): Blocking<Candidates> {
  if (context.prev === "-u" || context.prev === "--unit") return startingWith(context, unitNames(context));
  if (context.prev === "-p" || context.prev === "--priority") return startingWith(context, words("emerg alert crit err warning notice info debug"));
  if (context.prev === "-o" || context.prev === "--output") return startingWith(context, words("short short-full short-iso short-iso-precise short-precise short-monotonic short-unix verbose export json json-pretty json-sse json-seq cat with-unit"));
  if (context.cur.startsWith("-")) return optionCandidates(context, JOURNAL_OPTIONS);
  return NOTHING;
}

/** A service, then what its script in /etc/init.d takes. */
function* service(context: CompletionContext): Blocking<Candidates> {
  const [name] = operandsBefore(context);
  if (name === undefined) return context.cur.startsWith("-") ? optionCandidates(context, ["--status-all"]) : startingWith(context, serviceNames(context));
  const usage = /usage.*\{(.*)\}/i.exec(yield* readText(context, `/etc/init.d/${name}`))?.[1];
  return startingWith(context, [...new Set([...(usage?.split(/[|\s]+/) ?? words("stop reload force-reload restart try-restart status")), "start"])]);
}

function* processSignal(context: CompletionContext): Blocking<Candidates> {
  if (context.prev === "-u" || context.prev === "-U") return ofAction(context, "user");
  if (context.prev === "-s" || context.prev === "--signal") return signals(context);
  if (context.words.length === 2 && context.cur.startsWith("-") && !context.cur.startsWith("--")) return signals(context, "-");
  if (context.cur.startsWith("-")) return yield* declared(context);
  return yield* processNames(context);
}

const interfaces: CompletionRule = function* (context) {
  if (context.cur.startsWith("-")) return yield* declared(context);
  return startingWith(context, namesIn(context, "/sys/class/net"));
};

const IP_OBJECTS = words("help addr addrlabel link l2tp maddress monitor mptcp mroute mrule neighbor neighbour netns nexthop ntable ntbl route rule sr tap tcpmetrics token tunnel tuntap xfrm");
const IP_VERBS: ReadonlyMap<string, readonly string[]> = new Map([
  ["addr", words("help add change replace del show flush")], ["address", words("help add change replace del show flush")], ["a", words("help add change replace del show flush")],
  ["link", words("help add delete set show")], ["route", words("help list flush get add del change append replace monitor")], ["neighbor", words("help add change replace delete show flush get")],
  ["neighbour", words("help add change replace delete show flush get")], ["netns", words("list exec add delete set identify pids monitor list-id")], ["rule", words("help list add del")], ["tuntap", words("help add del show")],
]);

function* ip(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.startsWith("-")) return startingWith(context, words("-b -batch -force -V -Version -s -stats -statistics -d -details -l -loops -f -family -4 -6 -I -D -B -0 -o -oneline -r -resolve -t -timestamp -ts -tshort -N -Numeric -rc -rcvbuf -c -color -j -json -p -pretty -br -brief -a -all -n -netns"));
  const [object, verb] = operandsBefore(context);
  if (object === undefined) return startingWith(context, IP_OBJECTS);
  if (context.prev === "dev" || (object === "link" && verb !== undefined)) return startingWith(context, namesIn(context, "/sys/class/net"));
  if (object === "netns" && verb !== undefined) return startingWith(context, namesIn(context, "/run/netns"));
  if (verb === undefined) return startingWith(context, IP_VERBS.get(object) ?? []);
  return startingWith(context, ["dev", "scope", "to", "label", "dynamic", "permanent", "tentative", "deprecated", "primary", "secondary", "up"]);
}

function* modules(context: CompletionContext): Blocking<Candidates> {
  if (context.cur.startsWith("-")) return yield* declared(context);
  return startingWith(context, (yield* readText(context, "/proc/modules")).split("\n").map((line) => line.split(" ")[0] ?? "").filter((name) => name !== ""));
}

export const systemRules: readonly (readonly [string, CompletionRule])[] = [
  ["systemctl", systemctl], ["journalctl", journalctl], ["service", service], ["invoke-rc.d", service], ["ip", ip], ["ifup", interfaces], ["ifdown", interfaces], ["ifconfig", interfaces], ["ethtool", interfaces],
  ["killall", processSignal], ["pkill", processSignal], ["pgrep", processSignal], ["pidof", processNames], ["renice", processIds], ["pwdx", processIds], ["pmap", processIds], ["rmmod", modules], ["modinfo", modules],
  ["hostname", function* (context) { return context.cur.startsWith("-") ? yield* declared(context) : NOTHING; }],
  ["ps", function* (context) {
    if (context.prev === "-p" || context.prev === "--pid") return yield* processIds(context);
    if (context.prev === "-u" || context.prev === "-U" || context.prev === "--user") return ofAction(context, "user");
    return context.cur.startsWith("-") ? yield* declared(context) : NOTHING;
  }],
  ["update-rc.d", service], ["fdisk", function* (context) { return context.cur.startsWith("-") ? yield* declared(context) : yield* filedir(context); }],
];
