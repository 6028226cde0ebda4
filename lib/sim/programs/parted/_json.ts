// What parted --json prints of a table.

export interface JsonPartition {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly name: string;
  readonly fileSystem: string;
  readonly flags: readonly string[];
}

interface JsonTable {
  readonly path: string;
  readonly size: string;
  readonly model: string;
  readonly transport: string;
  readonly label: string;
  /** how many partitions it can have; undefined: no table */
  readonly most: number | undefined;
  readonly flags: readonly string[];
  readonly partitions: readonly JsonPartition[];
}

const quoted = (text: string): string => JSON.stringify(text);

function flagLines(flags: readonly string[], indent: string): readonly string[] {
  return flags.length === 0 ? [] : [`"flags": [\n${indent}    ${flags.map(quoted).join(", ")}\n${indent}]`];
}

/** `show`: a sector in the unit that was asked for; `bare`: sizes say nothing in it. */
export function tableJson(table: JsonTable, show: (sector: number, last: boolean) => string, bare: boolean): string {
  const partition = (one: JsonPartition): string => {
    const indent = "            ";
    const lines = [
      `"number": ${one.number}`, `"start": ${quoted(show(one.start, false))}`, `"end": ${quoted(show(one.end, true))}`,
      ...(bare ? [] : [`"size": ${quoted(show(one.end - one.start + 1, false))}`]), `"type": ${quoted(one.type)}`,
      ...(one.name === "" ? [] : [`"name": ${quoted(one.name)}`]), ...(one.fileSystem === "" ? [] : [`"filesystem": ${quoted(one.fileSystem)}`]), ...flagLines(one.flags, indent),
    ];
    return `{\n${lines.map((line) => indent + line).join(",\n")}\n         }`;
  };
  const indent = "      ";
  const lines = [
    `"path": ${quoted(table.path)}`, `"size": ${quoted(table.size)}`, `"model": ${quoted(table.model)}`, `"transport": ${quoted(table.transport)}`, `"logical-sector-size": 512`, `"physical-sector-size": 512`, `"label": ${quoted(table.label)}`,
    ...(table.most === undefined ? [] : [`"max-partitions": ${table.most}`, ...flagLines(table.flags, indent), ...(table.partitions.length === 0 ? [] : [`"partitions": [\n         ${table.partitions.map(partition).join(",")}\n${indent}]`])]),
  ];
  return `{\n   "disk": {\n${lines.map((line) => indent + line).join(",\n")}\n   }\n}\n`;
}
