import type { DebianPackage } from "../kit/package.ts";

const debconf: DebianPackage = { name: "debconf", summary: "Debian configuration management system" };

export default debconf;
