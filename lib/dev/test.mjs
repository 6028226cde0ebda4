// npm test: everything, from a fresh clone. `--quick` (npm run check) leaves out what needs a browser or a build.
// Ends with one line "N passed, N failed". Each tool counts once, each test of a runner counts by itself.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
process.chdir(root);
const quick = process.argv.includes("--quick");
const bin = (name) => path.join("node_modules", ".bin", name);
let passed = 0;
let failed = 0;

function title(text) {
  console.log(`\n== ${text}`);
}

/** Runs a program with its output shown; true when it ended with 0. */
function run(command, args, env = {}) {
  return spawnSync(command, args, { stdio: "inherit", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env } }).status === 0;
}

function step(name, command, args, env) {
  title(name);
  const startedMs = Date.now();
  const good = run(command, args, env);
  if (good) passed++;
  else failed++;
  console.log(`${good ? "ok" : "FAILED"}: ${name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)`);
  return good;
}

/** A runner with a JSON report: counts its tests, and a crash of the runner as one failure. */
function countedStep(name, command, args, report, count, env) {
  title(name);
  rmSync(report, { force: true });
  const good = run(command, args, env);
  if (!existsSync(report)) {
    failed++;
    console.log(`FAILED: ${name} wrote no report`);
    return;
  }
  const counts = count(JSON.parse(readFileSync(report, "utf8")));
  passed += counts.passed;
  failed += counts.failed;
  if (!good && counts.failed === 0) failed++;
  if (counts.passed + counts.failed === 0) {
    failed++;
    console.log(`FAILED: ${name} ran no test`);
  }
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
}

function install() {
  const lock = "package-lock.json";
  const installed = "node_modules/.package-lock.json";
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs - 1000) return;
  title("install");
  if (!run("npm", ["ci", "--no-audit", "--no-fund"])) {
    console.log("npm ci failed: see above.\n0 passed, 1 failed");
    process.exit(1);
  }
}

/** Debian's Chromium for the browser tests: installed when missing and root, else told how. */
function ensureChromium() {
  if (existsSync("/usr/bin/chromium")) return true;
  if (process.getuid?.() === 0) {
    title("Chromium from Debian");
    run("apt-get", ["update", "-q"]);
    if (run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { DEBIAN_FRONTEND: "noninteractive" })) return true;
  }
  console.log("The browser tests need Debian's Chromium: sudo apt-get install chromium");
  failed++;
  return false;
}

mkdirSync("dist", { recursive: true });
install();
execFileSync(process.execPath, ["lib/dev/generate.mjs"], { stdio: "inherit" });

step("types of the simulation (no DOM, no Node)", bin("tsc"), ["-p", "lib/sim/tsconfig.json"]);
if (existsSync("app")) step("types", bin("tsc"), ["-p", "tsconfig.json"]);
step("lint", bin("biome"), ["lint", "--error-on-warnings", "."]);
if (existsSync("knip.json")) step("nothing unused", bin("knip"), []);

const unitReport = path.join("dist", "unit.json");
countedStep("unit", bin("vitest"), ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`], unitReport, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests + report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length,
}));

if (existsSync("lib/dev/transcripts.ts")) {
  const report = path.join("dist", "transcripts.json");
  countedStep("transcripts", process.execPath, ["lib/dev/run.mjs", "lib/dev/transcripts.ts", "--report", report], report, (r) => r);
}
if (existsSync("lib/dev/prove-labs.ts")) {
  const report = path.join("dist", "labs.json");
  countedStep("labs", process.execPath, ["lib/dev/run.mjs", "lib/dev/prove-labs.ts", "--report", report], report, (r) => r);
}
if (!quick && existsSync("playwright.config.ts") && ensureChromium()) {
  if (step("build", process.execPath, ["lib/dev/start.mjs", "--build-only"])) {
    const report = path.join("dist", "browser.json");
    countedStep("browser", bin("playwright"), ["test"], report, (r) => ({ passed: r.stats.expected + r.stats.flaky, failed: r.stats.unexpected }), {
      PLAYWRIGHT_JSON_OUTPUT_NAME: path.resolve(report),
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
    });
  }
}

console.log(`\n${os.cpus().length} cores, Node ${process.versions.node}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
