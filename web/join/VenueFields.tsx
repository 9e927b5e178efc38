/** @jsxImportSource preact */
import type { ApplicationDraft } from '../../contract/join/application-form.ts'
import { Branch, BRANCH_OF, VenueKind } from '../../contract/office/venue-kind.ts'
import type { FormErrors } from './form-errors.ts'
import { Field, TextField } from './fields.tsx'
import { useKinds, useWords } from './language.ts'

type Venue = ApplicationDraft['venues'][number]

interface Props {
  readonly at: number
  readonly venue: Venue
  readonly errors: FormErrors
  readonly onChange: (venue: Venue) => void
  readonly onLeave: (path: string) => void
  readonly onRemove?: (() => void) | undefined
}

export function VenueFields({ at, venue, errors, onChange, onLeave, onRemove }: Props) {
  const { fields, hints, chooseKind, venueNo, removeVenue } = useWords()
  const { kinds, branches } = useKinds()
  const path = (name: string): string => `venues.${at}.${name}`
  const text = (name: 'name' | 'address') => ({
    path: path(name),
    label: fields[`venues.${name}`],
    error: errors.get(path(name)),
    value: venue[name],
    onInput: (value: string) => onChange({ ...venue, [name]: value }),
    onLeave: () => onLeave(path(name)),
  })
  return (
    <div class="venue" role="group" aria-label={venueNo(at + 1)}>
      {onRemove && (
        <div class="venue-head">
          <b>{venueNo(at + 1)}</b>
          <button type="button" class="quiet" onClick={onRemove} aria-label={`${removeVenue}: ${venueNo(at + 1)}`}>
            {removeVenue}
          </button>
        </div>
      )}
      <Field path={path('kind')} label={fields['venues.kind']} error={errors.get(path('kind'))}>
        {(described) => (
          <select
            {...described}
            name={path('kind')}
            required
            value={venue.kind}
            onChange={({ currentTarget: { value } }) => {
              const kind = VenueKind.safeParse(value)
              onChange({ ...venue, kind: kind.success ? kind.data : '' })
              onLeave(path('kind'))
            }}
          >
            <option value="">{chooseKind}</option>
            {Branch.options.map((branch) => (
              <optgroup key={branch} label={branches[branch]}>
                {VenueKind.options
                  .filter((kind) => BRANCH_OF[kind] === branch)
                  .map((kind) => (
                    <option key={kind} value={kind}>
                      {kinds[kind]}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <TextField {...text('name')} autocomplete="off" lines />
      <TextField {...text('address')} hint={hints['venues.address']} autocomplete="street-address" lines />
    </div>
  )
}
