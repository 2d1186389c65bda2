import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { nullTranslator } from '@jupyterlab/translation';

export type Language = 'zh' | 'en';
export type Words = TranslationBundle;

/** The language that Lab itself is shown in. */
export function languageOf(translator: ITranslator | null): Language {
  const code = translator?.languageCode ?? 'en';
  return code.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Our own sentences in Lab's language. */
export function wordsOf(translator: ITranslator | null): Words {
  return (translator ?? nullTranslator).load('poc_eval');
}
