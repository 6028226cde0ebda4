// The configuration of httpd as far as this server follows it: Listen, ServerName, ServerAlias, DocumentRoot, DirectoryIndex, Alias, Redirect, ErrorDocument, logs, Include and
// <VirtualHost>. Directives of modules are taken without effect.

import { type Blocking, type Sys, SysError } from "../../kernel/sys.ts";
import { readTextFile } from "../kit/accounts.ts";
import { compileFnmatch } from "../kit/fnmatch.ts";

export class ConfigurationError extends Error {}

export interface Host {
  /** 0: any */
  readonly port: number;
  serverName: string | undefined;
  readonly aliases: string[];
  documentRoot: string | undefined;
  accessLog: string | undefined;
  accessFormat: string;
  errorLog: string | undefined;
  directoryIndex: readonly string[] | undefined;
  readonly paths: (readonly [from: string, to: string])[];
  readonly redirects: (readonly [from: string, to: string, status: number])[];
  readonly errorDocuments: Map<number, string>;
  /** where it stands, for -S */
  readonly place: string;
}

export interface Configuration {
  readonly listens: { readonly address: string | undefined; readonly port: number }[];
  readonly main: Host;
  readonly hosts: Host[];
  root: string;
  pidFile: string | undefined;
  user: string | undefined;
}

const newHost = (port: number, place: string): Host => ({ port, serverName: undefined, aliases: [], documentRoot: undefined, accessLog: undefined, accessFormat: "common", errorLog: undefined, directoryIndex: undefined, paths: [], redirects: [], errorDocuments: new Map(), place });

/** Directives and containers that httpd with Debian's modules knows, in lower case. */
const KNOWN = new Set("serverroot pidfile timeout keepalive maxkeepaliverequests keepalivetimeout user group hostnamelookups errorlog loglevel include includeoptional listen servername serveralias serveradmin documentroot directoryindex alias redirect redirectpermanent errordocument customlog logformat options allowoverride require accessfilename mutex defaultruntimedir loadmodule typesconfig addtype addencoding addhandler sethandler header requestheader rewriteengine rewriterule rewritecond scriptalias servertokens serversignature traceenable define undefine startservers minsparethreads maxsparethreads threadlimit threadsperchild maxrequestworkers maxconnectionsperchild proxypass proxypassreverse proxypreservehost setenvif setenv passenv indexoptions addicon order allow deny directoryslash filetag usecanonicalname sslengine sslcertificatefile sslcertificatekeyfile expiresactive expiresdefault authtype authname authuserfile".split(" "));

function words(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map((match) => match[1]?.replace(/\\(.)/g, "$1") ?? match[2] ?? "");
}

