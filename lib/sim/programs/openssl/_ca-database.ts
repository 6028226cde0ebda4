// The text database of openssl ca (index.txt): a line for each certificate, its fields between tabs (apps/ca.c, txt_db(3)).
import { type Blocking, decode, SysError } from "../../kernel/sys.ts";
import { type Call, errorLine, OpensslFailure } from "./_call.ts";

export interface IssuedCertificate {
  /** V valid, R revoked, E expired */
  type: string;
  /** YYMMDDHHMMSSZ */
  readonly expires: string;
  /** the same, with a comma and the reason where there is one; "" unless revoked */
  revoked: string;
  /** hexadecimal, an even number of digits */
  readonly serial: string;
  readonly file: string;
  /** "/C=FR/CN=x" */
  readonly subject: string;
}

export function parseDatabase(text: string): IssuedCertificate[] {
  return text.split("\n").flatMap((line) => {
    const [type, expires, revoked, serial, file, subject] = line.split("\t");
    return type === undefined || expires === undefined || revoked === undefined || serial === undefined || file === undefined || subject === undefined ? [] : [{ type, expires, revoked, serial, file, subject }];
  });
}

export function databaseText(entries: readonly IssuedCertificate[]): string {
  return entries.map(({ type, expires, revoked, serial, file, subject }) => `${[type, expires, revoked, serial, file, subject].join("\t")}\n`).join("");
}

export function cannotOpen(path: string, reason: string): string {
  return `${errorLine("80000002", "system library", "BIO_new_file", reason, "../crypto/bio/bss_file.c:67", `calling fopen(${path}, r)`)}\n${errorLine("10000080", "BIO routines", "BIO_new_file", "no such file", "../crypto/bio/bss_file.c:75")}\n`;
}

/** Throws OpensslFailure. */
export function* readDatabaseFile(call: Call, path: string): Blocking<string> {
  try {
    return decode(yield* call.read(path));
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(`Can't open ${path} for reading, ${error.message}\n${cannotOpen(path, error.message)}`);
  }
}

/** A number in hexadecimal, alone in its file. Throws OpensslFailure. */
export function* readNumberFile(call: Call, path: string, what: string): Blocking<bigint> {
  let text: string;
  try {
    text = decode(yield* call.read(path)).trim();
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
    throw new OpensslFailure(`${path}: ${error.message}\n${cannotOpen(path, error.message)}error while loading ${what}\n`);
  }
  if (!/^[0-9A-Fa-f]+$/.test(text)) throw new OpensslFailure(`unable to load number from ${path}\nerror while loading ${what}\n`);
  return BigInt(`0x${text}`);
}

/** An even number of digits. */
export function numberText(value: bigint): string {
  const hex = value.toString(16).toUpperCase();
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

/** The file as it was stays beside it as FILE.old. */
export function* replaceFile(call: Call, path: string, text: string): Blocking<void> {
  let old: Uint8Array | undefined;
  try {
    old = yield* call.read(path);
  } catch (error) {
    if (!(error instanceof SysError)) throw error;
  }
  if (old !== undefined) yield* call.write(old, false, `${path}.old`);
  yield* call.write(text, false, path);
}
