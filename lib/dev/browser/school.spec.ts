// A school's first day, in order: the administrator, an instructor, learners, a lab, questions, the instructor's eyes, a crash.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { createOwnServer } from "./own-server.ts";
import { createVisitors, fillPerson, password, rows, type } from "./visitor.ts";

test.describe.configure({ mode: "serial" });

const server = createOwnServer();
const visitors = createVisitors(server.address);
const browserOf = visitors.pageOf;
let cohort = "";
let code = "";

test.beforeAll(async () => await server.start());
test.afterAll(async () => {
  await visitors.close();
  await server.end();
});

/** What a replay shows. */
function replayed(page: Page): Locator {
  return page.locator(".xterm-rows").first();
}

test("the one-use link creates the administrator, once, and a weak password is refused with everything else kept", async ({ browser }) => {
  const page = await browserOf(browser, "ada");
  const link = server.setUpLink();
  await page.goto(link);
  await fillPerson(page, "Ada Lovelace", "ada@ecole.example");
  await page.getByLabel("Mot de passe", { exact: true }).fill("motdepasse1");
  await page.getByRole("button", { name: "Créer l’administrateur" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "trop court ou trop connu" })).toBeVisible();
  await expect(page.getByLabel("Nom", { exact: true })).toHaveValue("Ada Lovelace");
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Créer l’administrateur" }).click();
  await page.waitForURL("**/fr/administration");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Ce lien ne sert plus" })).toBeVisible();
});

test("the administrator invites an instructor, who creates a cohort", async ({ browser }) => {
  const ada = await browserOf(browser, "ada");
  await ada.goto("/fr/administration/people");
  await ada.getByLabel("Adresse électronique").fill("ivo@ecole.example");
  await ada.getByRole("button", { name: "Inviter" }).click();
  const link = await ada.locator("input[readonly]").inputValue();
  await expect(ada.getByRole("button", { name: "Retirer" })).toBeVisible();
  const ivo = await browserOf(browser, "ivo");
  await ivo.goto(link);
  await fillPerson(ivo, "Ivo Martin", undefined);
  await ivo.getByRole("button", { name: "Créer un compte" }).click();
  await ivo.waitForURL("**/fr/cohorts");
  await ivo.getByLabel("Nom du groupe").fill("LPIC-1, printemps");
  await ivo.getByRole("button", { name: "Créer un groupe" }).click();
  await ivo.waitForURL(/cohorts\/.+/);
  cohort = new URL(ivo.url()).pathname;
  code = await ivo.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/).textContent().then((text) => text ?? "");
});

test("a learner signs up with the code and lands on the road map", async ({ browser }) => {
  const lea = await browserOf(browser, "lea");
  await lea.goto("/join");
  await lea.getByLabel("Code du groupe").fill("AAAA-AAAA");
  await lea.getByRole("button", { name: "Continuer" }).click();
  await expect(lea.getByRole("alert").filter({ hasText: "Aucun groupe ouvert" })).toBeVisible();
  await lea.getByLabel("Code du groupe").fill(code.toLowerCase());
  await lea.getByRole("button", { name: "Continuer" }).click();
  await expect(lea.getByRole("heading", { name: "LPIC-1, printemps" })).toBeVisible();
  await fillPerson(lea, "Léa Dubois", "lea@ecole.example");
  await lea.getByRole("button", { name: "Créer un compte" }).click();
  await lea.waitForURL("**/fr/road-map");
  await expect(lea.getByRole("heading", { name: "Bonjour Léa Dubois" })).toBeVisible();
});

