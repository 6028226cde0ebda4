import type { DebianPackage } from "../kit/package.ts";

const usbutils: DebianPackage = { name: "usbutils", summary: "shows USB devices" };

export default usbutils;
