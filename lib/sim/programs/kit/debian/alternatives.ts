// The file of a link group as update-alternatives keeps it: mode, link, slaves (name and link), an empty line, then for each choice its path, priority and slaves.

export interface AlternativeChoice {
  readonly path: string;
  readonly priority: number;
  /** in the order of the group's slaves; "" when it has none */
  readonly slaves: readonly string[];
}

export interface AlternativeGroup {
  readonly name: string;
  readonly manual: boolean;
  readonly link: string;
  readonly slaves: readonly { readonly name: string; readonly link: string }[];
  readonly choices: readonly AlternativeChoice[];
}

export function parseAlternatives(name: string, text: string): AlternativeGroup {
  const lines = text.split("\n");
  const slaves: { name: string; link: string }[] = [];
  let at = 2;
  for (; lines[at] !== "" && at < lines.length; at += 2) slaves.push({ name: lines[at] ?? "", link: lines[at + 1] ?? "" });
  const choices: AlternativeChoice[] = [];
  for (at++; at < lines.length && lines[at] !== ""; at += 2 + slaves.length) choices.push({ path: lines[at] ?? "", priority: Number(lines[at + 1] ?? "0"), slaves: slaves.map((_, place) => lines[at + 2 + place] ?? "") });
  return { name, manual: lines[0] === "manual", link: lines[1] ?? "", slaves, choices };
}

export function formatAlternatives(group: AlternativeGroup): string {
  const sorted = [...group.choices].sort((a, b) => (a.path < b.path ? -1 : 1));
  return `${group.manual ? "manual" : "auto"}\n${group.link}\n${group.slaves.map((slave) => `${slave.name}\n${slave.link}\n`).join("")}\n${sorted.map((choice) => `${choice.path}\n${choice.priority}\n${group.slaves.map((_, place) => `${choice.slaves[place] ?? ""}\n`).join("")}`).join("")}\n`;
}

export function bestChoice(group: AlternativeGroup): AlternativeChoice | undefined {
  return group.choices.reduce<AlternativeChoice | undefined>((most, one) => (most === undefined || one.priority > most.priority ? one : most), undefined);
}

/** --install: the group with one more choice. */
export function withChoice(group: AlternativeGroup | undefined, name: string, link: string, path: string, priority: number, slaves: readonly { readonly name: string; readonly link: string; readonly path: string }[]): AlternativeGroup {
  const old: AlternativeGroup = group ?? { name, manual: false, link, slaves: [], choices: [] };
  const all = [...old.slaves.map((slave) => slaves.find((one) => one.name === slave.name) ?? slave), ...slaves.filter((one) => !old.slaves.some((slave) => slave.name === one.name))].map((slave) => ({ name: slave.name, link: slave.link }));
  const added: AlternativeChoice = { path, priority, slaves: all.map((slave) => slaves.find((one) => one.name === slave.name)?.path ?? "") };
  const others = old.choices.filter((one) => one.path !== path).map((one) => ({ ...one, slaves: all.map((slave) => one.slaves[old.slaves.findIndex((known) => known.name === slave.name)] ?? "") }));
  return { name, manual: old.manual, link, slaves: all, choices: [...others, added].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}
