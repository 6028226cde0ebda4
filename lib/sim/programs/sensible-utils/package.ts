import type { DebianPackage } from "../kit/package.ts";

const sensibleUtils: DebianPackage = { name: "sensible-utils", summary: "finds the editor, browser or pager that suits the user" };

export default sensibleUtils;
