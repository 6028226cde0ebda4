import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["lib/**/*.test.ts", "components/**/*.test.ts", "labs/**/*.test.ts", "drizzle/**/*.test.ts"], pool: "threads", maxWorkers: 2, testTimeout: 60_000 },
});
