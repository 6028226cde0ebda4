// A rule of ufw: as its files keep it (a "tuple" line), as the lines for iptables that follow it, as it is typed, and as `ufw status` shows it.

export type Action = "allow" | "deny" | "reject" | "limit";

export interface UfwRule {
  readonly action: Action;
  readonly log: "" | "log" | "log-all";
  readonly protocol: string;
  readonly destination: string;
  readonly destinationPort: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly destinationApplication: string;
  readonly sourceApplication: string;
  readonly direction: "in" | "out";
  readonly inInterface: string;
  readonly outInterface: string;
  readonly isRoute: boolean;
  readonly comment: string;
  readonly isV6: boolean;
}

export const anywhere = (isV6: boolean): string => (isV6 ? "::/0" : "0.0.0.0/0");
const isAnywhere = (address: string): boolean => address === "0.0.0.0/0" || address === "::/0";
const hexOf = (text: string): string => [...new Uint8Array([...unescape8(text)])].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function* unescape8(text: string): Generator<number> {
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) yield code;
    else if (code < 0x800) yield* [0xc0 | (code >> 6), 0x80 | (code & 63)];
    else yield* [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  }
}

const textOfHex = (hex: string): string => decodeURIComponent(hex.replace(/../g, "%$&"));

/** Whether they match the same packets: what is done with those may differ. */
export function samePackets(a: UfwRule, b: UfwRule): boolean {
  return matchKey(a) === matchKey(b);
}

function matchKey(rule: UfwRule): string {
  return [rule.protocol, rule.destination, rule.destinationPort, rule.source, rule.sourcePort, rule.destinationApplication, rule.sourceApplication, rule.direction, rule.inInterface, rule.outInterface, rule.isRoute, rule.isV6].join(" ");
}

export function tupleLine(rule: UfwRule): string {
  const action = `${rule.isRoute ? "route:" : ""}${rule.action}${rule.log === "" ? "" : `_${rule.log}`}`;
  const application = (name: string): string => (name === "" ? "-" : name.replaceAll(" ", "%20"));
  const applications = rule.destinationApplication === "" && rule.sourceApplication === "" ? "" : ` ${application(rule.destinationApplication)} ${application(rule.sourceApplication)}`;
  const interfaces = [...(rule.inInterface === "" ? [] : [`in_${rule.inInterface}`]), ...(rule.outInterface === "" ? [] : [`out_${rule.outInterface}`])].join("!");
  return `### tuple ### ${action} ${rule.protocol} ${rule.destinationPort} ${rule.destination} ${rule.sourcePort} ${rule.source}${applications} ${interfaces === "" ? rule.direction : interfaces}${rule.comment === "" ? "" : ` comment=${hexOf(rule.comment)}`}`;
}

