import { en } from './join-en.ts'
import { ru } from './join-ru.ts'
import { texts } from './language.ts'

/** Words of the application's page. */
export type JoinWords = typeof ru

export const joinTexts = texts<JoinWords>({ ru, en })
