import { words } from '../language/words.ts';

/** What the editor says, by CodeMirror's own means: what has no translation is said as it stands in the code. */
export const editorPhrases = words<Record<string, string>>({
  en: {},
  'pt-BR': {
    Find: 'Localizar',
    'Find in the code': 'Localizar no código',
    Previous: 'Anterior',
    Next: 'Próximo',
    Close: 'Fechar',
    '$1 of $2': '$1 de $2',
    '$ unchanged lines': '$ linhas iguais',
    'Selection deleted': 'Seleção excluída',
    'Control character': 'Caractere de controle',
  },
});
