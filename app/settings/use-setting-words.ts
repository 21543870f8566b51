'use client';

import { useFormat, useWords } from '../language/use-language.ts';
import { inWords, type SettingField, type SettingValue } from './fields.ts';
import { settingsWords } from './words.tsx';

type SettingWords = (typeof settingsWords)['en'] & {
  titleOf(field: SettingField): string;
  /** A value as people read it. */
  inWords(field: SettingField, value: SettingValue): string;
  decimal(value: number): string;
};

/** What the settings are called, and how their values are written, in the reader's language. */
export function useSettingWords(): SettingWords {
  const say = useWords(settingsWords);
  const { decimal } = useFormat();
  return {
    ...say,
    decimal,
    titleOf: ({ name }) => say.titles[name],
    inWords: (field, value) => inWords(field, value, { decimal, options: say.options }),
  };
}
