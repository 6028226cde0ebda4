// Words of a module's line in /etc/pam.d: "flag", "key=value".

export function valueOf(args: readonly string[], key: string): string | undefined {
  return args.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
}

export function numberOf(args: readonly string[], key: string, otherwise: number): number {
  const text = valueOf(args, key);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : otherwise;
}
