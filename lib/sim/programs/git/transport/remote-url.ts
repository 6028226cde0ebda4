// Where a repository is, by its URL (git-clone(1), "GIT URLS").

export type RemotePlace =
  | { readonly kind: "local"; readonly path: string; readonly url: boolean }
  | { readonly kind: "ssh"; readonly host: string; readonly port: string | undefined; readonly path: string }
  | { readonly kind: "web"; readonly scheme: string; readonly host: string }
  | { readonly kind: "unknown"; readonly scheme: string };

export function remotePlace(url: string): RemotePlace {
  const full = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(url);
  if (full) {
    const [, scheme = "", rest = ""] = full;
    if (scheme === "file") return { kind: "local", path: rest.replace(/^localhost(?=\/)/, ""), url: true };
    const slash = rest.indexOf("/");
    const authority = slash < 0 ? rest : rest.slice(0, slash);
    if (scheme === "ssh" || scheme === "git+ssh" || scheme === "ssh+git") {
      const match = /^(.*?)(?::(\d+))?$/.exec(authority);
      const path = slash < 0 ? "" : rest.slice(slash);
      return { kind: "ssh", host: match?.[1] ?? "", port: match?.[2], path: path.startsWith("/~") ? path.slice(1) : path };
    }
    if (["http", "https", "git", "ftp", "ftps"].includes(scheme)) return { kind: "web", scheme, host: authority.replace(/^[^@]*@/, "").replace(/:\d+$/, "") };
    return { kind: "unknown", scheme };
  }
  const colon = url.indexOf(":");
  const slash = url.indexOf("/");
  if (colon > 0 && (slash < 0 || colon < slash)) return { kind: "ssh", host: url.slice(0, colon), port: undefined, path: url.slice(colon + 1) };
  return { kind: "local", path: url, url: false };
}

/** As "From URL" of fetch shows it. */
export const shownUrl = (url: string): string => url.replace(/\/+$/, "").replace(/(?<=.)\.git$/, "");
