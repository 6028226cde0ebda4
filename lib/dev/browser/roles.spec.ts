// Who may see which route: a table of every page and endpoint by role, held against the files of app/, and the forms of each role sent
// again by those below it.
import { readdirSync } from "node:fs";
import { type APIRequestContext, type Browser, expect, type Page, test } from "@playwright/test";
import { createOwnServer } from "./own-server.ts";
import { createVisitors, fillPerson } from "./visitor.ts";

const server = createOwnServer();
const visitors = createVisitors(server.address);
test.describe.configure({ mode: "serial" });
test.beforeAll(async () => await server.start());
test.afterAll(async () => {
  await visitors.close();
  await server.end();
});

const roles = ["nobody", "guest", "learner", "stranger", "instructor", "colleague", "administrator"] as const;
type Role = (typeof roles)[number];

/** "ok"; "sign-in": sent to the sign-in page, or 401 for an endpoint; "none": 404, as if it did not exist; "home": sent elsewhere. */
type Answer = "ok" | "sign-in" | "none" | "home";
/** nobody, guest, learner of the cohort, learner of none, instructor of the cohort, instructor of another, administrator */
type Row = readonly [Answer, Answer, Answer, Answer, Answer, Answer, Answer];

const everybody: Row = ["ok", "ok", "ok", "ok", "ok", "ok", "ok"];
const signedIn: Row = ["sign-in", "ok", "ok", "ok", "ok", "ok", "ok"];
const teaching: Row = ["sign-in", "none", "none", "none", "ok", "ok", "ok"];
const teacherOfCohort: Row = ["sign-in", "none", "none", "none", "ok", "none", "ok"];
const administrating: Row = ["sign-in", "none", "none", "none", "none", "none", "ok"];

/** A place's names in braces are filled in below. */
const table: Readonly<Record<string, Row>> = {
  "/[locale]": everybody,
  "/[locale]/[...rest]": ["none", "none", "none", "none", "none", "none", "none"],
  "/[locale]/sign-in": ["ok", "ok", "home", "home", "home", "home", "home"],
  "/[locale]/sign-up": ["ok", "ok", "home", "home", "home", "home", "home"],
  "/[locale]/try": everybody,
  "/[locale]/join": everybody,
  "/[locale]/join/[code]": everybody,
  "/[locale]/invitation/[secret]": everybody,
  "/[locale]/new-password/[secret]": everybody,
  "/[locale]/set-up/[secret]": everybody,
  "/[locale]/road-map": signedIn,
  "/[locale]/account": signedIn,
  "/[locale]/labs/[lab]": signedIn,
  "/[locale]/questions/[module]": signedIn,
  "/[locale]/cohorts": teaching,
  "/[locale]/cohorts/[cohort]": teacherOfCohort,
  "/[locale]/cohorts/[cohort]/learners/[learner]": teacherOfCohort,
  "/[locale]/cohorts/[cohort]/learners/[learner]/replay/[attempt]": teacherOfCohort,
  "/[locale]/administration": administrating,
  "/[locale]/administration/audit": administrating,
  "/[locale]/administration/cohorts": administrating,
  "/[locale]/administration/people": administrating,
  "/[locale]/administration/settings": administrating,
  "/[locale]/administration/sign-ins": administrating,
  "/api/cohorts/[cohort]/live": teacherOfCohort,
  "/api/cohorts/[cohort]/results": teacherOfCohort,
  "/session/recordings/[attempt]": ["sign-in", "none", "ok", "none", "ok", "none", "ok"],
};
/** Tested by what they do: next-auth's own, and tickets (sockets.test.ts, school.spec.ts). */
const elsewhere = ["/api/auth/[...nextauth]", "/api/tickets"];

test("every page and endpoint of app/ stands in the table", () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map((file) => `/${file.replace(/\/?(page\.tsx|route\.ts)$/, "").replaceAll(/\([a-z]+\)\//g, "").replace(/\/\([a-z]+\)$/, "")}`);
  expect([...routes].sort()).toEqual([...Object.keys(table).filter((route) => !route.startsWith("/session/")), ...elsewhere].sort());
});

