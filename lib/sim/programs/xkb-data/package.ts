import { LAYOUTS, MODELS, VARIANTS } from "../kit/keyboard/keyboard-choices.ts";
import type { DebianPackage } from "../kit/package.ts";

const row = (name: string, words: string): string => `  ${name.padEnd(15)} ${words}\n`;

function baseList(): string {
  const options: readonly (readonly [string, string])[] = [["grp", "Switching to another layout"], ["grp:alt_shift_toggle", "Alt+Shift"], ["grp:caps_toggle", "Caps Lock"], ["lv3", "Key to choose the 3rd level"], ["lv3:ralt_switch", "Right Alt"], ["ctrl", "Ctrl position"], ["ctrl:nocaps", "Caps Lock as Ctrl"], ["compose", "Position of Compose key"], ["compose:ralt", "Right Alt"], ["compose:rctrl", "Right Ctrl"], ["terminate", "Key sequence to kill the X server"], ["terminate:ctrl_alt_bksp", "Ctrl+Alt+Backspace"]];
  const variants = [...VARIANTS].flatMap(([layout, list]) => list.filter(({ name }) => name !== "").map(({ name, english }) => row(name, `${layout}: ${english.replace(/^.* - /, "")}`)));
  return `! model\n${MODELS.map(({ name, english }) => row(name, english)).join("")}\n! layout\n${LAYOUTS.map(({ name, english }) => row(name, english)).join("")}\n! variant\n${variants.join("")}\n! option\n${options.map(([name, words]) => row(name, words)).join("")}`;
}

export default {
  name: "xkb-data", summary: "keyboard layouts of X",
  files: [{ path: "/usr/share/X11/xkb/rules/base.lst", text: baseList() }, { path: "/usr/share/X11/xkb/rules/evdev.lst", symlink: "base.lst" }],
} satisfies DebianPackage;
