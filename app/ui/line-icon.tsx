const SHAPES = {
  sun: 'M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z',
  system: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 2.2v11.6M8 5l4.6-.2M8 8h5.7M8 11l4.6.2',
  globe:
    'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c2 1.7 2.6 3.7 2.6 6S10 12.3 8 14M8 2C6 3.7 5.4 5.7 5.4 8s.6 4.3 2.6 6',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2v9.6L12.5 8z',
  calendar: 'M3 4h10v9.5H3zM3 7h10M5.8 2.2V5M10.2 2.2V5',
  left: 'M10 4L6 8l4 4',
  right: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  person: 'M8 2.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM2.8 13.7c.4-2.6 2.5-4 5.2-4s4.8 1.4 5.2 4',
  find: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5l3 3',
  screen: 'M2 3.5h12v8H2zM5.5 14h5',
  image: 'M2.5 3h11v10h-11zM2.5 11l3.2-3.6 2.6 2.6 2-1.8 3.2 3.2M10.6 5.9v.1',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.1',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  check: 'M3 8.5l3.2 3.2L13 5',
  pencil: 'M3 13l.7-2.8L10.5 3.4l2.1 2.1-6.8 6.8z',
  revert: 'M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5l3-3M3 6.5l3 3',
  upload: 'M8 10.6V3M4.8 6.1L8 2.9l3.2 3.2M3 13.2h10',
  download: 'M8 2.5v7.6M4.8 7l3.2 3.2L11.2 7M3 13.2h10',
} as const;

type IconShape = keyof typeof SHAPES;

export function Icon({ shape }: { shape: IconShape }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[shape]} />
    </svg>
  );
}