test("a guest tries a lab, and keeps the work on signing up", async ({ browser }) => {
  const max = await browserOf(browser, "max");
  await max.goto("/fr");
  await max.getByRole("button", { name: "Essayer un TP maintenant" }).click();
  await type(max, "mkdir ~/hello; echo here-$((6*7))");
  await expect(rows(max)).toContainText("here-42");
  await expect(max.getByRole("progressbar", { name: "Étapes" })).toHaveAttribute("aria-valuenow", "1");
  await max.getByRole("link", { name: "Garder mon travail" }).click();
  await fillPerson(max, "Max Petit", "max@ecole.example");
  await max.getByRole("button", { name: "Créer un compte" }).click();
  await max.waitForURL("**/fr/road-map");
  await expect(max.getByText("1 sur 10 étapes")).toBeVisible();
});

test("a step ticks by itself and the instructor sees it without reload; a check says what is missing; hints open one at a time", async ({ browser }) => {
  const ivo = await browserOf(browser, "ivo");
  await ivo.goto(cohort);
  await expect(ivo.getByText("en direct")).toBeVisible();
  const row = ivo.getByRole("row").filter({ hasText: "Léa Dubois" });
  await expect(row).toContainText("0/");
  const lea = await browserOf(browser, "lea");
  await lea.goto("/fr/labs/python-hello");
  await type(lea, "mkdir ~/hello");
  await expect(lea.getByRole("button", { name: /Créer le répertoire hello · Réussie/ })).toBeVisible();
  await expect(row).toContainText("1/");
  await lea.getByRole("button", { name: "Vérifier cette étape" }).click();
  await expect(lea.getByText("Ce qui manque")).toBeVisible();
  await expect(lea.getByText("n’est pas encore installé")).toBeVisible();
  await lea.getByRole("button", { name: "Voir un indice" }).click();
  await expect(lea.getByText("Indice 1 sur 2")).toBeVisible();
  await lea.reload();
  await expect(lea.getByText("Indice 1 sur 2")).toBeVisible();
});

test("the terminal: keyboard way out, a second terminal on the same host, undo, reset", async ({ browser }) => {
  const lea = await browserOf(browser, "lea");
  await lea.goto("/fr/labs/python-hello");
  await type(lea, "echo first > ~/note");
  await lea.keyboard.press("F6");
  await expect(lea.locator("#lab-words")).toBeFocused();
  await lea.getByRole("button", { name: "Nouveau terminal" }).click();
  await expect(lea.getByRole("tab", { name: "Terminal 2" })).toHaveAttribute("aria-selected", "true");
  await type(lea, "cat ~/note", { terminal: 2 });
  await expect(rows(lea, 2)).toContainText(/first\s*student@/);
  await lea.getByRole("button", { name: "Fermer le terminal 2" }).click();
  await expect(lea.getByRole("tab", { name: "Terminal 2" })).toBeHidden();
  await type(lea, "touch ~/by-mistake");
  await lea.getByRole("button", { name: "Annuler la dernière commande" }).click();
  await expect(lea.getByText("La dernière commande est annulée.")).toBeVisible();
  await expect(rows(lea)).not.toContainText("by-mistake");
  await lea.getByRole("button", { name: "Repartir de zéro" }).click();
  await lea.getByRole("dialog").getByRole("button", { name: "Repartir de zéro" }).click();
  await expect(rows(lea)).not.toContainText("mkdir");
  await type(lea, "ls -A ~/hello");
  await expect(rows(lea)).toContainText("No such file or directory");
});

test("kill -9 in the middle of a command: the screen comes back as it was, and the command goes on", async ({ browser }) => {
  const lea = await browserOf(browser, "lea");
  await lea.goto("/fr/labs/python-hello");
  await type(lea, "for i in 1 2 3 4 5 6 7 8 9; do echo tick-$i; sleep 0.7; done");
  await expect(rows(lea)).toContainText("tick-3");
  await server.kill();
  await expect(lea.getByRole("button", { name: "Réessayer maintenant" })).toBeVisible();
  await server.start();
  await expect(lea.getByRole("button", { name: "Réessayer maintenant" })).toBeHidden({ timeout: 40_000 });
  await expect(rows(lea)).toContainText(/tick-1\s*tick-2\s*tick-3/);
  await expect(rows(lea)).toContainText("tick-9");
});

