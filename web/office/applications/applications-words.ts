import { en } from './applications-en.ts'
import { ru } from './applications-ru.ts'
import type { ApplicationWords } from './applications-words-type.ts'
import { texts } from '../../kit/language.ts'

export const applicationTexts = texts<ApplicationWords>({ ru, en })
