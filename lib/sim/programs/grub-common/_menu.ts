// The parts of grub.cfg that GRUB's own scripts in /etc/grub.d write: settings, and an entry for each kernel (the GRUB manual, "Simple configuration handling").
import type { GrubPlace } from "./_device.ts";

export interface MenuFacts {
  readonly settings: ReadonlyMap<string, string>;
  readonly place: GrubPlace;
  readonly distributor: string;
  /** newest first */
  readonly kernels: readonly { readonly release: string; readonly image: string; readonly initrd: string | undefined }[];
}

const setting = (facts: MenuFacts, name: string, usual: string): string => facts.settings.get(name) ?? usual;

export function headerText(facts: MenuFacts): string {
  const chosen = setting(facts, "GRUB_DEFAULT", "0");
  const wait = setting(facts, "GRUB_TIMEOUT", "5");
  const style = setting(facts, "GRUB_TIMEOUT_STYLE", "menu");
  const { hint, uuid } = facts.place;
  const terminal = facts.settings.get("GRUB_TERMINAL");
  return `if [ -s $prefix/grubenv ]; then
  set have_grubenv=true
  load_env
fi
if [ "\${next_entry}" ] ; then
   set default="\${next_entry}"
   set next_entry=
   save_env next_entry
   set boot_once=true
else
   set default="${chosen === "saved" ? "${saved_entry}" : chosen}"
fi

if [ x"\${feature_menuentry_id}" = xy ]; then
  menuentry_id_option="--id"
else
  menuentry_id_option=""
fi

export menuentry_id_option

function load_video {
  insmod all_video
}

insmod part_${facts.place.partmap || "msdos"}
insmod ${facts.place.fileSystem || "ext2"}
set root='${hint}'
search --no-floppy --fs-uuid --set=root ${uuid}
${terminal === undefined ? "    font=unicode\n\nif loadfont $font ; then\n  set gfxmode=auto\n  load_video\n  insmod gfxterm\nfi\nterminal_output gfxterm\n" : `terminal_input ${terminal}\nterminal_output ${terminal}\n`}if [ "\${recordfail}" = 1 ] ; then
  set timeout=30
else
  if [ x$feature_timeout_style = xy ] ; then
    set timeout_style=${style}
    set timeout=${wait}
  else
    set timeout=${style === "hidden" ? "0" : wait}
  fi
fi
`;
}

export const themeText = "set menu_color_normal=cyan/blue\nset menu_color_highlight=white/blue\n";

function entry(facts: MenuFacts, kernel: MenuFacts["kernels"][number], kind: "simple" | "advanced" | "recovery", indent: string): string {
  const { distributor, place } = facts;
  const system = `${distributor} GNU/Linux`;
  const title = kind === "simple" ? system : `${system}, with Linux ${kernel.release}${kind === "recovery" ? " (recovery mode)" : ""}`;
  const id = kind === "simple" ? `gnulinux-simple-${place.uuid}` : `gnulinux-${kernel.release}-${kind}-${place.uuid}`;
  const root = setting(facts, "GRUB_DISABLE_LINUX_UUID", "") === "true" || place.uuid === "" ? place.device : `UUID=${place.uuid}`;
  const line = [setting(facts, "GRUB_CMDLINE_LINUX", ""), kind === "recovery" ? "" : setting(facts, "GRUB_CMDLINE_LINUX_DEFAULT", "quiet")].join(" ");
  const lines = [
    "load_video", "insmod gzio", "if [ x$grub_platform = xxen ]; then insmod xzio; insmod lzopio; fi", `insmod part_${place.partmap || "msdos"}`, `insmod ${place.fileSystem || "ext2"}`, `set root='${place.hint}'`, `search --no-floppy --fs-uuid --set=root ${place.uuid}`,
    `echo\t'Loading Linux ${kernel.release} ...'`, `linux\t${kernel.image} root=${root} ro ${kind === "recovery" ? "single " : ""}${line}`, ...(kernel.initrd === undefined ? [] : ["echo\t'Loading initial ramdisk ...'", `initrd\t${kernel.initrd}`]),
  ];
  return `${indent}menuentry '${title}' --class debian --class gnu-linux --class gnu --class os $menuentry_id_option '${id}' {\n${lines.map((one) => `${indent}\t${one}\n`).join("")}${indent}}\n`;
}

export function linuxText(facts: MenuFacts): string {
  const [newest] = facts.kernels;
  if (!newest) return "";
  const recovery = facts.settings.get("GRUB_DISABLE_RECOVERY") !== "true";
  const all = facts.kernels.map((kernel) => `${entry(facts, kernel, "advanced", "\t")}${recovery ? entry(facts, kernel, "recovery", "\t") : ""}`).join("");
  if (facts.settings.get("GRUB_DISABLE_SUBMENU") === "y" || facts.settings.get("GRUB_DISABLE_SUBMENU") === "true") return all.replace(/^\t/gm, "");
  return `${entry(facts, newest, "simple", "")}submenu 'Advanced options for ${facts.distributor} GNU/Linux' $menuentry_id_option 'gnulinux-advanced-${facts.place.uuid}' {\n${all}}\n`;
}
