import type { DebianPackage } from "../kit/package.ts";

const ncal: DebianPackage = { name: "ncal", summary: "calendars in the terminal" };

export default ncal;
