// What the browser tests do as a person would: open a browser of one's own, fill in who one is, type at a terminal's prompt.
import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Locator, type Page } from "@playwright/test";

export const password = "une longue phrase facile";

export interface Visitors {
  /** A new page in this person's own browser; errors of scripts and of the content security policy fail the test. */
  pageOf(browser: Browser, who: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export function createVisitors(address: string): Visitors {
  const contexts = new Map<string, BrowserContext>();
  return {
    async pageOf(browser, who, options = {}) {
      const context = contexts.get(who) ?? (await browser.newContext({ baseURL: address, locale: "fr-FR", viewport: { width: 1440, height: 900 }, ...options }));
      contexts.set(who, context);
      const page = await context.newPage();
      page.on("pageerror", (error) => expect.soft(error.message, `${who}: ${page.url()}`).toBe(""));
      page.on("console", (message) => {
        if (message.type() === "error" && /Content Security Policy|Refused/.test(message.text())) expect.soft(message.text()).toBe("");
      });
      return page;
    },
    async close() {
      for (const context of contexts.values()) await context.close();
    },
  };
}

export async function fillPerson(page: Page, name: string, email: string | undefined): Promise<void> {
  await page.getByLabel("Nom", { exact: true }).fill(name);
  if (email !== undefined) await page.getByLabel("Adresse électronique").fill(email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
}

/** What a terminal shows. */
export function rows(page: Page, terminal = 1): Locator {
  return page.locator(`#terminal-panel-${terminal} .xterm-rows`);
}

/** The end of what is shown, whatever the width of the terminal has done to its spaces and lines. */
function endsWith(text: string): RegExp {
  const pattern = [...text.replaceAll(/\s/g, "")].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&")).join("\\s*");
  return new RegExp(`${pattern}\\s*$`);
}

/** Types a line at the prompt (once it is there) and waits until something follows it, unless the command reads what is typed next. */
export async function type(page: Page, command: string, { terminal = 1, reads = false }: { readonly terminal?: number; readonly reads?: boolean } = {}): Promise<void> {
  const screen = rows(page, terminal);
  await expect(screen).toContainText(/[$#]\s*$/, { timeout: 60_000 });
  await page.locator(`#terminal-panel-${terminal} .xterm-helper-textarea`).focus();
  await page.keyboard.type(command);
  await expect(screen).toContainText(endsWith(command));
  await page.keyboard.press("Enter");
  if (!reads) await expect(screen).not.toContainText(endsWith(`$ ${command}`));
}

/** Presses Tab until the focus is there, as who has no mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not lead there");
}

/** The place of a word on a terminal's screen: its text lies under a layer that takes the mouse. */
export async function placeOf(page: Page, word: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await rows(page).getByText(word, { exact: true }).last().boundingBox();
  if (!box) throw new Error(`${word} is not on the screen`);
  return { x: box.x + Math.min(30, box.width / 2), y: box.y + box.height / 2 };
}

/** A guest at a fresh machine of the only lab. */
export async function tryLab(page: Page): Promise<void> {
  await page.goto("/fr");
  await page.getByRole("button", { name: "Essayer un TP maintenant" }).click();
  await page.waitForURL("**/fr/labs/**");
}
