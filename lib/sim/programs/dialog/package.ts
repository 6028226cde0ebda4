import type { DebianPackage } from "../kit/package.ts";

export default { name: "dialog", summary: "questions, menus and messages in boxes on the terminal, from scripts" } satisfies DebianPackage;
