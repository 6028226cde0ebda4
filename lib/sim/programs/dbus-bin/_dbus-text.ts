// Messages as dbus-send and dbus-monitor print them (dbus-monitor(1)).
import type { BusMessage, DbusValue } from "../../daemons/dbus/api.ts";
import { completeTypes, isVariant } from "../kit/dbus/values.ts";

const names: ReadonlyMap<string, string> = new Map([["y", "byte"], ["b", "boolean"], ["n", "int16"], ["q", "uint16"], ["i", "int32"], ["u", "uint32"], ["x", "int64"], ["t", "uint64"], ["d", "double"], ["s", "string"], ["o", "object path"], ["g", "signature"], ["h", "file descriptor"]]);
const kinds: ReadonlyMap<BusMessage["type"], string> = new Map([["method_call", "method call"], ["method_return", "method return"], ["error", "error"], ["signal", "signal"]]);

const items = (value: DbusValue): readonly DbusValue[] => (Array.isArray(value) ? value : []);
const parts = (type: string): readonly string[] => completeTypes(type.slice(1, -1));

/** A value behind its blanks, three a level; `literal`: strings bare, and no line ends behind them. */
function text(type: string, value: DbusValue, depth: number, literal: boolean): string {
  const blanks = "   ".repeat(depth);
  const inner = (types: readonly string[], list: readonly DbusValue[], open: string, close: string): string => `${blanks}${open}\n${types.map((one, index) => text(one, list[index] ?? "", depth + 1, literal)).join("")}${blanks}${close}\n`;
  if (type === "v") return isVariant(value) ? `${blanks}variant ${text(value.signature, value.value, depth + 1, literal)}` : "";
  if (type === "ay") {
    const bytes = items(value).map(Number);
    const printable = bytes.length > 0 && bytes.every((byte) => byte >= 32 && byte < 127);
    return printable ? `${blanks}array of bytes "${String.fromCharCode(...bytes)}"\n` : `${blanks}array of bytes [\n${"   ".repeat(depth + 1)}${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}\n${blanks}]\n`;
  }
  if (type.startsWith("a")) return inner(items(value).map(() => type.slice(1)), items(value), "array [", "]");
  if (type.startsWith("{")) return inner(parts(type), items(value), "dict entry(", ")");
  if (type.startsWith("(")) return inner(parts(type), items(value), "struct {", "}");
  if (!"sog".includes(type)) return `${blanks}${names.get(type) ?? ""} ${String(value)}\n`;
  return literal ? blanks + String(value) : `${blanks}${names.get(type) ?? ""} "${String(value)}"\n`;
}

export function bodyText(signature: string, body: readonly DbusValue[], literal = false): string {
  return completeTypes(signature).map((type, index) => text(type, body[index] ?? "", 1, literal)).join("");
}

export const stamp = (us: number): string => `${Math.floor(us / 1e6)}.${String(Math.floor(us % 1e6)).padStart(6, "0")}`;

export function headText(message: Omit<BusMessage, "body" | "signature" | "flags">): string {
  const head = `${kinds.get(message.type) ?? ""} time=${stamp(message.atUs)} sender=${message.sender} -> destination=${message.destination ?? "(null destination)"}`;
  switch (message.type) {
    case "method_return":
      return `${head} serial=${message.serial} reply_serial=${message.replySerial ?? 0}\n`;
    case "error":
      return `${head} error_name=${message.error ?? ""} reply_serial=${message.replySerial ?? 0}\n`;
    default:
      return `${head} serial=${message.serial} path=${message.path ?? ""}; interface=${message.interface ?? "(null)"}; member=${message.member ?? ""}\n`;
  }
}
