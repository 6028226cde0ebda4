import { defineConfig } from "vitest/config";

export default defineConfig({
  // tsconfig.json leaves JSX to Next; tests that render a component need it made.
  oxc: { jsx: { runtime: "automatic" } },
  // No test replaces a module or changes what another one sees, and loading the simulation anew for each of 177 files took three quarters of the time.
  test: { isolate: false, include: ["lib/**/*.test.ts", "components/**/*.test.ts", "labs/**/*.test.ts", "drizzle/**/*.test.ts"], pool: "threads", maxWorkers: 2, testTimeout: 60_000 },
});
