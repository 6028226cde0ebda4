// Dynamic updates (RFC 2136): who may, what must be true before, the change, its journal and its line in the log.
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import type { DnsMessage, Rcode } from "../kit/dns/message.ts";
import { isBelow, undotted } from "../kit/dns/names.ts";
import { CLASS, TYPE, dataText, typeText } from "../kit/dns/records.ts";
import { type Client, clientLabel } from "./_answer.ts";
import { changeZone } from "./_change.ts";
import type { Named } from "./_server.ts";
import { sendNotifies } from "./_transfer.ts";

export function* update(sys: Sys, named: Named, message: DnsMessage, client: Client): Blocking<Rcode> {
  const name = message.question[0]?.name ?? ".";
  const served = named.zones.get(name.toLowerCase());
  const label = clientLabel(sys, client);
  if (served?.zone === undefined || served.kind !== "primary") return "NOTAUTH";
  const who = `updating zone '${undotted(served.origin)}/IN'`;
  const allowed = served.clause?.options.get("allow-update")?.[0]?.elements;
  const { zone } = served;
  if (allowed === undefined || !named.matches(sys, allowed, client.address)) {
    yield* named.say(sys, `${label}: update '${undotted(served.origin)}/IN' denied`, "update-security");
    return "REFUSED";
  }
  if (served.frozen) {
    yield* named.say(sys, `${label}: ${who}: update failed: zone is frozen (REFUSED)`, "update");
    return "REFUSED";
  }
  // prerequisites stand where an answer would
  for (const { name: owner, type, class: class_ } of message.answer) {
    const here = zone.at(owner);
    const some = type === TYPE.ANY ? here.length > 0 : zone.at(owner, type).length > 0;
    const wrong: readonly [Rcode, string] | undefined = class_ === CLASS.NONE ? (some ? (type === TYPE.ANY ? ["YXDOMAIN", "'name not in use'"] : ["YXRRSET", "'rrset does not exist'"]) : undefined) : some ? undefined : type === TYPE.ANY ? ["NXDOMAIN", "'name in use'"] : ["NXRRSET", "'rrset exists (value independent)'"];
    if (wrong !== undefined) {
      yield* named.say(sys, `${label}: ${who}: update unsuccessful: ${undotted(owner)}${type === TYPE.ANY ? "" : `/${typeText(type)}`}: ${wrong[1]} prerequisite not satisfied (${wrong[0]})`, "update");
      return wrong[0];
    }
  }
  for (const { name: owner } of message.authority) {
    if (isBelow(owner, served.origin)) continue;
    yield* named.say(sys, `${label}: ${who}: update failed: update RR is outside zone (NOTZONE)`, "update");
    return "NOTZONE";
  }
  for (const record of message.authority) {
    const owner = undotted(record.name);
    if (record.class === CLASS.ANY) yield* named.say(sys, `${label}: ${who}: delete all rrsets from name '${owner}'`.replace(/delete all rrsets from name .*/, record.type === TYPE.ANY ? "$&" : `deleting rrset at '${owner}' ${typeText(record.type)}`), "update");
    else if (record.class === CLASS.NONE) yield* named.say(sys, `${label}: ${who}: deleting an RR at ${owner} ${typeText(record.type)}`, "update");
    else yield* named.say(sys, `${label}: ${who}: adding an RR at '${owner}' ${typeText(record.type)} ${dataText(record)}`, "update");
  }
  try {
    yield* named.journal(sys, served, message);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    yield* named.say(sys, `${served.file ?? ""}.jnl: create: ${error.message.toLowerCase()}`, "general", "error");
    yield* named.say(sys, `${label}: ${who}: error: journal open failed: unexpected error`, "update");
    return "SERVFAIL";
  }
  if (changeZone(zone, message.authority)) yield* sendNotifies(sys, named, served);
  return "NOERROR";
}