const pages: Partial<Record<Role, Page>> = {};
const places: Record<string, string> = { locale: "fr", "...rest": "nowhere", secret: "x".repeat(30), lab: "python-hello", module: "containers" };

function pageOf(role: Role): Page {
  const page = pages[role];
  if (!page) throw new Error(`${role} is not there`);
  return page;
}

async function arrive(browser: Browser): Promise<void> {
  for (const role of roles) pages[role] = await visitors.pageOf(browser, role);
  const ada = pageOf("administrator");
  await ada.goto(server.setUpLink());
  await fillPerson(ada, "Ada", "ada@ecole.example");
  await ada.getByRole("button", { name: "Créer l’administrateur" }).click();
  await ada.waitForURL("**/administration");
  for (const role of ["instructor", "colleague"] as const) {
    await ada.goto("/fr/administration/people");
    await ada.getByLabel("Adresse électronique").fill(`${role}@ecole.example`);
    await ada.getByRole("button", { name: "Inviter" }).click();
    const page = pageOf(role);
    await page.goto(await ada.locator("input[readonly]").inputValue());
    await fillPerson(page, role, undefined);
    await page.getByRole("button", { name: "Créer un compte" }).click();
    await page.waitForURL("**/fr/cohorts");
  }
  const ivo = pageOf("instructor");
  await ivo.getByLabel("Nom du groupe").fill("Groupe");
  await ivo.getByRole("button", { name: "Créer un groupe" }).click();
  await ivo.waitForURL(/cohorts\/.+/);
  places["cohort"] = ivo.url().split("/").at(-1) ?? "";
  places["code"] = (await ivo.getByText(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/).textContent()) ?? "";
  for (const [role, start] of [["learner", `/fr/join/${places["code"]}`], ["stranger", "/fr/sign-up"]] as const) {
    const page = pageOf(role);
    await page.goto(start);
    await fillPerson(page, role, `${role}@ecole.example`);
    await page.getByRole("button", { name: "Créer un compte" }).click();
    await page.waitForURL("**/road-map");
  }
  const { attempt }: { attempt: string } = await (await pageOf("learner").request.post("/api/tickets", { data: { activity: "lab:python-hello" }, headers: { origin: server.address } })).json();
  places["attempt"] = attempt;
  await ivo.goto(`/fr/cohorts/${places["cohort"]}`);
  places["learner"] = (await ivo.getByRole("link", { name: "learner" }).getAttribute("href"))?.split("/").at(-1) ?? "";
  const guest = pageOf("guest");
  await guest.goto("/fr/try");
  await guest.getByRole("button", { name: "Essayer un TP maintenant" }).click();
  await guest.waitForURL("**/labs/**");
}

async function answer(request: APIRequestContext, route: string): Promise<Answer | string> {
  const address = route.replaceAll(/\[([^\]]+)\]/g, (_whole, name: string) => places[name] ?? "?");
  // The live endpoint never ends: its head is enough.
  const got = route.endsWith("/live") ? await headOf(request, address) : await request.get(address, { maxRedirects: 0 }).then((response) => ({ status: response.status(), to: response.headers()["location"] ?? "" }));
  if (got.status === 200) return "ok";
  if (got.status === 404) return "none";
  if (got.status === 401 || /\/sign-in$/.test(got.to)) return "sign-in";
  return got.to === "" ? String(got.status) : "home";
}

