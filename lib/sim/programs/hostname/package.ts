import type { DebianPackage } from "../kit/package.ts";

const hostname: DebianPackage = { name: "hostname", summary: "shows and sets the host's name and domain" };

export default hostname;
