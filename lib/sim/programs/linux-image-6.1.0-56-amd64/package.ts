import { debianKernel } from "./_kernel.ts";

export default debianKernel({ release: "6.1.0-56-amd64", version: "6.1.192-2", date: "2026-11-16", imageBytes: 8_238_592 });
