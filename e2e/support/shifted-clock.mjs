// Loaded ahead of a program: each SIGUSR2 moves its wall clock by the next of CLOCK_JUMPS_MS, as NTP or a person would.
const jumps = (process.env.CLOCK_JUMPS_MS ?? '').split(',').map(Number);
const RealDate = Date;
let shift = 0;

class ShiftedDate extends RealDate {
  static now() {
    return RealDate.now() + shift;
  }

  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + shift);
    else super(...parts);
  }
}
Object.defineProperty(ShiftedDate, 'name', { value: 'Date' });
globalThis.Date = ShiftedDate;

process.on('SIGUSR2', () => {
  shift += jumps.shift() ?? 0;
  process.stderr.write(`the clock is off by ${shift} ms\n`);
});