test("another window takes the attempt over, and gives it back as it was", async ({ browser }) => {
  const lea = await browserOf(browser, "lea");
  await lea.goto("/fr/labs/python-hello");
  await type(lea, "echo in-one");
  await expect(rows(lea)).toContainText("in-one");
  const other = await browserOf(browser, "lea");
  await other.goto("/fr/labs/python-hello");
  await expect(rows(other)).toContainText("in-one");
  await lea.getByRole("button", { name: "L’utiliser ici" }).click();
  await expect(lea.getByRole("button", { name: "Tout vérifier" })).toBeEnabled();
  await type(lea, "echo in-two");
  await expect(rows(lea)).toContainText(/in-one[\s\S]*in-two/);
  await other.close();
});

test("the instructor replays the session and exports the results", async ({ browser }) => {
  const ivo = await browserOf(browser, "ivo");
  await ivo.goto(cohort);
  const download = ivo.waitForEvent("download");
  await ivo.getByRole("link", { name: "Exporter en CSV" }).click();
  expect((await download).suggestedFilename()).toBe("LPIC-1-printemps.csv");
  await ivo.getByRole("link", { name: "Léa Dubois" }).click();
  await expect(ivo.getByRole("heading", { name: "Vérifications qui bloquent" })).toBeVisible();
  await ivo.getByRole("link", { name: "Rejouer le terminal" }).first().click();
  await ivo.getByRole("complementary").getByRole("button").filter({ hasText: "tick-$i" }).click();
  await ivo.getByRole("button", { name: "Lire" }).click();
  await expect(replayed(ivo)).toContainText("tick-9", { timeout: 60_000 });
});

test("questions: feedback only after the answer, and the bank resumes where it stopped", async ({ browser }) => {
  const lea = await browserOf(browser, "lea");
  const sent: string[] = [];
  lea.on("response", async (response) => {
    if (response.url().includes("/questions/")) sent.push(await response.text().catch(() => ""));
  });
  await lea.goto("/fr/questions/containers");
  await expect(lea.getByText("Question 1 sur 9")).toBeVisible();
  await lea.getByRole("button", { name: "Valider" }).click();
  await expect(lea.getByRole("alert").filter({ hasText: "Répondez d’abord." })).toBeVisible();
  expect(sent.join("")).not.toMatch(/ordonnance les invités/);
  for (const select of await lea.locator("main select").all()) await select.selectOption({ index: 1 });
  await lea.getByRole("button", { name: "Valider" }).click();
  await expect(lea.getByText(/ordonnance les invités/)).toBeVisible();
  await lea.reload();
  await expect(lea.getByText("Question 2 sur 9")).toBeVisible();
});

test("the question at a machine is answered at its terminal", async ({ browser }) => {
  const lea = await browserOf(browser, "lea");
  await lea.goto("/fr/questions/containers");
  await lea.getByRole("button", { name: /^Question 9 sur 9/ }).click();
  await lea.getByRole("button", { name: "Ouvrir la machine" }).click();
  await type(lea, "docker run --name web nginx true");
  await type(lea, "echo fini");
  await lea.getByRole("button", { name: "Valider" }).click();
  await expect(lea.getByText("Le conteneur existe mais ne tourne pas")).toBeVisible();
  const ivo = await browserOf(browser, "ivo");
  await ivo.goto(cohort);
  await expect(ivo.getByRole("row").filter({ hasText: "Léa Dubois" }).getByRole("cell", { name: "faux" })).toHaveCount(2);

  const max = await browserOf(browser, "max");
  await max.goto("/fr/questions/containers");
  await max.getByRole("button", { name: /^Question 9 sur 9/ }).click();
  await max.getByRole("button", { name: "Ouvrir la machine" }).click();
  await expect(max.getByText("La machine n’est pas encore dans l’état demandé.")).toBeVisible();
  await type(max, "docker run -d --name web nginx");
  await expect(max.getByText("La machine est dans le bon état.")).toBeVisible();
  await max.getByRole("button", { name: "Valider" }).click();
  await expect(max.getByText("Juste !")).toBeVisible();
  await expect(max.getByRole("button", { name: /^Question 9 sur 9, juste/ })).toBeVisible();
});

