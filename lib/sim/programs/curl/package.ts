import type { DebianPackage } from "../kit/package.ts";

export default { name: "curl", summary: "fetches and sends data by URL: HTTP, FTP and others" } satisfies DebianPackage;
