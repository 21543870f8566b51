import type { SettingName } from '#lib/schemas/settings';
import { words } from './words.ts';

/** How a function's settings are called, wherever they are told. */
export const settingNames = words<Record<SettingName, string>>({
  en: {
    inputKey: 'Input key',
    outputKey: 'Output key',
    periodMs: 'Period',
    timeoutMs: 'Timeout',
    handler: 'Handler',
    invoke: 'Invoke',
    isolation: 'Isolation',
    enabled: 'Enabled',
  },
  'pt-BR': {
    inputKey: 'Chave de entrada',
    outputKey: 'Chave de saída',
    periodMs: 'Período',
    timeoutMs: 'Tempo limite',
    handler: 'Handler',
    invoke: 'Chamada',
    isolation: 'Isolamento',
    enabled: 'Ativada',
  },
});
