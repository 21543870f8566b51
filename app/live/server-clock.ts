/** The server's time, which may not be this machine's. It moves only by {@link tick}, so that a page stays one picture. */
export class ServerClock {
  #now: number;
  /** How far this machine's clock is behind; unknown until the server has told its time to this page. */
  #behind: number | null = null;

  constructor(now: number) {
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  set(serverNow: number): void {
    this.#behind = serverNow - Date.now();
    this.#now = serverNow;
  }

  /** Something happened at this time, so it is not earlier. */
  atLeast(time: number): void {
    this.#now = Math.max(this.#now, time);
  }

  tick(): void {
    if (this.#behind !== null) this.#now = Date.now() + this.#behind;
  }
}
