import { debianKernel, olderKernelFacts } from "../linux-image-6.1.0-56-amd64/_kernel.ts";

const build = { release: "6.1.0-47-amd64", version: "6.1.170-3", date: "2026-05-08", imageBytes: 8_234_944 };

export default { ...debianKernel(build), ...olderKernelFacts(build), installedSizeKiB: 399_899, downloadSizeBytes: 70_236_800 };
