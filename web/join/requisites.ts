/** Finds the fields of an application in what organisations send each other as their «реквизиты». */
import type { ApplicationDraft, FormField } from '../../contract/join/application-form.ts'
import { taxFault, type TaxNumber } from '../../contract/join/tax-number.ts'

export type Requisites = Partial<Pick<ApplicationDraft, FormField>>

/** A label at the beginning of a line or after a comma, then the value up to the line's end. */
const labelled = (text: string, label: RegExp): string | undefined => {
  const found = new RegExp(
    `(?:^|\\n)[^\\S\\n]*(?:${label.source})[^\\S\\n]*[:\\-–—\\t]?[^\\S\\n]*([^\\n]{3,})`,
    'iu',
  ).exec(text)
  return found?.[1]?.replace(/[;,]\s*$/, '').trim()
}

const number = (text: string, kind: TaxNumber, lengths: readonly number[]): string | undefined =>
  (text.match(/\d{10,15}/g) ?? []).find((digits) => lengths.includes(digits.length) && !taxFault(kind, digits))

const HEADS =
  /генеральный директор|исполнительный директор|управляющий|директор|руководитель|заведующ(?:ий|ая)|президент/u

/** @returns what was recognised; a number only where its check digits are right */
export function readRequisites(pasted: string): Requisites {
  const text = pasted.replaceAll('\r', '').replaceAll(/[\u00A0\u202F]/g, ' ')
  const head = headOf(text)
  const found: Record<FormField, string | undefined> = {
    organisation:
      labelled(
        text,
        /(?:полное |сокращ[её]нное )?(?:фирменное )?наименование(?: организации| юридического лица)?|организация/,
      ) ??
      /(?:^|\n)\s*((?:(?:ООО|АО|ПАО|НАО|ЗАО|ОАО|ГБУК?|МБУК?|ГКУ|МКУ|МУП|ГУП|АНО|НКО) |ИП |Общество с ограниченной|Индивидуальный предприниматель|Акционерное общество)[^\n,;]{3,})/u
        .exec(text)?.[1]
        ?.trim(),
    inn: number(text, 'inn', [10, 12]),
    ogrn: number(text, 'ogrn', [13, 15]),
    address: labelled(
      text,
      /(?:юридический адрес|адрес места нахождения|место нахождения|юр\.? ?адрес|адрес регистрации|адрес)/,
    ),
    headPosition: head?.position,
    headName: head?.name,
    contactPosition: undefined,
    contactName: undefined,
    contactPhone: /(?:\+7|\b8)[\s(-]*\d{3,4}[\s)-]*\d{2,3}[\s-]*\d{2}[\s-]*\d{2}\b/.exec(text)?.[0],
    email: /[\w.+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u.exec(text)?.[0],
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value.length <= 500))
}

/** «Генеральный директор: Иванова Мария Петровна» */
function headOf(text: string): { readonly position: string; readonly name: string } | undefined {
  const name = /\p{Lu}[\p{L}-]+\s+\p{Lu}[\p{L}-]+\s+\p{Lu}[\p{L}-]+/u.source
  const found = new RegExp(`(${HEADS.source})[\\s:–—-]+(${name})`, 'iu').exec(text)
  const [, position, person] = found ?? []
  // the flag i made `\p{Lu}` match small letters too: a name begins with large ones
  if (position === undefined || person === undefined || !/^\p{Lu}/u.test(person)) return undefined
  return { position: position.charAt(0).toUpperCase() + position.slice(1), name: person.replaceAll(/\s+/g, ' ') }
}
