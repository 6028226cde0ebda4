import { defineConfig } from "vitest/config";

export default defineConfig({
  // tsconfig.json leaves JSX to Next; tests that render a component need it made.
  oxc: { jsx: { runtime: "automatic" } },
  test: { include: ["lib/**/*.test.ts", "components/**/*.test.ts", "labs/**/*.test.ts", "drizzle/**/*.test.ts"], pool: "threads", maxWorkers: 2, testTimeout: 60_000 },
});
