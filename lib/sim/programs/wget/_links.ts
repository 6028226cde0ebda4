// The links of a page or a style sheet, with where they stand in it (src/html-url.c, src/css-url.c of wget 1.21).

export interface Link {
  /** as written, decoded from HTML */
  readonly target: string;
  /** where the value stands, with its quotes */
  readonly start: number;
  readonly end: number;
  /** needed to show the page: image, style, script */
  readonly inline: boolean;
  readonly expectCss: boolean;
  /** in a style sheet: the value is replaced without quotes */
  readonly css: boolean;
  /** "5; URL=" before the target, in a meta refresh */
  readonly refresh?: string;
  /** <base href>: not a page to load */
  readonly base?: true;
}

interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Which attributes of which tag lead somewhere, and whether what they lead to belongs to the page. */
const ATTRIBUTES: ReadonlyMap<string, readonly (readonly [attribute: string, inline: boolean])[]> = new Map([
  ["a", [["href", false]]], ["applet", [["code", true]]], ["area", [["href", false]]], ["audio", [["src", true]]], ["bgsound", [["src", true]]], ["body", [["background", true]]], ["embed", [["href", false], ["src", true]]], ["fig", [["src", true]]], ["frame", [["src", true]]], ["iframe", [["src", true]]],
  ["img", [["href", false], ["lowsrc", true], ["src", true]]], ["input", [["src", true]]], ["layer", [["src", true]]], ["object", [["data", true]]], ["overlay", [["src", true]]], ["script", [["src", true]]], ["source", [["src", true]]], ["table", [["background", true]]], ["td", [["background", true]]], ["th", [["background", true]]],
  ["video", [["poster", true], ["src", true]]],
]);

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

const decodeEntities = (text: string): string =>
  text.replace(/&(?:#(\d+)|#[xX]([0-9A-Fa-f]+)|([a-z]+));?/g, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
  });

/** Each tag that opens, with its attributes, comments and what <script> and <style> hold passed by. */
function* tagsOf(html: string): Generator<{ readonly name: string; readonly attributes: readonly Attribute[]; readonly end: number }> {
  const opening = /<(?:!--|([A-Za-z][A-Za-z0-9:-]*))/g;
  for (let found = opening.exec(html); found !== null; found = opening.exec(html)) {
    const name = found[1]?.toLowerCase();
    if (name === undefined) {
      const end = html.indexOf("-->", found.index + 4);
      opening.lastIndex = end < 0 ? html.length : end + 3;
      continue;
    }
    const attributes: Attribute[] = [];
    const each = /\s*([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?|\s*[/"']|\s+/y;
    each.lastIndex = opening.lastIndex;
    let at = each.lastIndex;
    for (let one = each.exec(html); one !== null; one = each.exec(html)) {
      at = each.lastIndex;
      const value = one[2];
      if (one[1] !== undefined && value !== undefined) attributes.push({ name: one[1].toLowerCase(), value: decodeEntities(/^["']/.test(value) ? value.slice(1, -1) : value), start: at - value.length, end: at });
    }
    yield { name, attributes, end: at };
    opening.lastIndex = at;
    if (name === "script") {
      const end = /<\/script/gi;
      end.lastIndex = at;
      opening.lastIndex = end.exec(html)?.index ?? html.length;
    }
  }
}

export function htmlLinks(html: string): { readonly links: readonly Link[]; readonly noFollow: boolean } {
  const links: Link[] = [];
  let noFollow = false;
  for (const tag of tagsOf(html)) {
    const of = (name: string): Attribute | undefined => tag.attributes.find((attribute) => attribute.name === name);
    const add = (attribute: Attribute | undefined, inline: boolean, more: Partial<Link> = {}): void => {
      if (attribute === undefined) return;
      links.push({ target: attribute.value.replace(/[\t\r\n]/g, "").trim(), start: attribute.start, end: attribute.end, inline, expectCss: false, css: false, ...more });
    };
    for (const [name, inline] of ATTRIBUTES.get(tag.name) ?? []) add(of(name), inline);
    if (tag.name === "base") add(of("href"), false, { base: true });
    if (tag.name === "link") {
      const relation = of("rel")?.value.toLowerCase();
      add(of("href"), relation !== undefined && /^(?:stylesheet|shortcut icon|icon)$/.test(relation), { expectCss: relation === "stylesheet" });
    }
    if (tag.name === "meta") {
      const name = of("name")?.value.toLowerCase();
      const content = of("content");
      if (name === "robots" && /(?:^|[\s,])(?:none|nofollow)(?:$|[\s,])/i.test(content?.value ?? "")) noFollow = true;
      const refresh = /^(\s*\d+\s*;\s*url\s*=\s*)['"]?([^'"]+)['"]?$/i.exec(content?.value ?? "");
      if (of("http-equiv")?.value.toLowerCase() === "refresh" && refresh !== null && content !== undefined) add({ ...content, value: refresh[2] ?? "" }, false, { refresh: `${Number.parseInt(refresh[1] ?? "0", 10)}; URL=` });
    }
    const style = of("style");
    if (style !== undefined) for (const link of cssLinks(html.slice(style.start, style.end))) links.push({ ...link, start: link.start + style.start, end: link.end + style.start });
    if (tag.name === "style") {
      const end = html.toLowerCase().indexOf("</style", tag.end);
      for (const link of cssLinks(html.slice(tag.end, end < 0 ? html.length : end))) links.push({ ...link, start: link.start + tag.end, end: link.end + tag.end });
    }
  }
  return { links: links.sort((a, b) => a.start - b.start), noFollow };
}

export function cssLinks(css: string): readonly Link[] {
  const links: Link[] = [];
  const each = /\/\*[\s\S]*?\*\/|(@import\s+)?url\(\s*(?:"([^"]*)"|'([^']*)'|([^'")\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi;
  for (let one = each.exec(css); one !== null; one = each.exec(css)) {
    const target = one.slice(2).find((part) => part !== undefined);
    if (target === undefined) continue;
    const start = one.index + one[0].lastIndexOf(target);
    links.push({ target, start, end: start + target.length, inline: true, expectCss: one[1] !== undefined || one[0].startsWith("@"), css: true });
  }
  return links;
}

/** Robots exclusion: the paths that an agent of the name "wget" may not load. */
export function forbiddenPaths(robots: string): readonly { readonly path: string; readonly allowed: boolean }[] {
  const general: { readonly path: string; readonly allowed: boolean }[] = [];
  const own: { readonly path: string; readonly allowed: boolean }[] = [];
  let agents: string[] = [];
  let inAgents = false;
  let ownSeen = false;
  for (const line of robots.split(/\r?\n/)) {
    const match = /^\s*([A-Za-z-]+)\s*:\s*([^#]*)/.exec(line);
    if (match === null) continue;
    const [field, value] = [(match[1] ?? "").toLowerCase(), (match[2] ?? "").trim()];
    if (field === "user-agent") {
      agents = inAgents ? [...agents, value.toLowerCase()] : [value.toLowerCase()];
      inAgents = true;
      if (agents.includes("wget")) ownSeen = true;
      continue;
    }
    inAgents = false;
    if ((field !== "disallow" && field !== "allow") || value === "") continue;
    for (const rules of [...(agents.includes("wget") ? [own] : []), ...(agents.includes("*") ? [general] : [])]) rules.push({ path: value, allowed: field === "allow" });
  }
  return ownSeen ? own : general;
}
