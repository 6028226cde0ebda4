// --write-out: the variables of a transfer (tool_writeout.c, 7.88.1).

export interface Report {
  exitCode: number;
  error: string | undefined;
  status: number;
  connectStatus: number;
  method: string;
  scheme: string | undefined;
  httpVersion: string;
  url: string;
  effectiveUrl: string;
  urlNumber: number;
  contentType: string | undefined;
  filename: string | undefined;
  redirectUrl: string | undefined;
  referer: string | undefined;
  redirects: number;
  connects: number;
  headers: (readonly [name: string, value: string])[];
  headerBytes: number;
  requestBytes: number;
  downBytes: number;
  upBytes: number;
  localAddress: string;
  localPort: number;
  remoteAddress: string;
  remotePort: number;
  startUs: number;
  lookupUs: number;
  connectUs: number;
  preUs: number;
  firstByteUs: number;
  redirectUs: number;
  endUs: number;
  connectionId: number;
}

export const newReport = (url: string, urlNumber: number, startUs: number): Report => ({ exitCode: 0, error: undefined, status: 0, connectStatus: 0, method: "GET", scheme: undefined, httpVersion: "0", url, effectiveUrl: url, urlNumber, contentType: undefined, filename: undefined, redirectUrl: undefined, referer: undefined, redirects: 0, connects: 0, headers: [], headerBytes: 0, requestBytes: 0, downBytes: 0, upBytes: 0, localAddress: "", localPort: 0, remoteAddress: "", remotePort: 0, startUs, lookupUs: 0, connectUs: 0, preUs: 0, firstByteUs: 0, redirectUs: 0, endUs: startUs, connectionId: 0 });

type Value = { readonly text: string | undefined } | { readonly number: string };

const LIBRARY = "libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 libidn2/2.3.3 libpsl/0.21.2 (+libidn2/2.3.3) libssh2/1.10.0 nghttp2/1.52.0 librtmp/2.3 OpenLDAP/2.5.13";

function values(report: Report): ReadonlyMap<string, Value> {
  const seconds = (us: number): Value => ({ number: (us / 1e6).toFixed(6) });
  const count = (value: number): Value => ({ number: String(value) });
  const text = (value: string | undefined): Value => ({ text: value });
  const totalUs = report.endUs - report.startUs;
  const speed = (bytes: number): Value => count(totalUs <= 0 ? 0 : Math.floor((bytes * 1e6) / totalUs));
  return new Map<string, Value>([
    ["certs", text("")], ["content_type", text(report.contentType)], ["errormsg", text(report.error)], ["exitcode", count(report.exitCode)], ["filename_effective", text(report.filename)], ["ftp_entry_path", text(undefined)],
    ["http_code", count(report.status)], ["http_connect", count(report.connectStatus)], ["http_version", text(report.httpVersion)], ["local_ip", text(report.localAddress)], ["local_port", count(report.localPort)], ["method", text(report.method)],
    ["num_certs", count(0)], ["num_connects", count(report.connects)], ["num_headers", count(report.headers.length)], ["num_redirects", count(report.redirects)], ["proxy_ssl_verify_result", count(0)], ["redirect_url", text(report.redirectUrl)], ["referer", text(report.referer)],
    ["remote_ip", text(report.remoteAddress)], ["remote_port", count(report.remotePort)], ["response_code", count(report.status)], ["scheme", text(report.scheme)], ["size_download", count(report.downBytes)], ["size_header", count(report.headerBytes)], ["size_request", count(report.requestBytes)],
    ["size_upload", count(report.upBytes)], ["speed_download", speed(report.downBytes)], ["speed_upload", speed(report.upBytes)], ["ssl_verify_result", count(0)], ["time_appconnect", seconds(0)], ["time_connect", seconds(report.connectUs)], ["time_namelookup", seconds(report.lookupUs)], ["time_pretransfer", seconds(report.preUs)],
    ["time_redirect", seconds(report.redirectUs)], ["time_starttransfer", seconds(report.firstByteUs)], ["time_total", seconds(totalUs)], ["url", text(report.url)], ["url_effective", text(report.effectiveUrl)], ["urlnum", count(report.urlNumber)],
  ]);
}

/** As cJSON-less curl escapes. */
const quoted = (text: string): string => `"${text.replace(/["\\\n\r\t\b\f]/g, (char) => ({ '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" })[char] ?? char)}"`;

function json(report: Report): string {
  const fields = [...values(report)].map(([name, value]) => `${quoted(name)}:${"number" in value ? value.number : value.text === undefined ? "null" : quoted(value.text)}`);
  return `{${fields.join(",")},"curl_version":${quoted(LIBRARY)}}`;
}

function headerJson(report: Report): string {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of report.headers) grouped.set(name.toLowerCase(), [...(grouped.get(name.toLowerCase()) ?? []), value]);
  return `{${[...grouped].map(([name, found]) => `${quoted(name)}:[${found.map(quoted).join(",")}]`).join(",\n")}\n}`;
}

/** The text in pieces, each for standard output or standard error. */
export function writeOut(format: string, report: Report): readonly { readonly toError: boolean; readonly text: string }[] {
  const pieces: { toError: boolean; text: string }[] = [];
  let toError = false;
  const put = (text: string, always = false): void => {
    pieces.push({ toError: always || toError, text });
  };
  const known = values(report);
  for (let at = 0; at < format.length; ) {
    const rest = format.slice(at);
    const variable = /^%\{([^}]*)\}/.exec(rest);
    const header = /^%header\{([^}]*)\}/.exec(rest);
    if (rest.startsWith("%%")) {
      put("%");
      at += 2;
    } else if (header !== null) {
      put(report.headers.find(([name]) => name.toLowerCase() === (header[1] ?? "").toLowerCase())?.[1] ?? "");
      at += header[0].length;
    } else if (variable !== null) {
      const name = variable[1] ?? "";
      at += variable[0].length;
      if (name === "stderr") toError = true;
      else if (name === "stdout") toError = false;
      else if (name === "json") put(json(report));
      else if (name === "header_json") put(headerJson(report));
      else if (name === "onerror") {
        if (report.exitCode === 0) return pieces;
      } else {
        const value = known.get(name);
        if (value === undefined) put(`curl: unknown --write-out variable: '${name}'\n`, true);
        else if ("number" in value) put(name === "http_code" || name === "response_code" || name === "http_connect" ? value.number.padStart(3, "0") : value.number);
        else put(value.text ?? "");
      }
    } else if (rest.startsWith("%{")) {
      put("%{");
      at += 2;
    } else if (rest.startsWith("\\") && rest.length > 1) {
      put({ n: "\n", r: "\r", t: "\t" }[rest[1] ?? ""] ?? rest.slice(0, 2));
      at += 2;
    } else {
      put(rest[0] ?? "");
      at++;
    }
  }
  return pieces;
}
