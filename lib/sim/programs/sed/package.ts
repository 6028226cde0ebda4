import type { DebianPackage } from "../kit/package.ts";

const sed: DebianPackage = { name: "sed", summary: "edits a stream of text by a script", essential: true };

export default sed;
