// quotastats: the kernel's counters about quotas (quotastats(8)); from the states of the file systems that have them.
import { gnu } from "../kit/gnu.ts";
import { hasQuota, KINDS, quotaMounts, stateOf } from "./_quota.ts";

export default gnu({
  name: "quotastats", path: "/usr/sbin/quotastats", manSection: 8, project: "quota", version: "4.06", tryLine: () => "", summary: "counters of the kernel about quotas", synopsis: [""], operands: "none", options: {},
  *run({ sys }, io) {
    let entries = 0;
    for (const mount of yield* quotaMounts(sys)) for (const kind of KINDS) if (hasQuota(mount, kind)) entries += (yield* stateOf(sys, mount, kind)).entries.length;
    const rows: readonly (readonly [string, number])[] = [["dquot lookups", entries * 4], ["dquot drops", entries], ["dquot reads", entries], ["dquot writes", entries], ["quotafile syncs", 0], ["dquot cache hits", entries * 3], ["allocated dquots", entries], ["free dquots", 0], ["in use dquot entries (user/group)", entries]];
    io.say(`Kernel quota version: 6.5.1\n${rows.map(([name, count]) => `${name.startsWith("in use") ? name.replace("in use", "Number of in use") : `Number of ${name}`}: ${count}\n`).join("")}`);
    return 0;
  },
});
