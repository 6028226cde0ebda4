// A page and what it leads to, level by level (src/recur.c, src/res.c of wget 1.21).
import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { type Regex, compileRegex } from "../kit/regex/compile-regex.ts";
import { acceptable, acceptableDirectory, acceptableDomain } from "./_acceptance.ts";
import type { Downloads } from "./_convert.ts";
import type { HttpClient } from "./_http.ts";
import { type Link, cssLinks, forbiddenPaths, htmlLinks } from "./_links.ts";
import type { Log } from "./_log.ts";
import type { Settings } from "./_settings.ts";
import { type WgetUrl, hostPort, mergeUrl, parseWgetUrl } from "./_url.ts";

interface Waiting {
  readonly url: WgetUrl;
  readonly referer: string | undefined;
  readonly depth: number;
}

export class Recursion {
  readonly #sys: Sys;
  readonly #log: Log;
  readonly #settings: Settings;
  readonly #http: HttpClient;
  readonly #downloads: Downloads;
  readonly #robots = new Map<string, readonly { readonly path: string; readonly allowed: boolean }[]>();
  readonly #accept: Regex | undefined;
  readonly #reject: Regex | undefined;

  constructor(log: Log, settings: Settings, http: HttpClient, downloads: Downloads) {
    this.#sys = log.sys;
    this.#log = log;
    this.#settings = settings;
    this.#http = http;
    this.#downloads = downloads;
    this.#accept = settings.acceptRegex === undefined ? undefined : compileRegex(settings.acceptRegex, { syntax: "ere" });
    this.#reject = settings.rejectRegex === undefined ? undefined : compileRegex(settings.rejectRegex, { syntax: "ere" });
  }

  /** `note` hears how each download ended. */
  *run(start: WgetUrl, note: (status: number) => void): Blocking<void> {
    const settings = this.#settings;
    const seen = new Set<string>([start.text]);
    const queue: Waiting[] = [{ url: start, referer: undefined, depth: 0 }];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (settings.quota > 0 && this.#http.bytes > settings.quota) return;
      const { referer, depth } = next;
      let url = next.url;
      let file = this.#downloads.files.get(url.text);
      let page = file === undefined ? undefined : this.#downloads.isPage(file);
      if (file === undefined) {
        const got = yield* this.#http.retrieve(url, referer);
        note(got.status);
        file = got.file;
        page = got.status === 0 && file !== undefined && (got.html || got.css) ? { css: !got.html } : undefined;
        if (got.redirected !== undefined) {
          if (page !== undefined && depth > 0 && !this.#wanted({ url: got.redirected, inline: false }, url, depth - 1, start, new Set())) page = undefined;
          seen.add(got.redirected.text);
          if (file !== undefined) this.#downloads.add(got.redirected.text, file);
        }
        if (file !== undefined) this.#downloads.add(url.text, file);
        if (file !== undefined && page !== undefined) this.#downloads.addPage((got.redirected ?? url).text, file, page.css);
        url = got.redirected ?? url;
      }
      const leaf = depth >= settings.level;
      const inlineOnly = leaf && settings.pageRequisites && depth <= settings.level + 1;
      if (file !== undefined && page !== undefined && (!leaf || inlineOnly)) {
        for (const link of yield* this.#linksOf(file, page.css)) {
          if (inlineOnly && !link.inline) continue;
          const parsed = parseWgetUrl(mergeUrl(link.from ?? url.text, link.target));
          if ("error" in parsed || seen.has(parsed.text)) continue;
          if (!this.#wanted({ url: parsed, inline: link.inline }, url, depth, start, seen) || !(yield* this.#robotsAllow(parsed))) continue;
          queue.push({ url: parsed, referer: url.text, depth: depth + 1 });
          seen.add(parsed.text);
        }
      }
      if (file !== undefined && (settings.deleteAfter || settings.spider || !acceptable(file, settings))) {
        yield* this.#log.say(settings.deleteAfter || settings.spider ? `Removing ${file}.\n` : `Removing ${file} since it should be rejected.\n`);
        try {
          this.#sys.unlink(file);
        } catch (error) {
          if (!(error instanceof SysError)) throw error;
          yield* this.#log.report(`unlink: ${error.message}\n`);
        }
        yield* this.#log.say("\n");
        this.#downloads.drop(file);
      }
    }
  }

  *#linksOf(file: string, css: boolean): Blocking<readonly (Link & { readonly from?: string })[]> {
    const text = (yield* readTextFile(this.#sys, file)) ?? "";
    if (css) return cssLinks(text);
    const { links, noFollow } = htmlLinks(text);
    if (noFollow && this.#settings.robots) return [];
    const base = links.find((link) => link.base)?.target;
    return links.filter((link) => !link.base).map((link) => (base === undefined ? link : { ...link, from: base }));
  }

  /** download_child's questions, in its order. */
  #wanted(link: { readonly url: WgetUrl; readonly inline: boolean }, parent: WgetUrl, depth: number, start: WgetUrl, seen: ReadonlySet<string>): boolean {
    const settings = this.#settings;
    const { url } = link;
    if (seen.has(url.text) || !url.scheme.startsWith("http")) return false;
    if (settings.relativeOnly && url.host !== parent.host) return false;
    if (!acceptableDomain(url.host, settings)) return false;
    if (settings.noParent && url.host === start.host && (url.scheme !== start.scheme || url.port === start.port) && !(settings.pageRequisites && link.inline) && !(start.directory === "" || url.directory === start.directory || url.directory.startsWith(`${start.directory}/`))) return false;
    if (!acceptableDirectory(url.directory, settings)) return false;
    if ((this.#accept !== undefined && !this.#fits(this.#accept, url)) || (this.#reject !== undefined && this.#fits(this.#reject, url))) return false;
    const mayBePage = /\.(?:html?|[a-z]html)$/i.test(url.file) && (settings.level === Number.POSITIVE_INFINITY || depth < settings.level - 1 || settings.pageRequisites);
    if (url.file !== "" && !mayBePage && !acceptable(url.file, settings)) return false;
    return settings.spanHosts || url.host === parent.host;
  }

  #fits(regex: Regex, url: WgetUrl): boolean {
    return regex.exec(url.text) !== undefined;
  }

  *#robotsAllow(url: WgetUrl): Blocking<boolean> {
    if (!this.#settings.robots) return true;
    const place = hostPort(url);
    let rules = this.#robots.get(place);
    if (rules === undefined) {
      rules = yield* this.#loadRobots(url);
      this.#robots.set(place, rules);
    }
    return rules.find((rule) => url.path.startsWith(rule.path))?.allowed ?? true;
  }

  *#loadRobots(url: WgetUrl): Blocking<readonly { readonly path: string; readonly allowed: boolean }[]> {
    const place = parseWgetUrl(`${url.scheme}://${hostPort(url)}/robots.txt`);
    if ("error" in place) return [];
    yield* this.#log.say("Loading robots.txt; please ignore errors.\n");
    const { spider, timestamping } = this.#settings;
    this.#settings.spider = false;
    this.#settings.timestamping = false;
    const got = yield* this.#http.retrieve(place, undefined);
    this.#settings.spider = spider;
    this.#settings.timestamping = timestamping;
    if (got.status !== 0 || got.file === undefined) return [];
    const rules = forbiddenPaths((yield* readTextFile(this.#sys, got.file)) ?? "");
    if (this.#settings.deleteAfter || spider || got.file.endsWith(".tmp")) {
      yield* this.#log.say(`Removing ${got.file}.\n`);
      this.#sys.unlink(got.file);
    }
    return rules;
  }
}
