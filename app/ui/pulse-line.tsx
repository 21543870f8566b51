/** The logo's line at rest: nothing to watch yet. */
export function PulseLine() {
  return (
    <svg className="at-rest" viewBox="0 0 200 44" aria-hidden="true">
      <path d="M0 20h84l16 18 16-18h84" />
      <circle className="lamp" cx="100" cy="8" r="5" />
    </svg>
  );
}
