/** The address of the same view in wall mode. */
export function kioskHref(href: string): string {
  return `${href}${href.includes('?') ? '&' : '?'}kiosk`;
}
