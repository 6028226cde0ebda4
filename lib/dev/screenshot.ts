// The picture of the README, made of the product itself: node lib/dev/run.mjs lib/dev/screenshot.ts [FILE]
// A guest works through the lab up to a running container, with the machine's picture beside the terminal. Needs the built pages and Chromium.
import { chromium } from "@playwright/test";
import { createOwnServer } from "./browser/own-server.ts";
import { rows, type } from "./browser/visitor.ts";

const file = process.argv[2] ?? "docs/lab.png";
const server = createOwnServer();
await server.start();
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])] });
try {
  const page = await browser.newPage({ baseURL: server.address, locale: "en-GB", viewport: { width: 1440, height: 900 }, colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/en");
  await page.getByRole("button", { name: "Try a lab now" }).click();
  await type(page, "sudo apt-get install -y docker.io python3");
  await rows(page).filter({ hasText: /password for student:\s*$/ }).waitFor();
  await page.keyboard.type("student\n");
  for (const command of [
    "mkdir ~/hello && cd ~/hello",
    "echo 'print(\"Hello World !\")' > hello.py && python3 hello.py",
    "sudo docker search --limit 3 python",
    "printf 'FROM python:3\\nCOPY hello.py /\\nCMD [\"python3\", \"/hello.py\"]\\n' > Dockerfile",
    "sudo docker build -q -t python-hello .",
    "sudo docker run -d --name web -p 8080:80 nginx",
    "clear",
    "sudo docker images",
    "sudo docker run python-hello",
    "sudo docker run -d --name sleeper python-hello sleep 600",
    "sudo docker ps --format 'table {{.Names}}\\t{{.Image}}\\t{{.Status}}\\t{{.Ports}}'",
  ]) {
    await type(page, command);
  }
  await page.getByRole("button", { name: "Machine", exact: true }).click();
  await page.getByRole("button", { name: /^Step 8 .*Passed/ }).waitFor();
  await page.getByText("sleeper").last().waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: file });
  console.log(file);
} finally {
  await browser.close();
  await server.end();
}
