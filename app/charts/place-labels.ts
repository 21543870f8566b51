/** A label that begins (`left`) or ends (`right`) at a point, in percent of the width. */
type Place = { at: number; side: 'left' | 'right' };

export type Label = {
  key: string;
  text: string;
  /** Where it may be, the best first. */
  places: readonly Place[];
  /** How many times the usual room it needs, because it is there on narrower plots as well. */
  room?: number;
};

export type PlacedLabel = { key: string; text: string } & Place;

/** How wide a letter is, in percent of the narrowest plot that has labels, and what is around them. */
const LETTER = 1;
const AROUND = 2;
/** A plot has some room at its right. */
const MOST = 102;

/** Of the labels, those that have room, each where it covers no other one; the first ones choose first. */
export function placeLabels(labels: readonly Label[]): PlacedLabel[] {
  const taken: [from: number, to: number][] = [];
  return labels.flatMap(({ key, text, places, room = 1 }) => {
    const width = (text.length * LETTER + AROUND) * room;
    const spanOf = ({ at, side }: Place): [number, number] => (side === 'left' ? [at, at + width] : [at - width, at]);
    const found = places.find((place) => {
      const [from, to] = spanOf(place);
      return from >= 0 && to <= MOST && taken.every(([start, end]) => to <= start || from >= end);
    });
    if (found === undefined) return [];
    taken.push(spanOf(found));
    return [{ key, text, ...found }];
  });
}
