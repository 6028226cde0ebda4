import { debianKernel, olderKernelFacts } from "../linux-image-6.1.0-56-amd64/_kernel.ts";

const build = { release: "6.1.0-50-amd64", version: "6.1.176-1", date: "2026-07-02", imageBytes: 8_222_656 };

export default { ...debianKernel(build), ...olderKernelFacts(build), installedSizeKiB: 400_032, downloadSizeBytes: 70_305_560 };
