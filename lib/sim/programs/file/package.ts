import type { DebianPackage } from "../kit/package.ts";

const file: DebianPackage = { name: "file", summary: "tells what kind of data a file holds" };

export default file;
