import type { DebianPackage } from "../kit/package.ts";

const gettextBase: DebianPackage = { name: "gettext-base", summary: "translated messages for shell scripts" };

export default gettextBase;
