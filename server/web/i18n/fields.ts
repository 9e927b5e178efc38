import { texts } from './language.ts'

/**
 * What the contract's own checks say, by their codes: a schema's `error` is a code in kebab-case, and its words stand
 * here. Zod's built-in messages are Russian or English by themselves.
 */
export const fieldTexts = texts<Record<string, string>>({
  ru: {
    required: 'Заполните поле',
  },
  en: {
    required: 'Fill in this field',
  },
})
