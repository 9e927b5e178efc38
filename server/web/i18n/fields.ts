import { texts } from './language.ts'

/**
 * What the contract's own checks say, by their codes: a schema's `error` is a code in kebab-case, and its words stand
 * here. Zod's built-in messages are Russian or English by themselves.
 */
export const fieldTexts = texts<Record<string, string>>({
  ru: {
    required: 'Заполните поле',
    'too-short': 'Слишком коротко',
    'too-long': 'Слишком длинно',
    'hidden-characters': 'Есть невидимые знаки: впишите текст заново',
    'moved-on': 'Это уже решено или изменено другим',
  },
  en: {
    required: 'Fill in this field',
    'too-short': 'Too short',
    'too-long': 'Too long',
    'hidden-characters': 'There are invisible characters: type it anew',
    'moved-on': 'Somebody has decided or changed this already',
  },
})
