// What must not reach a browser before its time (keys, explanations, hints, reasons, solutions, checkers) is looked for in every page,
// script and message as every role. The canaries are the content itself: every secret sentence of labs/ that stands nowhere in public.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { parse } from "yaml";
import { createOwnServer } from "./own-server.ts";
import { createVisitors, fillPerson, rows } from "./visitor.ts";

const server = createOwnServer();
const visitors = createVisitors(server.address);
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => await server.start());
test.afterAll(async () => {
  await visitors.close();
  await server.end();
});

const modules = readdirSync("labs", { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const labs = modules.flatMap((module) => readdirSync(`labs/${module}`, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${module}/${entry.name}`));

/** Letters and single blanks only: neither Markdown, typography nor JSON changes these. */
function plain(text: string): string[] {
  return [...text.matchAll(/[A-Za-zÀ-ÿ]+(?: [A-Za-zÀ-ÿ]+)+/g)].map(([run]) => run).filter((run) => run.length >= 18);
}

/** What may be seen before an answer, and what may not. */
function content(): { readonly open: string; readonly secret: readonly string[] } {
  let open = "";
  const secret: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === "string") {
      if (["why", "explain", "accept", "proof", "right"].includes(key)) secret.push(value);
      else open += `${value}\n`;
    } else if (Array.isArray(value)) for (const one of value) visit(one, key);
    else if (typeof value === "object" && value !== null) for (const [name, inner] of Object.entries(value)) visit(inner, ["why", "explain", "accept", "proof"].includes(key) ? key : name === "right" && typeof inner === "object" ? "shown" : name);
  };
  for (const module of modules) visit(parse(readFileSync(`labs/${module}/questions.yaml`, "utf8")), "");
  for (const lab of labs) {
    for (const language of ["fr", "en"]) {
      const text = readFileSync(`labs/${lab}/lab.${language}.md`, "utf8");
      secret.push(...[...text.matchAll(/^:::(?:hint|when).*\n([\s\S]*?)^:::$/gm)].map((match) => match[1] ?? ""));
      open += text.replaceAll(/^:::(?:hint|when).*\n[\s\S]*?^:::$/gm, "");
    }
    for (const file of readdirSync(`labs/${lab}`)) if (/\.t$|\.ts$/.test(file)) secret.push(readFileSync(`labs/${lab}/${file}`, "utf8"));
  }
  return { open, secret };
}

const { open, secret } = content();
const interfaceWords = readdirSync("lib/i18n/words").map((file) => readFileSync(`lib/i18n/words/${file}`, "utf8")).join("\n");
const canaries = [...new Set(secret.flatMap(plain))].filter((one) => !open.includes(one) && !interfaceWords.includes(one));

function found(text: string): readonly string[] {
  return canaries.filter((one) => text.includes(one));
}

test("there are canaries of every kind", () => {
  expect(canaries.length).toBeGreaterThan(200);
  expect(found("lui-même le matériel et ordonnance les invités ; un")).not.toEqual([]);
});

test("no script, style or map that the server hands out holds one", () => {
  for (const name of readdirSync(".next/static", { recursive: true, encoding: "utf8" })) {
    if (/\.(js|css|map|json)$/.test(name)) expect(found(readFileSync(path.join(".next/static", name), "utf8")), name).toEqual([]);
    expect(name, "no source maps").not.toMatch(/\.map$/);
  }
});

const paths = ["", "/sign-in", "/try", "/road-map", "/account", ...labs.map((lab) => `/labs/${lab.split("/")[1]}`), ...modules.map((module) => `/questions/${module}`)];

async function crawl(page: Page, who: string): Promise<void> {
  const heard: string[] = [];
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard.push(String(payload))));
  page.on("response", (response) => {
    if (response.url().startsWith(server.address)) response.text().then((text) => heard.push(`${response.url()}\n${text}`), () => undefined);
  });
  for (const locale of who === "learner" ? ["fr", "en"] : ["fr"]) {
    for (const place of paths) {
      await page.goto(`/${locale}${place}`);
      if (place.startsWith("/labs") && page.url().includes("/labs/")) await expect(rows(page)).toContainText(/[$#]\s*$/);
      heard.push(await page.content());
      const flight = await page.request.get(`/${locale}${place}`, { headers: { RSC: "1" } });
      heard.push(await flight.text());
    }
  }
  for (const text of heard) expect(found(text), `${who}: ${text.slice(0, 80)}`).toEqual([]);
}

async function roles(browser: Browser): Promise<Record<string, Page>> {
  const ada = await visitors.pageOf(browser, "administrator");
  await ada.goto(server.setUpLink());
  await fillPerson(ada, "Ada", "ada@ecole.example");
  await ada.getByRole("button", { name: "Créer l’administrateur" }).click();
  await ada.waitForURL("**/administration");
  await ada.goto("/fr/administration/people");
  await ada.getByLabel("Adresse électronique").fill("ivo@ecole.example");
  await ada.getByRole("button", { name: "Inviter" }).click();
  const ivo = await visitors.pageOf(browser, "instructor");
  await ivo.goto(await ada.locator("input[readonly]").inputValue());
  await fillPerson(ivo, "Ivo", undefined);
  await ivo.getByRole("button", { name: "Créer un compte" }).click();
  await ivo.waitForURL("**/fr/cohorts");
  const lea = await visitors.pageOf(browser, "learner");
  await lea.goto("/fr/sign-up");
  await fillPerson(lea, "Léa", "lea@ecole.example");
  await lea.getByRole("button", { name: "Créer un compte" }).click();
  await lea.waitForURL("**/road-map");
  const guest = await visitors.pageOf(browser, "guest");
  await guest.goto("/fr");
  await guest.getByRole("button", { name: "Essayer un TP maintenant" }).click();
  await guest.waitForURL("**/labs/**");
  return { nobody: await visitors.pageOf(browser, "nobody"), guest, learner: lea, instructor: ivo, administrator: ada };
}

let pages: Record<string, Page> = {};

test("no page and no message of any role holds one", async ({ browser }) => {
  test.setTimeout(400_000);
  pages = await roles(browser);
  for (const [who, page] of Object.entries(pages)) await crawl(page, who);
});

test("a reason is told only once the machine has given it, whatever is asked", async () => {
  const page = pages["learner"];
  if (!page) throw new Error("nobody is there");
  await page.goto("/fr/labs/python-hello");
  const asked = page.waitForRequest((request) => request.method() === "POST" && request.headers()["next-action"] !== undefined);
  await page.getByRole("button", { name: "Vérifier cette étape" }).click();
  await expect(page.getByText("n’est pas encore installé")).toBeVisible();
  const request = await asked;
  const body = request.postData() ?? "";
  const ask = async (text: string) => await page.request.post(request.url(), { headers: { ...request.headers(), origin: server.address }, data: text });
  expect(await (await ask(body)).text()).toContain("encore install");
  const codes = [...readFileSync("labs/containers/python-hello/lab.fr.md", "utf8").matchAll(/^:::when\{code="?([^"}]+)/gm)].map((match) => match[1] ?? "");
  const code = /"code":"([^"]+)"/.exec(body)?.[1] ?? "";
  expect(codes).toContain(code);
  const others = codes.filter((other) => other !== code).flatMap((other) => ["install", "build", "run"].map((task) => body.replace(`"code":"${code}"`, `"code":"${other}"`).replace(/"task":"[^"]+"/, `"task":"${task}"`)));
  for (const answer of await Promise.all(others.map(ask))) expect(found(await answer.text())).toEqual([]);
});