export function* readConfiguration(sys: Sys, file: string, root: string): Blocking<Configuration> {
  const configuration: Configuration = { listens: [], main: newHost(0, file), hosts: [], root, pidFile: undefined, user: undefined };
  const defined = new Map<string, string>();
  const expand = (text: string): string => text.replace(/\$\{(\w+)\}/g, (whole, name: string) => defined.get(name) ?? sys.environment.get(name) ?? whole);
  const absolute = (path: string): string => (path.startsWith("/") || path.startsWith("|") || path.startsWith("syslog") ? path : `${configuration.root}/${path}`);
  const read = function* (path: string, depth: number): Blocking<void> {
    const text = yield* readTextFile(sys, path);
    if (text === undefined) throw new ConfigurationError(`httpd: Could not open configuration file ${path}: No such file or directory`);
    let host = configuration.main;
    const containers: string[] = [];
    const lines = text.replace(/\\\n/g, " ").split("\n");
    for (const [index, raw] of lines.entries()) {
      const line = expand(raw.trim());
      const at = (message: string): ConfigurationError => new ConfigurationError(`AH00526: Syntax error on line ${index + 1} of ${path}:\n${message}`);
      if (line === "" || line.startsWith("#")) continue;
      const open = /^<(\w+)\s*([^>]*)>$/.exec(line);
      const close = /^<\/(\w+)>$/.exec(line);
      if (close !== null) {
        const last = containers.pop();
        if (last === undefined) throw at(`</${close[1] ?? ""}> without matching <${close[1] ?? ""}> section`);
        if (last.toLowerCase() !== (close[1] ?? "").toLowerCase()) throw at(`Expected </${last}> but saw </${close[1] ?? ""}>`);
        if (last.toLowerCase() === "virtualhost") host = configuration.main;
        continue;
      }
      if (open !== null) {
        containers.push(open[1] ?? "");
        if (open[1]?.toLowerCase() === "virtualhost") {
          const port = /:(\d+)$/.exec((open[2] ?? "").trim().split(/\s+/)[0] ?? "")?.[1];
          host = newHost(port === undefined ? 0 : Number(port), `${path}:${index + 1}`);
          configuration.hosts.push(host);
        } else if (!/^(?:Directory|DirectoryMatch|Files|FilesMatch|Location|LocationMatch|IfModule|IfDefine|IfVersion|Limit|LimitExcept|RequireAll|RequireAny|RequireNone|Proxy|If|Else|ElseIf)$/i.test(open[1] ?? "")) throw at(`Invalid command '<${open[1] ?? ""}', perhaps misspelled or defined by a module not included in the server configuration`);
        continue;
      }
      const [name = "", ...rest] = words(line);
      const key = name.toLowerCase();
      const [first = "", second = ""] = rest;
      // settings of single directories have no effect here
      const inside = containers.some((one) => /^(?:Directory|Files|Location|Limit|Proxy)/i.test(one));
      switch (key) {
        case "serverroot": configuration.root = first; break;
        case "pidfile": configuration.pidFile = absolute(first); break;
        case "user": configuration.user = first; break;
        case "define": defined.set(first, second); break;
        case "listen": {
          const match = /^(?:(\[[^\]]*\]|[\d.]+|\*):)?(\d+)$/.exec(first);
          if (match === null) throw at(first === "" ? "Listen requires 1 or 2 arguments." : "Port must be specified");
          configuration.listens.push({ address: match[1] === undefined || match[1] === "*" ? undefined : match[1].replace(/^\[|\]$/g, ""), port: Number(match[2]) });
          break;
        }
        case "servername": host.serverName = first.replace(/^https?:\/\//, "").toLowerCase(); break;
        case "serveralias": host.aliases.push(...rest.map((one) => one.toLowerCase())); break;
        case "documentroot":
          if (first === "") throw at("DocumentRoot takes one argument, Root directory of the document tree");
          host.documentRoot = absolute(first).replace(/(.)\/$/, "$1");
          break;
        case "directoryindex": if (!inside) host.directoryIndex = rest; break;
        case "alias": host.paths.push([first, second]); break;
        case "redirect": case "redirectpermanent": {
          const status = key === "redirectpermanent" || first === "permanent" || first === "301" ? 301 : 302;
          const [from = "", to = ""] = /^(?:permanent|temp|seeother|gone|\d{3})$/.test(first) ? rest.slice(1) : rest;
          host.redirects.push([from, to, status]);
          break;
        }
        case "errordocument": host.errorDocuments.set(Number(first), second); break;
        case "errorlog": host.errorLog = absolute(first); break;
        case "customlog":
          host.accessLog = absolute(first);
          host.accessFormat = second;
          break;
        case "include": case "includeoptional": {
          const pattern = absolute(first);
          const slash = pattern.lastIndexOf("/");
          let files: readonly string[] = [pattern];
          if (/[*?[]/.test(pattern)) {
            const matches = compileFnmatch(pattern.slice(slash + 1));
            try {
              files = sys.readdir(pattern.slice(0, slash)).map((entry) => entry.name).filter(matches).sort().map((one) => `${pattern.slice(0, slash)}/${one}`);
            } catch (error) {
              if (!(error instanceof SysError)) throw error;
              files = [];
            }
          } else if (key === "include") {
            try {
              sys.stat(pattern);
            } catch (error) {
              if (error instanceof SysError) throw at(`Could not open configuration file ${pattern}: ${error.message}`);
              throw error;
            }
          }
          if (depth < 20) for (const one of files) yield* read(one, depth + 1);
          break;
        }
        default: if (!KNOWN.has(key)) throw at(`Invalid command '${name}', perhaps misspelled or defined by a module not included in the server configuration`);
      }
      if (sys.charge(2)) yield* sys.preempt();
    }
    const last = containers.pop();
    if (last !== undefined) throw new ConfigurationError(`AH00526: Syntax error on line ${lines.length} of ${path}:\n<${last}> was not closed.`);
  };
  yield* read(file, 0);
  return configuration;
}
