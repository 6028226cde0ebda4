import type { DebianPackage } from "../kit/package.ts";

const gpgv: DebianPackage = { name: "gpgv", summary: "checks signatures with keys that are trusted" };

export default gpgv;
