import type { DebianPackage } from "../kit/package.ts";

const time: DebianPackage = { name: "time", summary: "measures what a command uses" };

export default time;
