// The text that dash keeps of a job (jobs.c: cmdtxt): one line, braces left out.
import { printCommand } from "../syntax/printer.ts";
import type { Command, List } from "../syntax/tree.ts";

function listText(list: List): string {
  return list.items.map(({ command, background }, index) => dashJobText(command) + (background ? "&" : index === list.items.length - 1 ? "" : "; ")).join("");
}

export function dashJobText(command: Command): string {
  switch (command.type) {
    case "list": return listText(command);
    case "group": return listText(command.body);
    case "subshell": return `(${listText(command.body)})`;
    case "and-or": return dashJobText(command.first) + command.rest.map((part) => ` ${part.operator} ${dashJobText(part.command)}`).join("");
    case "pipeline": return `${command.negated ? "! " : ""}${command.commands.map(dashJobText).join(" | ")}`;
    case "if": return `if ${listText(command.condition)}; then ${listText(command.then)}${command.else ? `; else ${listText(command.else)}` : ""}; fi`;
    case "while": case "until": return `${command.type} ${listText(command.condition)}; do ${listText(command.body)}; done`;
    case "for": return `for ${command.name} in ${(command.words ?? []).map((word) => word.text).join(" ")}; do ${listText(command.body)}; done`;
    default: return printCommand(command);
  }
}
