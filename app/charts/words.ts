import { words } from '../language/words.ts';

/** What charts say beside their numbers. */
export const chartWords = words({
  en: {
    chart: (title: string) => `${title}, chart`,
    selected: (from: string, to: string) => `Selected ${from} to ${to}; Enter zooms`,
    lower: (count: string) => `and ${count} lower`,
    noValue: 'no value',
    failed: 'failed',
    inspect: 'click to inspect',
  },
  'pt-BR': {
    chart: (title) => `${title}, gráfico`,
    selected: (from, to) => `Selecionado de ${from} a ${to}; Enter amplia`,
    lower: (count) => `e mais ${count} abaixo`,
    noValue: 'sem valor',
    failed: 'falhou',
    inspect: 'clique para inspecionar',
  },
});
