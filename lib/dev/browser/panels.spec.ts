// The panels beside the terminal: a guest edits a file and sees it with cat, sees a container appear in the picture, reads the transcript.
import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { createOwnServer } from "./own-server.ts";

test.describe.configure({ mode: "serial" });

const server = createOwnServer();
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  await server.start();
  context = await browser.newContext({ baseURL: server.address, locale: "fr-FR", viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.on("pageerror", (error) => expect.soft(error.message).toBe(""));
  await page.goto("/fr");
  await page.getByRole("button", { name: "Essayer un TP maintenant" }).click();
});
test.afterAll(async () => {
  await context.close();
  await server.end();
});

const rows = () => page.locator(".xterm-rows").first();
const panelButton = (name: string) => page.getByRole("button", { name, exact: true });

async function type(command: string): Promise<void> {
  await expect(rows()).toContainText(/[$#]\s*$/, { timeout: 60_000 });
  await page.locator(".xterm-helper-textarea").first().focus();
  await page.keyboard.type(`${command}\n`);
}

test("files: a new one is saved with the keyboard, cat shows it, and what the terminal changes is taken over", async () => {
  await panelButton("Fichiers").press("Enter");
  await expect(page.getByLabel("Aller à un chemin")).toHaveValue("/home/student");
  await page.getByRole("button", { name: "Nouveau fichier" }).press("Enter");
  await page.getByLabel("Nom du nouveau fichier").fill("notes.txt");
  await page.keyboard.press("Enter");
  const text = page.getByRole("textbox", { name: "Texte de /home/student/notes.txt" });
  await text.focus();
  await page.keyboard.type("first line\n");
  await page.keyboard.press("Tab");
  await page.keyboard.type("indented, é");
  await page.keyboard.press("Control+s");
  await expect(page.getByText("notes.txt est enregistré.")).toBeAttached();
  await expect(page.getByRole("list", { name: "Répertoire /home/student" }).getByRole("button", { name: /notes\.txt/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(text).not.toBeFocused();
  await type("cat notes.txt");
  await expect(rows()).toContainText(/first line\s*indented, é/);
  await type("echo three >> notes.txt");
  await expect(text).toHaveValue("first line\n    indented, é\nthree\n");
});

test("files: changes are not lost, and the machine's refusals are shown as it gives them", async () => {
  const text = page.getByRole("textbox", { name: "Texte de /home/student/notes.txt" });
  await text.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("mine");
  await type("echo theirs >> notes.txt");
  const alert = page.getByRole("alert").filter({ hasText: "a changé sur la machine" });
  await expect(alert).toBeVisible();
  await alert.getByRole("button", { name: "Écraser" }).click();
  await expect(alert).toBeHidden();
  await type("tail -n 1 notes.txt | tr a-z A-Z");
  await expect(rows()).toContainText("MINE");
  await text.focus();
  await page.keyboard.type(" again");
  await page.getByRole("button", { name: "Fermer notes.txt" }).click();
  const dialog = page.getByRole("dialog", { name: "Enregistrer notes.txt ?" });
  await dialog.getByRole("button", { name: "Annuler" }).click();
  await expect(text).toBeVisible();
  const path = page.getByLabel("Aller à un chemin");
  await path.fill("/etc/shadow");
  await path.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "/etc/shadow: Permission denied" })).toBeVisible();
  await path.fill("/etc/hosts");
  await path.press("Enter");
  await expect(page.getByRole("textbox", { name: "Texte de /etc/hosts" })).toHaveValue(/127\.0\.0\.1/);
  await expect(page.getByText("lecture seule")).toBeVisible();
  await page.getByRole("tab", { name: "notes.txt" }).click();
  await page.getByRole("button", { name: "Fermer notes.txt" }).click();
  await dialog.getByRole("button", { name: "Abandonner les modifications" }).click();
  await expect(page.getByRole("tab", { name: "notes.txt" })).toBeHidden();
});

test("transcript: each command is an article with its output and status", async () => {
  await panelButton("Journal").click();
  const article = page.getByRole("article", { name: "tail -n 1 notes.txt | tr a-z A-Z" });
  await expect(article).toContainText("MINE");
  await expect(article).toContainText("code 0");
  await type("printf '\\033[31mrouge\\033[0m'; false");
  const last = page.getByRole("article").last();
  await expect(last).toContainText("code 1");
  await expect(last.locator("pre")).toHaveText("rouge");
});

test("picture: a container appears while the terminal goes on", async () => {
  test.setTimeout(150_000);
  await panelButton("Machine").click();
  const panel = page.getByRole("region", { name: "Schéma de la machine" });
  await expect(panel).toContainText("Docker n’est pas installé");
  await type("sudo apt-get install -y docker.io");
  await expect(rows()).toContainText("password for student");
  await page.keyboard.type("student\n");
  await expect(panel).toContainText("Aucun conteneur pour l’instant", { timeout: 60_000 });
  await type("sudo docker run -d --name site -p 8080:80 -m 64m nginx");
  const name = panel.locator("[aria-hidden] .appears", { hasText: "site" }).first();
  await expect(name).toContainText("en marche", { timeout: 60_000 });
  await expect(name).toContainText("64 Mio");
  await expect(panel.getByRole("listitem").filter({ hasText: /^site, en marche, nginx/ })).toBeAttached();
  await type("sudo docker rm -f site");
  await expect(panel).not.toContainText("en marche");
});

for (const [scheme, width] of [
  ["light", 1440],
  ["dark", 390],
] as const) {
  test(`axe: no violation in any panel (${scheme}, ${width} px)`, async () => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    for (const panel of ["Machine", "Fichiers", "Journal"]) {
      const button = panelButton(panel);
      if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
      await expect(page.getByRole("heading", { level: 2 }).filter({ hasText: panel === "Machine" ? "Schéma de la machine" : panel === "Fichiers" ? "Fichiers de la machine" : "Journal des commandes" })).toBeAttached();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${panel}: ${id} ${nodes[0]?.target.join(" ")}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${panel} scrolls sideways`).toBe(0);
    }
  });
}
