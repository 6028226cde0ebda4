// a2ensite and its kin: links from DIR-enabled to DIR-available.
import { SysError } from "../../kernel/sys.ts";
import type { Command } from "../kit/command.ts";
import { type Io, program } from "../kit/program.ts";

const KINDS = { site: { directory: "sites", word: "Site" }, mod: { directory: "mods", word: "Module" }, conf: { directory: "conf", word: "Conf" } } as const;

export function enableTool(kind: keyof typeof KINDS, action: "enable" | "disable"): Command {
  const { directory, word } = KINDS[kind];
  const name = `a2${action === "enable" ? "en" : "dis"}${kind}`;
  return program({ name, path: `/usr/sbin/${name}`, manSection: 8, summary: `${action} an apache2 ${kind === "mod" ? "module" : kind === "conf" ? "configuration file" : "site / virtual host"}`, synopsis: [`[-q] [ ${kind} ]`], options: [] }, function* (sys, argv, io: Io) {
    const names = argv.slice(1).filter((one) => !one.startsWith("-"));
    const base = "/etc/apache2";
    if (names.length === 0) {
      io.out.put(`Your choices are: ${sys.readdir(`${base}/${directory}-${action === "enable" ? "available" : "enabled"}`).map((entry) => entry.name.replace(/\.(?:conf|load)$/, "")).sort().filter((one, index, all) => all.indexOf(one) === index).join(" ")}\n`);
      return 1;
    }
    let changed = false;
    for (const given of names) {
      const own = given.replace(/\.(?:conf|load)$/, "");
      const files = (kind === "mod" ? ["load", "conf"] : ["conf"]).map((ending) => `${own}.${ending}`);
      const there = (path: string): boolean => {
        try {
          sys.lstat(path);
          return true;
        } catch (error) {
          if (error instanceof SysError) return false;
          throw error;
        }
      };
      const available = files.filter((file) => there(`${base}/${directory}-available/${file}`));
      const enabled = files.filter((file) => there(`${base}/${directory}-enabled/${file}`));
      try {
        if (action === "enable") {
          if (available.length === 0) {
            yield* io.stderr(`ERROR: ${word} ${own} does not exist!\n`);
            io.status = 1;
          } else if (enabled.length > 0) io.out.put(`${word} ${own} already enabled\n`);
          else {
            for (const file of available) sys.symlink(`../${directory}-available/${file}`, `${base}/${directory}-enabled/${file}`);
            io.out.put(`Enabling ${kind === "mod" ? "module" : kind} ${own}.\n`);
            changed = true;
          }
        } else if (enabled.length > 0) {
          for (const file of enabled) sys.unlink(`${base}/${directory}-enabled/${file}`);
          io.out.put(`${word} ${own} disabled.\n`);
          changed = true;
        } else if (available.length > 0) io.out.put(`${word} ${own} already disabled\n`);
        else {
          yield* io.stderr(`ERROR: ${word} ${own} does not exist!\n`);
          io.status = 1;
        }
      } catch (error) {
        if (!(error instanceof SysError)) throw error;
        yield* io.stderr(`ERROR: could not ${action === "enable" ? "create" : "remove"} ${base}/${directory}-enabled/${files[0] ?? ""}: ${error.message}\n`);
        io.status = 1;
      }
    }
    if (changed) io.out.put(`To activate the new configuration, you need to run:\n  systemctl ${kind === "mod" ? "restart" : "reload"} apache2\n`);
    return undefined;
  });
}
