import type { DebianPackage } from "../kit/package.ts";

export default { name: "socat", summary: "joins two streams of bytes: files, sockets, programs, terminals" } satisfies DebianPackage;
