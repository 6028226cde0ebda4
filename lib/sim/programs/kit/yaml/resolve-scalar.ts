// What a plain scalar means: YAML 1.1's implicit types as PyYAML reads them (yaml/resolver.py): yes and on are true, 010 is eight, 1:30 is ninety.

export type ScalarValue = null | boolean | number | string;

const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;

const sixties = (text: string): number => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

export function resolveScalar(text: string): ScalarValue {
  if (text === "" || text === "~" || text === "null" || text === "Null" || text === "NULL") return null;
  if (!/^[-+.0-9yYnNtTfFoO]/.test(text)) return text;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  const sign = text.startsWith("-") ? -1 : 1;
  const bare = text.replace(/^[-+]/, "").replaceAll("_", "");
  if (/^[-+]?0b[01_]+$/.test(text)) return sign * Number.parseInt(bare.slice(2), 2);
  if (/^[-+]?0x[0-9a-fA-F_]+$/.test(text)) return sign * Number.parseInt(bare.slice(2), 16);
  if (/^[-+]?0[0-7_]+$/.test(text)) return sign * Number.parseInt(bare, 8);
  if (/^[-+]?(?:0|[1-9][0-9_]*)$/.test(text)) return sign * Number(bare);
  if (/^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/.test(text) || /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/.test(text)) return sign * sixties(bare);
  if (/^[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?$/.test(text) || /^\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?$/.test(text)) return sign * Number(bare);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return sign * Number.POSITIVE_INFINITY;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN;
  return text;
}
