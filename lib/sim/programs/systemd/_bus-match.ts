// Match rules of D-Bus: which messages a monitor wants.
import type { BusMessage } from "../../daemons/dbus/api.ts";

const ruleKeys: ReadonlyMap<string, keyof BusMessage> = new Map<string, keyof BusMessage>([["type", "type"], ["sender", "sender"], ["destination", "destination"], ["path", "path"], ["interface", "interface"], ["member", "member"]]);

/** A match rule: type='signal',member='Foo' (D-Bus specification, "Match Rules"). */
export function passesRule(message: BusMessage, rule: string): boolean {
  for (const part of rule.split(",")) {
    const match = /^\s*(\w+)\s*=\s*'?([^']*)'?\s*$/.exec(part);
    const key = ruleKeys.get(match?.[1] ?? "");
    if (match === null || (key !== undefined && message[key] !== match[2])) return false;
  }
  return true;
}
