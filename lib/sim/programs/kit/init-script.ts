// The head of a System V init script (the comment conventions of the LSB) and the links of /etc/rc?.d that it asks for; without insserv, update-rc.d numbers all of them 01.
interface RunLevels {
  readonly start: readonly string[];
  readonly stop: readonly string[];
}

export function runLevelsOf(script: string): RunLevels {
  const head = script.split(/^### BEGIN INIT INFO\s*$/m)[1]?.split(/^### END INIT INFO\s*$/m)[0] ?? "";
  const levels = (field: string): readonly string[] => {
    const line = head.split("\n").find((one) => one.startsWith(`# ${field}:`));
    return (line ?? "").slice(field.length + 3).split(/\s+/).filter((word) => word !== "");
  };
  return { start: levels("Default-Start"), stop: levels("Default-Stop") };
}

export function runLevelLinks(name: string, { start, stop }: RunLevels, letter: "S" | "K" = "S"): readonly { readonly path: string; readonly symlink: string }[] {
  const link = (level: string, kind: string) => ({ path: `/etc/rc${level}.d/${kind}01${name}`, symlink: `../init.d/${name}` });
  return [...start.map((level) => link(level, letter)), ...stop.map((level) => link(level, "K"))];
}
