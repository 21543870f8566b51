import { words } from '../language/words.ts';

export const exportWords = words({
  en: {
    export: 'Export',
    shown: 'What is shown, every row that is kept',
    csv: 'Download CSV',
    json: 'Download JSON',
    copyLink: 'Copy link to this view',
    copied: 'Link copied',
    notCopied: 'Copy this link:',
    print: 'Print',
    wall: 'Wall mode',
    png: (title: string) => `Save ${title} as PNG`,
    pngFailed: 'The picture could not be made.',
  },
  'pt-BR': {
    export: 'Exportar',
    shown: 'O que se vê, com todas as linhas guardadas',
    csv: 'Baixar CSV',
    json: 'Baixar JSON',
    copyLink: 'Copiar link desta vista',
    copied: 'Link copiado',
    notCopied: 'Copie este link:',
    print: 'Imprimir',
    wall: 'Modo telão',
    png: (title) => `Salvar ${title} como PNG`,
    pngFailed: 'Não foi possível fazer a imagem.',
  },
});
