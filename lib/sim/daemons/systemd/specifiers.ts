// Specifiers in unit files (systemd.unit(5), SPECIFIERS): %i, %n, %H...
import { nameParts, unescapeName } from "./api/unit-name.ts";

export interface SpecifierFacts {
  readonly hostname: string;
  readonly machineId: string;
  readonly bootId: string;
  readonly release: string;
}

export function expandSpecifiers(text: string, name: string, facts: SpecifierFacts): string {
  if (!text.includes("%")) return text;
  const { prefix, instance } = nameParts(name);
  return text.replace(/%([a-zA-Z%])/g, (whole, letter: string) => {
    switch (letter) {
      case "n":
        return name;
      case "N":
        return name.slice(0, name.lastIndexOf("."));
      case "p":
        return prefix;
      case "P":
        return unescapeName(prefix);
      case "i":
        return instance ?? "";
      case "I":
        return unescapeName(instance ?? "");
      case "j":
        return prefix.slice(prefix.lastIndexOf("-") + 1);
      case "J":
        return unescapeName(prefix.slice(prefix.lastIndexOf("-") + 1));
      case "f":
        return `/${unescapeName(instance ?? prefix)}`;
      case "H":
      case "l":
        return facts.hostname;
      case "m":
        return facts.machineId;
      case "b":
        return facts.bootId;
      case "v":
        return facts.release;
      case "u":
      case "g":
        return "root";
      case "U":
      case "G":
        return "0";
      case "h":
        return "/root";
      case "s":
        return "/bin/bash";
      case "t":
        return "/run";
      case "S":
        return "/var/lib";
      case "C":
        return "/var/cache";
      case "L":
        return "/var/log";
      case "E":
        return "/etc";
      case "T":
        return "/tmp";
      case "V":
        return "/var/tmp";
      case "a":
        return "x86-64";
      case "o":
        return "debian";
      case "w":
        return "12";
      case "%":
        return "%";
      default:
        return whole;
    }
  });
}
