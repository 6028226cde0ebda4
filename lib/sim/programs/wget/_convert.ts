// -k: the links of what was downloaded are made to lead to the files here, or to the whole address (src/convert.c of wget 1.21).
import { type Blocking, O, type Sys, encode } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { exists } from "../kit/presence.ts";
import { type Link, cssLinks, htmlLinks } from "./_links.ts";
import type { Log } from "./_log.ts";
import { secondsText } from "./_progress.ts";
import { mergeUrl, parseWgetUrl } from "./_url.ts";

/** What came from where. */
export class Downloads {
  /** the address in one form, and the file it is in */
  readonly files = new Map<string, string>();
  readonly #pages = new Map<string, { readonly url: string; readonly css: boolean }>();

  add(url: string, file: string): void {
    this.files.set(url, file);
  }

  addPage(url: string, file: string, css: boolean): void {
    if (!this.#pages.has(file)) this.#pages.set(file, { url, css });
  }

  isPage(file: string): { readonly css: boolean } | undefined {
    return this.#pages.get(file);
  }

  drop(file: string): void {
    this.#pages.delete(file);
    for (const [url, name] of this.files) if (name === file) this.files.delete(url);
  }

  /** Pages first, style sheets then. */
  get pages(): readonly (readonly [file: string, page: { readonly url: string; readonly css: boolean }])[] {
    return [...this.#pages].sort((a, b) => Number(a[1].css) - Number(b[1].css));
  }
}

/** From the directory of `from` to `to`. */
function relativeName(from: string, to: string): string {
  const here = from.split("/").slice(0, -1);
  const there = to.split("/");
  let common = 0;
  while (common < here.length && common < there.length - 1 && here[common] === there[common]) common++;
  return "../".repeat(here.length - common) + there.slice(common).join("/");
}

const forHtml = (text: string): string => text.replace(/[&<>" ]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", " ": "&#32;" })[char] ?? char);

const forFile = (name: string): string => name.replace(/[%#?]/g, (char) => `%${(char.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);

/** The new value of a link; `local`: it leads to a file. Undefined: it stays. */
function converted(link: Link, base: string, file: string, downloads: Downloads): { readonly value: string; readonly local: boolean } | undefined {
  const whole = mergeUrl(base, link.target);
  const parsed = parseWgetUrl(whole);
  if ("error" in parsed) return undefined;
  const hash = link.target.indexOf("#");
  const fragment = hash < 0 ? "" : link.target.slice(hash);
  const target = downloads.files.get(parsed.text);
  if (target !== undefined) return { value: forFile(relativeName(file, target)) + fragment, local: true };
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(link.target) ? undefined : { value: parsed.text + fragment, local: false };
}

export function* convertLinks(sys: Sys, log: Log, downloads: Downloads, backup: boolean): Blocking<void> {
  const startUs = sys.clockUs("monotonic");
  let count = 0;
  for (const [file, page] of downloads.pages) {
    const text = exists(sys, file) ? yield* readTextFile(sys, file) : undefined;
    if (text === undefined) continue;
    count++;
    yield* log.say(`Converting links in ${file}... `);
    const links = page.css ? cssLinks(text) : htmlLinks(text).links;
    let made = "";
    let at = 0;
    let toFile = 0;
    let toUrl = 0;
    let base = page.url;
    for (const link of links) {
      if (link.base) {
        base = mergeUrl(page.url, link.target);
        made += `${text.slice(at, link.start)}""`;
        at = link.end;
        continue;
      }
      const change = converted(link, base, file, downloads);
      if (change === undefined) continue;
      if (change.local) toFile++;
      else toUrl++;
      const quote = /^["']/.exec(text.slice(link.start))?.[0] ?? '"';
      made += text.slice(at, link.start) + (link.css ? change.value : quote + (link.refresh ?? "") + forHtml(change.value) + quote);
      at = link.end;
    }
    if (toFile + toUrl === 0) {
      yield* log.say("nothing to do.\n");
      continue;
    }
    yield* log.say(`${toFile + toUrl}.\n`);
    if (backup && !exists(sys, `${file}.orig`)) sys.rename(file, `${file}.orig`);
    const fd = yield* sys.open(file, O.WRONLY | O.CREAT | O.TRUNC, 0o666);
    yield* sys.write(fd, encode(made + text.slice(at)));
    sys.close(fd);
    yield* log.say(`${toFile}-${toUrl}\n`);
  }
  if (count > 0) yield* log.say(`Converted links in ${count} files in ${secondsText(sys.clockUs("monotonic") - startUs).replace(/s$/, "")} seconds.\n`);
}

