/** An address that may not be asked for an archive; the message is the rule that it breaks. */
export class RefusedAddress extends Error {
  constructor(rule: string) {
    super(rule);
    this.name = 'RefusedAddress';
  }
}
