// Objects of ip(8) of which a machine without more than addresses and routes has the kernel's defaults only: labels of addresses, tunnels, VRFs.

import { type IpContext, IpFailure, jsonText, matches } from "./_ip-context.ts";

/** RFC 6724's table as the kernel begins with it: prefix, label. */
const LABELS: readonly (readonly [string, number])[] = [
  ["::1/128", 0], ["::/96", 3], ["::ffff:0.0.0.0/96", 4], ["2001::/32", 6], ["2001:10::/28", 7], ["3ffe::/16", 12], ["2002::/16", 2], ["fec0::/10", 11], ["fc00::/7", 5], ["::/0", 1],
];

function labels({ io, options }: IpContext): void {
  if (options.json) io.out.put(jsonText(LABELS.map(([prefix, label]) => ({ address: prefix.split("/")[0], prefixlen: Number(prefix.split("/")[1]), label })), options.pretty));
  else for (const [prefix, label] of LABELS) io.out.put(`prefix ${prefix} label ${label} \n`);
}

function vrfs({ io, options }: IpContext): void {
  io.out.put(options.json ? "[]\n" : `${"Name".padEnd(16)}  ${"Table".padStart(5)}\n${"-".repeat(23)}\nNo VRF has been configured\n`);
}

const nothing = ({ io, options }: IpContext): void => {
  if (options.json) io.out.put(jsonText([], options.pretty));
};

interface Small {
  readonly show: (context: IpContext) => void;
  /** what the real program says at an unknown command ends so */
  readonly full: string;
}

const OBJECTS: ReadonlyMap<string, Small> = new Map<string, Small>([
  ["addrlabel", { show: labels, full: "." }], ["vrf", { show: vrfs, full: "." }], ["tunnel", { show: nothing, full: "" }], ["mroute", { show: nothing, full: "." }],
  ["nexthop", { show: nothing, full: "." }],
]);

/** Shows `object` when it is one of these and nothing but showing is asked for; says whether it was. */
export function showSmall(context: IpContext, object: string, words: readonly string[]): boolean {
  const found = [...OBJECTS].find(([name]) => matches(object, name));
  if (!found) return false;
  const [name, { show, full }] = found;
  const [action] = words;
  if (action === undefined || matches(action, "show") || matches(action, "list") || action === "lst" || action === "ls") {
    show(context);
    return true;
  }
  if (["add", "delete", "del", "change", "replace", "flush", "save", "restore", "get", "set", "exec", "identify", "pids", "prl", "6rd"].some((one) => matches(action, one))) return false;
  throw new IpFailure(`Command "${action}" is unknown, try "ip ${name} help"${full}`, 255);
}
