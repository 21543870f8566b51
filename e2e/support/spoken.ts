import type { Page } from 'playwright';

/**
 * What a page says in letters: its texts, and what is read out of attributes, but for what is marked as being of no
 * language (`translate="no"`) or of another one than the page's.
 */
export function spokenOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const attributes = ['alt', 'aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'title', 'data-l'];
    const pageLanguage = document.documentElement.lang;
    const isMarked = (element: Element | null) => {
      const marked = element?.closest('[translate="no"], [lang]');
      if (marked === null || marked === undefined) return false;
      return marked.matches('[translate="no"]') || marked.getAttribute('lang') !== pageLanguage;
    };
    const said = new Set<string>([document.title]);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const element = node.parentElement;
      if (element?.closest('script, style, noscript, template') === null && !isMarked(element))
        said.add(node.textContent ?? '');
    }
    for (const element of document.body.querySelectorAll('*')) {
      if (isMarked(element)) continue;
      for (const attribute of attributes) said.add(element.getAttribute(attribute) ?? '');
    }
    return [...said].map((text) => text.trim()).filter((text) => /\p{L}/u.test(text));
  });
}
