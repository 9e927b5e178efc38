import type { ApplicationForm } from '../../contract/join/application-form.ts'
import { taxFault, type TaxNumber } from '../../contract/join/tax-number.ts'

/** Right check digits for leading digits: what is wrong with a zero at the end says which digit it should be. */
function withCheckDigits(number: TaxNumber, leading: string, length: number): string {
  let digits = leading.padEnd(length, '0')
  for (;;) {
    const fault = taxFault(number, digits)
    if (fault === undefined) return digits
    if (fault.kind !== 'check-digit') throw new Error(`${digits} cannot be made right`)
    digits = digits.slice(0, fault.position - 1) + String(fault.expected) + digits.slice(fault.position)
  }
}

/** A number of one's own each time, of a company. */
const companyInn = (n: number): string => withCheckDigits('inn', `26${String(n).padStart(7, '0')}`, 10)
const companyOgrn = (n: number): string => withCheckDigits('ogrn', `10226${String(n).padStart(7, '0')}`, 13)

/** A café as its clerk fills it in; `n` makes it another one. */
export const cafeForm = (n: number, changes: Partial<ApplicationForm> = {}): ApplicationForm => ({
  venues: [{ name: `Кафе «Ромашка ${n}»`, kind: 'cafe', address: `г. Ставрополь, ул. Ленина, д. ${n}` }],
  organisation: `ООО «Ромашка ${n}»`,
  inn: companyInn(n),
  ogrn: companyOgrn(n),
  address: `355000, Ставропольский край, г. Ставрополь, ул. Ленина, д. ${n}`,
  headPosition: 'Директор',
  headName: 'Иванова Мария Петровна',
  contactPosition: 'Администратор',
  contactName: 'Петров Пётр Ильич',
  contactPhone: '+79181234567',
  email: `cafe${n}@example.org`,
  ...changes,
})
