/** A complaint about the command line: printed after "iptables v1.8.9 (nf_tables): " unless it stands alone. */
export class BadArgument extends Error {
  readonly alone: boolean;
  constructor(text: string, alone = false) {
    super(text);
    this.alone = alone;
  }
}
