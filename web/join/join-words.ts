import { en } from './join-en.ts'
import { ru, type JoinWords } from './join-ru.ts'
import { texts } from '../kit/language.ts'

export const joinTexts = texts<JoinWords>({ ru, en })
