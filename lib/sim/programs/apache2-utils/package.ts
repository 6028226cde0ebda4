import type { DebianPackage } from "../kit/package.ts";

export default { name: "apache2-utils", summary: "tools for web servers: password files, a benchmark, logs" } satisfies DebianPackage;
