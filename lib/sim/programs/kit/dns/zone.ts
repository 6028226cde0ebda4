// The records of a zone: what a question finds (RFC 1034 4.3.2), what named checks before it serves them.
import { type ResourceRecord, TYPE } from "./records.ts";
import { compareNames, isBelow, labelsOf, nameOf, parentOf, sameName, undotted } from "./names.ts";

export type Found =
  | { readonly kind: "answer"; readonly records: readonly ResourceRecord[] }
  | { readonly kind: "alias"; readonly records: readonly ResourceRecord[] }
  | { readonly kind: "delegation"; readonly records: readonly ResourceRecord[] }
  | { readonly kind: "no data" }
  | { readonly kind: "no name" };

/** Types in the order in which a name's records are written: SOA and NS first, the others by number. */
const typeRank = (type: number): number => (type === TYPE.SOA ? -2 : type === TYPE.NS ? -1 : type);

export class Zone {
  readonly origin: string;
  readonly #names = new Map<string, ResourceRecord[]>();

  constructor(origin: string, records: Iterable<ResourceRecord>) {
    this.origin = origin;
    for (const record of records) this.add(record);
  }

  /** False: it is there already. */
  add(record: ResourceRecord): boolean {
    const key = record.name.toLowerCase();
    const here = this.#names.get(key) ?? [];
    if (here.some((one) => one.type === record.type && one.data.length === record.data.length && one.data.every((word, at) => sameName(word, record.data[at] ?? "")))) return false;
    this.#names.set(key, [...here, record]);
    return true;
  }

  /** What is taken away. */
  remove(name: string, matches: (record: ResourceRecord) => boolean): readonly ResourceRecord[] {
    const key = name.toLowerCase();
    const here = this.#names.get(key) ?? [];
    const left = here.filter((record) => !matches(record));
    if (left.length === 0) this.#names.delete(key);
    else this.#names.set(key, left);
    return here.filter(matches);
  }

  at(name: string, type?: number): readonly ResourceRecord[] {
    const here = this.#names.get(name.toLowerCase()) ?? [];
    return type === undefined || type === TYPE.ANY ? here : here.filter((record) => record.type === type);
  }

  get soa(): ResourceRecord | undefined {
    return this.at(this.origin, TYPE.SOA)[0];
  }

  get serial(): number {
    return Number(this.soa?.data[2] ?? 0);
  }

  get nodeCount(): number {
    return this.#names.size;
  }

  /** In the order of a transfer: the names in DNSSEC order, of a name the SOA and the NS first. */
  get records(): readonly ResourceRecord[] {
    return [...this.#names.values()].toSorted(([one], [other]) => compareNames(one?.name ?? "", other?.name ?? "")).flatMap((set) => set.toSorted((a, b) => typeRank(a.type) - typeRank(b.type)));
  }

  /** There is a record at the name or below it. */
  exists(name: string): boolean {
    const key = name.toLowerCase();
    return this.#names.has(key) || [...this.#names.keys()].some((one) => one.endsWith(`.${key}`));
  }

  find(name: string, type: number): Found {
    const labels = labelsOf(name);
    const depth = labelsOf(this.origin).length;
    for (let count = depth + 1; count <= labels.length; count++) {
      const ancestor = nameOf(labels.slice(labels.length - count));
      const servers = this.at(ancestor, TYPE.NS);
      if (servers.length > 0) return { kind: "delegation", records: servers };
    }
    const here = this.at(name);
    if (here.length > 0) return this.#of(here, type);
    if (this.exists(name)) return { kind: "no data" };
    let encloser = parentOf(name);
    while (!sameName(encloser, this.origin) && !this.exists(encloser)) encloser = parentOf(encloser);
    const wild = this.at(encloser === "." ? "*." : `*.${encloser}`);
    return wild.length === 0 ? { kind: "no name" } : this.#of(wild.map((record) => ({ ...record, name })), type);
  }

  #of(here: readonly ResourceRecord[], type: number): Found {
    const aliases = here.filter((record) => record.type === TYPE.CNAME);
    if (aliases.length > 0 && type !== TYPE.CNAME && type !== TYPE.ANY) return { kind: "alias", records: aliases };
    const records = type === TYPE.ANY ? here.toSorted((a, b) => typeRank(a.type) - typeRank(b.type)) : here.filter((record) => record.type === type);
    return records.length > 0 ? { kind: "answer", records } : { kind: "no data" };
  }

  /** Complaints of BIND's zone_postload without "zone NAME/CLASS: " in front; `fatal`: it is not served. */
  check(): { readonly problems: readonly string[]; readonly fatal: boolean } {
    const problems: string[] = [];
    let fatal = false;
    const soaCount = this.at(this.origin, TYPE.SOA).length;
    const servers = this.at(this.origin, TYPE.NS);
    if (soaCount !== 1) problems.push(`has ${soaCount} SOA records`);
    if (servers.length === 0) problems.push("has no NS records");
    if (problems.length > 0) return { problems, fatal: true };
    for (const { data } of servers) {
      const target = data[0] ?? "";
      if (!isBelow(target, this.origin)) continue;
      const state = this.#addressState(target);
      if (state !== undefined) {
        problems.push(`NS '${undotted(target)}' ${state}`);
        fatal = true;
      }
    }
    if (fatal) return { problems, fatal };
    for (const record of this.records) {
      const target = record.type === TYPE.MX ? record.data[1] : record.type === TYPE.SRV ? record.data[3] : record.type === TYPE.NS && !sameName(record.name, this.origin) ? record.data[0] : undefined;
      if (target === undefined || target === "." || !isBelow(target, this.origin)) continue;
      const state = this.#addressState(target);
      const kind = record.type === TYPE.MX ? "MX" : record.type === TYPE.SRV ? "SRV" : "NS";
      if (state === undefined) continue;
      // an alias is no place for glue; without any the delegation leads nowhere
      problems.push(`${undotted(record.name)}/${kind} '${undotted(target)}' ${kind === "NS" && isBelow(target, record.name) ? "has no REQUIRED GLUE address records (A or AAAA)" : state}`);
    }
    return { problems, fatal };
  }

  #addressState(target: string): string | undefined {
    if (this.at(target, TYPE.A).length > 0 || this.at(target, TYPE.AAAA).length > 0) return undefined;
    const found = this.find(target, TYPE.A);
    if (found.kind === "alias") return "is a CNAME (illegal)";
    if (found.kind === "answer" || this.find(target, TYPE.AAAA).kind === "answer") return undefined;
    return found.kind === "delegation" && !sameName(found.records[0]?.name ?? "", target) && !sameName(parentOf(target), found.records[0]?.name ?? "") ? undefined : "has no address records (A or AAAA)";
  }
}
