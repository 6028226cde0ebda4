// The table of layers (lib/README.md) as rules: each folder may import itself and what its row names, nothing else.

const layer = (name, from, allowed, extra = {}) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: "\\.test\\.tsx?$", ...extra.from },
  to: { path: "^(app|components|lib|labs|drizzle)/", pathNot: allowed, ...extra.to },
});

const waist = "^lib/sim/kernel/(sys|sys-net)\\.ts$";
const kernel = "^lib/sim/kernel/";
const daemonApi = "^lib/sim/daemons/[^/]+/api(\\.ts$|/)";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    layer("kernel", "^lib/sim/kernel/", [kernel]),
    layer("shell", "^lib/sim/shell/", ["^lib/sim/shell/", waist]),
    layer("programs", "^lib/sim/programs/", ["^lib/sim/programs/", waist, daemonApi]),
    {
      name: "programs-one-package",
      comment: "A command imports its own package's folder and the kit, not another package.",
      severity: "error",
      from: { path: "^lib/sim/programs/([^/]+)/", pathNot: "^lib/sim/programs/kit/" },
      to: { path: "^lib/sim/programs/", pathNot: ["^lib/sim/programs/kit/", "^lib/sim/programs/$1/"] },
    },
    layer("daemons", "^lib/sim/daemons/", ["^lib/sim/daemons/", waist]),
    layer("machine", "^lib/sim/machine/", ["^lib/sim/(kernel|shell|programs|daemons|machine)/"]),
    layer("world", "^lib/sim/world/", ["^lib/sim/"]),
    layer("lab", "^lib/lab/", ["^lib/lab/", "^lib/quiz/", "^lib/sim/machine/view", "^lib/sim/world/"]),
    layer("quiz", "^lib/quiz/", ["^lib/quiz/"]),
    layer("session", "^lib/session/", ["^lib/session/", "^lib/sim/world/", "^lib/lab/"]),
    layer("school", "^lib/school/", ["^lib/school/", "^drizzle/schema/", "^lib/lab/", "^lib/quiz/"]),
    layer("server", "^lib/server/", ["^lib/server/", "^lib/session/", "^lib/school/", "^lib/lab/", "^lib/i18n/locale\\.ts$"]),
    layer("i18n", "^lib/i18n/", ["^lib/i18n/"]),
    layer("components", "^components/", ["^components/", "^lib/session/protocol", "^lib/quiz/", "^lib/school/", "^lib/i18n/"]),
    layer("app", "^app/", ["^app/", "^components/", "^lib/(session|school|lab|quiz|i18n)/", "^lib/server/session-door\\.ts$"]),
    layer("labs", "^labs/", ["^labs/", "^lib/lab/", "^lib/sim/machine/view"]),
    layer("drizzle", "^drizzle/", ["^drizzle/"]),
    { name: "no-circular", severity: "error", from: { path: "^(app|components|lib|labs|drizzle)/" }, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    {
      name: "sim-is-closed",
      comment: "The simulation has no way out: no package but re2js, no Node module.",
      severity: "error",
      from: { path: "^lib/sim/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "core", "unknown", "undetermined"], pathNot: ["^node_modules/re2js/", "^lib/"] },
    },
    {
      name: "sql-lives-in-school",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: ["^lib/school/", "^lib/dev/", "\\.test\\.ts$"] },
      to: { path: "^node_modules/(drizzle-orm|better-sqlite3|pg)/" },
    },
  ],
  options: {
    parser: "swc",
    tsConfig: { fileName: "tsconfig.base.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["\\.generated\\.ts$", "^\\.next", "^dist"] },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".json"], exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
