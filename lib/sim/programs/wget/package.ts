import type { DebianPackage } from "../kit/package.ts";

export default { name: "wget", summary: "downloads files by HTTP, HTTPS and FTP", files: [{ path: "/etc/wgetrc", text: "# Settings of wget for everybody (wget(1), STARTUP FILE). All defaults.\n#tries = 20\n#timeout = 900\n", conffile: true }] } satisfies DebianPackage;
