import type { ApplicationForm } from '../../contract/join/application-form.ts'
import type { Appendix1 } from '../documents/document-job.ts'

/** An application as its paper. */
export const appendix1Of = (form: ApplicationForm): Appendix1 => ({
  organisation: form.organisation,
  head: { position: form.headPosition, name: form.headName },
  address: form.address,
  ogrn: form.ogrn,
  inn: form.inn,
  email: form.email,
  contact: { position: form.contactPosition, name: form.contactName, phone: form.contactPhone },
})
