// The headings of --help in French, as each family of programs has them (the catalogues of Debian 12). Where a family forgets the space before a colon, so do we.
import type { Domain } from "./domains.ts";

export interface HelpHeadings {
  readonly usage: string;
  /** before a second form */
  readonly or: string;
  readonly options: string;
  readonly exitStatus: string;
  readonly partly: string;
  readonly refused: string;
}

export const ENGLISH_HEADINGS: HelpHeadings = { usage: "Usage:", or: "  or: ", options: "Options:", exitStatus: "Exit status:", partly: "in part: ", refused: "not simulated: " };

const FRENCH: HelpHeadings = { usage: "Utilisation\u00a0:", or: "         ou\u00a0:", options: "Options\u00a0:", exitStatus: "État de sortie\u00a0:", partly: "en partie\u00a0: ", refused: "non simulé\u00a0: " };

const usage = "Usage\u00a0:";
const or = "   ou\u00a0:";

const DIFFERENT = new Map<Domain, Partial<HelpHeadings>>([
  ["grep", { usage, or }], ["psmisc", { usage, or }], ["apt", { usage, or }], ["libc", { usage, or }],
  ["sed", { usage: "Utilisation:", or: "        ou:" }],
  ["diffutils", { usage: "Usage:", or: "   ou:" }], ["findutils", { usage: "Usage:", or: "   ou:" }], ["procps", { usage: "Usage:", or: "   ou:", options: "Options:" }],
  ["dpkg", { usage: "Syntaxe\u00a0:", or: "     ou\u00a0:" }],
]);

export function helpHeadings(domain: Domain | undefined): HelpHeadings {
  return domain === undefined ? ENGLISH_HEADINGS : { ...FRENCH, ...DIFFERENT.get(domain) };
}
