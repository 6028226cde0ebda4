import type { DebianPackage } from "../kit/package.ts";

export default {
  name: "busybox-static",
  summary: "one small binary with many Unix tools, without libraries",
} satisfies DebianPackage;
