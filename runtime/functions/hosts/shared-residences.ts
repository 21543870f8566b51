import type { Host, HostOrder } from './host.ts';
import type { Residence } from './residence.ts';

type Place = { residence: Promise<Residence>; taken: number };

/** Residences of one kind, each with up to so many functions. */
export class SharedResidences {
  readonly #open: () => Promise<Residence>;
  readonly #capacity: number;
  readonly #places = new Set<Place>();

  constructor(capacity: number, open: () => Promise<Residence>) {
    this.#capacity = capacity;
    this.#open = open;
  }

  /** `convicted` is called when the function has brought about the end of its residence. */
  async start(order: HostOrder, convicted: () => void): Promise<Host> {
    for (;;) {
      const place = this.#withRoom();
      place.taken++;
      const residence = await place.residence.catch((error: unknown) => {
        this.#places.delete(place);
        throw error;
      });
      if (!residence.open) {
        this.#places.delete(place);
        continue;
      }
      const host = residence.admit(order);
      void host.ended.then(() => {
        place.taken--;
        if (residence.culprit === order) convicted();
      });
      return host;
    }
  }

  #withRoom(): Place {
    for (const place of this.#places) {
      if (place.taken < this.#capacity) return place;
    }
    const place = { residence: this.#open(), taken: 0 };
    this.#places.add(place);
    void place.residence.then(
      async (residence) => {
        await residence.ended;
        this.#places.delete(place);
      },
      () => {},
    );
    return place;
  }
}