export function parseTuple(line: string, isV6: boolean): UfwRule | undefined {
  const words = line.replace(/^### tuple ### /, "").split(" ");
  let comment = "";
  const last = words.at(-1) ?? "";
  if (last.startsWith("comment=")) {
    comment = textOfHex(last.slice(8));
    words.pop();
  }
  const [shown = "", protocol = "any", destinationPort = "any", destination = "", sourcePort = "any", source = ""] = words;
  if (words.length < 7) return undefined;
  const way = words.at(-1) ?? "in";
  const [destinationApplication = "", sourceApplication = ""] = words.length > 8 ? words.slice(6, 8).map((name) => (name === "-" ? "" : name.replaceAll("%20", " "))) : [];
  const isRoute = shown.startsWith("route:");
  const [name = "", log = ""] = shown.replace("route:", "").split("_");
  if (name !== "allow" && name !== "deny" && name !== "reject" && name !== "limit") return undefined;
  const parts = way.split("!");
  const inInterface = parts.find((one) => one.startsWith("in_"))?.slice(3) ?? "";
  const outInterface = parts.find((one) => one.startsWith("out_"))?.slice(4) ?? "";
  return {
    action: name, log: log === "log" || log === "log-all" ? log : "", protocol, destination, destinationPort, source, sourcePort, destinationApplication, sourceApplication, direction: way.startsWith("out") && !isRoute ? "out" : "in", inInterface, outInterface, isRoute, comment, isV6,
  };
}

const TARGETS = { allow: "ACCEPT", deny: "DROP", reject: "REJECT", limit: "" } as const;

/** The lines that iptables-restore gets for it. */
export function iptablesLines(rule: UfwRule): readonly string[] {
  const chain = `ufw${rule.isV6 ? "6" : ""}-user-${rule.isRoute ? "forward" : rule.direction === "in" ? "input" : "output"}`;
  const logging = chain.replace("user-", "user-logging-");
  const out: string[] = [];
  const hasPorts = rule.destinationPort !== "any" || rule.sourcePort !== "any";
  const protocols = rule.protocol === "any" ? (hasPorts ? ["tcp", "udp"] : [undefined]) : [rule.protocol];
  const port = (option: string, value: string): string => (value === "any" ? "" : /[,:]/.test(value) ? ` -m multiport --${option}s ${value}` : ` --${option} ${value}`);
  for (const protocol of protocols) {
    const match = `${rule.inInterface === "" ? "" : ` -i ${rule.inInterface}`}${rule.outInterface === "" ? "" : ` -o ${rule.outInterface}`}${protocol === undefined ? "" : ` -p ${protocol}`}${isAnywhere(rule.destination) ? "" : ` -d ${rule.destination}`}${port("dport", rule.destinationPort)}${isAnywhere(rule.source) ? "" : ` -s ${rule.source}`}${port("sport", rule.sourcePort)}`;
    const applications = [...(rule.destinationApplication === "" ? [] : [`dapp_${rule.destinationApplication.replaceAll(" ", "%20")}`]), ...(rule.sourceApplication === "" ? [] : [`sapp_${rule.sourceApplication.replaceAll(" ", "%20")}`])];
    const comment = applications.length === 0 ? "" : ` -m comment --comment '${applications.join(",")}'`;
    if (rule.log !== "") {
      const word = rule.action === "limit" ? "LIMIT" : rule.action === "allow" ? "ALLOW" : "BLOCK";
      out.push(`-A ${logging}${match}${rule.log === "log" ? " -m conntrack --ctstate NEW" : ""} -m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix "[UFW ${word}] "`, `-A ${logging}${match} -j RETURN`, `-A ${chain}${match} -j ${logging}`);
    }
    if (rule.action === "limit") {
      const limit = `ufw${rule.isV6 ? "6" : ""}-user-limit`;
      out.push(`-A ${chain}${match} -m conntrack --ctstate NEW -m recent --set${comment}`, `-A ${chain}${match} -m conntrack --ctstate NEW -m recent --update --seconds 30 --hitcount 6 -j ${limit}${comment}`, `-A ${chain}${match} -j ${limit}-accept${comment}`);
    } else out.push(`-A ${chain}${match} -j ${TARGETS[rule.action]}${rule.action === "reject" && protocol === "tcp" ? " --reject-with tcp-reset" : ""}${comment}`);
  }
  return out;
}

const quotedName = (name: string): string => (/\s/.test(name) ? `'${name}'` : name);

/** What is typed behind `ufw` for it. */
export function commandText(rule: UfwRule): string {
  const words: string[] = [...(rule.isRoute ? ["route"] : []), rule.action];
  const log = rule.log === "" ? [] : [rule.log];
  const isSimple = isAnywhere(rule.source) && isAnywhere(rule.destination) && rule.sourcePort === "any" && rule.sourceApplication === "" && rule.inInterface === "" && rule.outInterface === "" && !rule.isRoute && (rule.destinationPort !== "any" || rule.destinationApplication !== "");
  if (isSimple) words.push(...(rule.direction === "out" ? ["out"] : []), ...log, rule.destinationApplication !== "" ? quotedName(rule.destinationApplication) : `${rule.destinationPort}${rule.protocol === "any" ? "" : `/${rule.protocol}`}`);
  else {
    if (rule.inInterface !== "") words.push("in", "on", rule.inInterface);
    if (rule.outInterface !== "") words.push("out", "on", rule.outInterface);
    else if (rule.direction === "out") words.push("out");
    words.push(...log);
    const end = (word: string, address: string, port: string, application: string): string[] => (isAnywhere(address) && port === "any" && application === "" ? [] : [word, isAnywhere(address) ? "any" : address, ...(application !== "" ? ["app", quotedName(application)] : port === "any" ? [] : ["port", port])]);
    const ends = [...end("from", rule.source, rule.sourcePort, rule.sourceApplication), ...end("to", rule.destination, rule.destinationPort, rule.destinationApplication)];
    words.push(...(ends.length === 0 && rule.inInterface === "" && rule.outInterface === "" ? ["to", "any"] : ends), ...(rule.protocol === "any" || rule.destinationApplication !== "" || rule.sourceApplication !== "" ? [] : ["proto", rule.protocol]));
  }
  if (rule.comment !== "") words.push("comment", `'${rule.comment}'`);
  return words.join(" ");
}

/** A line of `ufw status` without its number. */
export function statusLine(rule: UfwRule, how: { readonly isVerbose: boolean; readonly showsDirection: boolean; readonly isNumbered: boolean }): string {
  const end = (address: string, port: string, application: string): string => {
    const v6 = rule.isV6 && isAnywhere(address) ? " (v6)" : "";
    const parts: string[] = [];
    if (!isAnywhere(address)) parts.push(address);
    if (application !== "") {
      const name = `${application}${v6}`;
      if (!how.isVerbose) parts.push(name);
      else return [...parts, `${port}${rule.protocol === "any" ? "" : `/${rule.protocol}`} (${name})`].join(" ");
      return parts.join(" ");
    }
    if (port !== "any") parts.push(`${port}${rule.protocol === "any" ? "" : `/${rule.protocol}`}`);
    const alone = rule.protocol !== "any" && rule.destinationPort === "any" && rule.sourcePort === "any" && (!isAnywhere(address) || (isAnywhere(rule.source) && isAnywhere(rule.destination))) ? `/${rule.protocol}` : "";
    return `${parts.length === 0 ? "Anywhere" : parts.join(" ")}${alone}${v6}`;
  };
  const on = (name: string): string => (name === "" ? "" : ` on ${name}`);
  const to = `${end(rule.destination, rule.destinationPort, rule.destinationApplication)}${on(rule.isRoute ? rule.outInterface : rule.inInterface)}`;
  const from = `${end(rule.source, rule.sourcePort, rule.sourceApplication)}${on(rule.isRoute ? rule.inInterface : rule.outInterface)}`;
  const way = rule.isRoute ? " FWD" : rule.direction === "out" ? " OUT" : how.showsDirection ? " IN" : "";
  const notes = [...(rule.log === "" ? [] : [rule.log]), ...(how.isNumbered && rule.direction === "out" && !rule.isRoute ? ["out"] : [])].join(", ");
  return `${to.padEnd(26)} ${`${rule.action.toUpperCase()}${way}`.padEnd(11)} ${from.padEnd(26)}${notes === "" ? "" : ` (${notes})`}${rule.comment === "" ? "" : ` # ${rule.comment}`}\n`;
}