async function headOf(request: APIRequestContext, address: string): Promise<{ status: number; to: string }> {
  const { cookies } = await request.storageState();
  const stop = new AbortController();
  const response = await fetch(`${server.address}${address}`, { headers: { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") }, signal: stop.signal, redirect: "manual" });
  stop.abort();
  return { status: response.status, to: "" };
}

test("each route by each role", async ({ browser }) => {
  test.setTimeout(240_000);
  await arrive(browser);
  const wrong: string[] = [];
  for (const [route, row] of Object.entries(table)) {
    for (const [place, role] of roles.entries()) {
      const got = await answer(pageOf(role).request, route);
      if (got !== row[place]) wrong.push(`${route} as ${role}: ${got}, not ${row[place]}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** Presses a button and returns the server action's request, once it has been answered. */
async function sent(page: Page, press: () => Promise<void>): Promise<{ url: string; headers: Record<string, string>; body: Buffer }> {
  const waiting = page.waitForRequest((request) => request.method() === "POST" && request.headers()["next-action"] !== undefined);
  await press();
  const request = await waiting;
  await request.response();
  return { url: request.url(), headers: request.headers(), body: request.postDataBuffer() ?? Buffer.from("") };
}

test("a form of those above, sent again by those below, changes nothing", async () => {
  test.setTimeout(120_000);
  const ada = pageOf("administrator");
  const ivo = pageOf("instructor");
  await ada.goto("/fr/administration/people");
  const row = ada.getByRole("listitem").filter({ hasText: "stranger@ecole.example" });
  const asAdministrator = [
    await sent(ada, async () => {
      await ada.getByLabel("Adresse électronique").fill("nouveau@ecole.example");
      await ada.getByRole("button", { name: "Inviter" }).click();
    }),
    await sent(ada, async () => await row.getByRole("button", { name: "Lien de mot de passe" }).click()),
  ];
  await ada.goto("/fr/administration/settings");
  await ada.getByLabel("Nom de l’école").fill("École");
  asAdministrator.push(await sent(ada, async () => await ada.getByRole("button", { name: "Enregistrer" }).click()));
  await ivo.goto("/fr/cohorts");
  const creates = await sent(ivo, async () => {
    await ivo.getByLabel("Nom du groupe").fill("Second");
    await ivo.getByRole("button", { name: "Créer un groupe" }).click();
  });
  await ivo.goto(`/fr/cohorts/${places["cohort"]}`);
  await ivo.getByText("Réglages du groupe").click();
  const changes = await sent(ivo, async () => await ivo.getByRole("button", { name: "Fermer le code" }).first().click());

  await ada.goto("/fr/administration/audit");
  const before = await ada.getByRole("row").count();
  const attempts = [
    ...asAdministrator.flatMap((form) => (["nobody", "guest", "learner", "instructor"] as const).map((role) => ({ role, form }))),
    ...(["nobody", "guest", "learner"] as const).map((role) => ({ role, form: creates })),
    ...(["nobody", "guest", "learner", "colleague"] as const).map((role) => ({ role, form: changes })),
  ];
  for (const { role, form } of attempts) {
    const { cookie: _cookie, "content-length": _length, ...headers } = form.headers;
    const response = await pageOf(role).request.post(form.url, { headers: { ...headers, origin: server.address }, data: form.body, maxRedirects: 0 });
    expect(await response.text(), `${role} ${form.url}`).not.toMatch(/invitation\/|new-password\/|Enregistré/);
  }
  await ada.reload();
  expect(await ada.getByRole("row").count(), "nothing was done, so nothing was written down").toBe(before);
  await ada.goto("/fr/administration/cohorts");
  await expect(ada.getByRole("link", { name: "Second" })).toHaveCount(1);
  // From another site, even an administrator's own form is refused.
  const [invites] = asAdministrator;
  if (!invites) throw new Error("no form was sent");
  const { cookie: _cookie, "content-length": _length, ...headers } = invites.headers;
  const own = await ada.request.post(invites.url, { headers: { ...headers, origin: server.address }, data: invites.body, maxRedirects: 0 });
  expect(await own.text(), "sent again by whoever may").toMatch(/invitation\//);
  const foreign = await ada.request.post(invites.url, { headers: { ...headers, origin: "https://evil.example" }, data: invites.body, maxRedirects: 0 });
  expect(foreign.status()).toBeGreaterThanOrEqual(400);
});
