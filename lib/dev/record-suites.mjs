// Writes lib/sim/machine/catalogue/bookworm-suites.ts: which versions the suites of Debian 12 offer of the packages in bookworm-main.ts, as facts (no prose),
// read from apt's own lists on a Debian 12 host that has bookworm, bookworm-updates and bookworm-security.  usage: node lib/dev/record-suites.mjs
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../sim/machine/catalogue");
const recorded = new Map();
for (const block of JSON.parse(/bookwormMain = (".*");/s.exec(readFileSync(`${folder}/bookworm-main.ts`, "utf8"))[1]).split(/^n /m).filter(Boolean)) {
  const [name, ...lines] = block.trimEnd().split("\n");
  recorded.set(name, new Map(lines.map((line) => [line[0], line.slice(2)])));
}
const keys = [["V", "Version"], ["A", "Architecture"], ["s", "Section"], ["p", "Priority"], ["S", "Source"], ["I", "Installed-Size"], ["D", "Size"], ["P", "Pre-Depends"], ["d", "Depends"],
  ["r", "Recommends"], ["u", "Suggests"], ["c", "Conflicts"], ["b", "Breaks"], ["R", "Replaces"], ["v", "Provides"], ["f", "Filename"]];
const lists = "/var/lib/apt/lists";
const suites = [["bookworm", "_debian_dists_bookworm_main_"], ["bookworm-updates", "_debian_dists_bookworm-updates_main_"], ["bookworm-security", "_debian-security_dists_bookworm-security_main_"]];
let text = "// Recorded by lib/dev/record-suites.mjs from the package indexes of Debian 12. Facts only; letters are explained in parse.ts. A letter that is not there is as in bookworm-main.ts;\n// an empty one is not in this version. Of bookworm only what differs is listed: a name alone is not in it.\n";
for (const [suite, part] of suites) {
  const file = readdirSync(lists).find((name) => name.includes(part) && name.includes("binary-amd64_Packages"));
  const offered = new Map();
  for (const paragraph of execFileSync("/usr/lib/apt/apt-helper", ["cat-file", `${lists}/${file}`], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\n\n")) {
    const fields = new Map(paragraph.split("\n").flatMap((line) => (/^[A-Z]/.test(line) ? [[line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]] : [])));
    if (recorded.has(fields.get("Package"))) offered.set(fields.get("Package"), fields);
  }
  let out = "";
  for (const [name, known] of recorded) {
    const fields = offered.get(name);
    if (fields === undefined) {
      if (suite === "bookworm") out += `n ${name}\n`;
      continue;
    }
    const version = fields.get("Version");
    if (suite === "bookworm" && version === known.get("V")) continue;
    out += `n ${name}\nV ${version}\n`;
    if (version !== known.get("V")) for (const [letter, field] of keys.slice(1)) {
      const value = fields.get(field) ?? "";
      if (value !== (known.get(letter) ?? "")) out += `${letter} ${value}\n`;
    }
  }
  const name = suite.replace(/-(.)/, (_, letter) => letter.toUpperCase());
  text += `export const ${name} = ${JSON.stringify(out)};\n`;
}
writeFileSync(`${folder}/bookworm-suites.ts`, text);