test("others' data are refused: pages, recordings, exports, foreign origins", async ({ browser }) => {
  const max = await browserOf(browser, "max");
  for (const address of ["/fr/administration", "/fr/administration/people", "/fr/cohorts", cohort]) {
    expect((await max.goto(address))?.status(), address).toBe(404);
  }
  const ivo = await browserOf(browser, "ivo");
  await ivo.goto(cohort);
  await ivo.getByRole("link", { name: "Léa Dubois" }).click();
  const replay = await ivo.getByRole("link", { name: "Rejouer le terminal" }).first().getAttribute("href");
  const recording = `/session/recordings/${replay?.split("/").at(-1)}`;
  const id = cohort.split("/").at(-1);
  for (const address of [recording, `/api/cohorts/${id}/results`, `/api/cohorts/${id}/live`]) {
    expect((await max.request.get(address)).status(), address).toBe(404);
  }
  expect((await ivo.request.get(recording)).status()).toBe(200);
  expect((await ivo.request.post("/api/tickets", { data: { activity: "lab:python-hello" }, headers: { Origin: "https://evil.example" } })).status()).toBe(403);
  const nobody = await browserOf(browser, "nobody");
  await nobody.goto("/en/nowhere");
  await expect(nobody.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  await nobody.goto("/fr/road-map");
  await expect(nobody).toHaveURL(/sign-in/);
  expect((await nobody.request.get(recording)).status()).toBe(401);
});

for (const [scheme, locale, width] of [
  ["light", "fr", 1440],
  ["dark", "fr", 390],
  ["dark", "en", 1440],
  ["light", "en", 390],
] as const) {
  test(`axe: no violation on any page (${scheme}, ${locale}, ${width} px)`, async ({ browser }) => {
    test.setTimeout(300_000);
    const learner = (await browserOf(browser, "ivo").then(async (ivo) => {
      await ivo.goto(cohort);
      const address = await ivo.getByRole("link", { name: "Léa Dubois" }).getAttribute("href");
      await ivo.close();
      return address ?? "";
    })).replace("/fr", "");
    const replay = await browserOf(browser, "ivo").then(async (ivo) => {
      await ivo.goto(`/fr${learner}`);
      const address = await ivo.getByRole("link", { name: "Rejouer le terminal" }).first().getAttribute("href");
      await ivo.close();
      return (address ?? "").replace("/fr", "");
    });
    const places: Record<string, string[]> = {
      nobody: ["", "/sign-in", "/sign-up", "/join", `/join/${code}`, "/try", "/set-up/x", "/invitation/x", "/new-password/x", "/nowhere"],
      lea: ["", "/road-map", "/account", "/labs/python-hello", "/questions/containers", `/join/${code}`],
      ivo: ["/road-map", "/cohorts", cohort.replace("/fr", ""), learner, replay, "/account"],
      ada: ["/administration", "/administration/people", "/administration/cohorts", "/administration/sign-ins", "/administration/audit", "/administration/settings", "/cohorts"],
    };
    for (const [who, paths] of Object.entries(places)) {
      const page = await browserOf(browser, who);
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      for (const path of paths) {
        await page.goto(`/${locale}${path}`);
        if (path.startsWith("/labs")) await expect(rows(page)).toBeAttached();
        if (path === replay) await expect(replayed(page)).toBeAttached();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.target.join(" ")}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${path} scrolls sideways`).toBe(0);
      }
      await page.close();
    }
  });
}
