import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';

/** Classes, not colours: those are tokens, which know the theme. */
export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    {
      tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword],
      class: 'tok-key',
    },
    { tag: [tags.string, tags.special(tags.string), tags.regexp], class: 'tok-str' },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'tok-num' },
    { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], class: 'tok-def' },
    { tag: tags.comment, class: 'tok-com' },
    { tag: tags.invalid, class: 'tok-bad' },
  ]),
);
