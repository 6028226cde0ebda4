import type { DebianPackage } from "../kit/package.ts";

const zstd: DebianPackage = { name: "zstd", summary: "compresses files fast" };

export default zstd;
