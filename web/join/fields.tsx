/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Sign } from './shapes.tsx'

interface FieldProps {
  /** path of the field: its id, and where errors lead */
  readonly path: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** what is right about it */
  readonly good?: string | undefined
  readonly children: (described: {
    id: string
    'aria-describedby': string
    'aria-invalid': boolean
  }) => ComponentChildren
}

/** A label, a control, what helps with it and what is wrong with it, tied together for whoever hears the page. */
export function Field({ path, label, hint, error, good, children }: FieldProps) {
  const told = `${path}-told`
  return (
    <div class={`field${error === undefined ? '' : ' wrong'}`}>
      <label for={path}>{label}</label>
      {children({ id: path, 'aria-describedby': told, 'aria-invalid': error !== undefined })}
      <p id={told} class={error !== undefined ? 'told error' : 'told'}>
        {error !== undefined ? (
          <>
            <Sign is="bad" size={16} /> {error}
          </>
        ) : good !== undefined ? (
          <span class="right">
            <Sign is="good" size={16} /> {good}
          </span>
        ) : (
          hint
        )}
      </p>
    </div>
  )
}

type TextProps = Omit<FieldProps, 'children'> & {
  readonly value: string
  readonly onInput: (value: string) => void
  readonly onLeave: () => void
  readonly type?: 'text' | 'tel' | 'email'
  readonly inputMode?: 'numeric' | 'tel' | 'email' | 'text'
  readonly autocomplete?: string
  /** grows with what is typed */
  readonly lines?: boolean
  readonly capitals?: 'words' | 'none'
}

export function TextField({
  value,
  onInput,
  onLeave,
  type = 'text',
  inputMode,
  autocomplete,
  lines,
  capitals,
  ...field
}: TextProps) {
  const common = {
    name: field.path,
    value,
    maxLength: 500,
    required: true,
    autocomplete: autocomplete ?? 'off',
    onBlur: onLeave,
    ...(capitals && { autocapitalize: capitals }),
    ...(inputMode && { inputMode }),
  }
  return (
    <Field {...field}>
      {(described) =>
        lines ? (
          <Growing {...common} {...described} onText={onInput} />
        ) : (
          <input
            {...common}
            {...described}
            type={type}
            list={undefined}
            spellcheck={false}
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
          />
        )
      }
    </Field>
  )
}

/** One line that becomes as many as it needs; Enter goes on to the next field, as in the others. */
function Growing({
  onText,
  ...rest
}: {
  readonly onText: (value: string) => void
  readonly value: string
  readonly id: string
}) {
  const areaRef = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    if (!areaRef.current) return
    areaRef.current.style.height = 'auto'
    areaRef.current.style.height = `${areaRef.current.scrollHeight + 2}px`
  }, [rest.value])
  return (
    <textarea
      {...rest}
      ref={areaRef}
      rows={1}
      onInput={({ currentTarget }) => onText(currentTarget.value.replaceAll('\n', ' '))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault()
      }}
    />
  )
}

interface TickProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>{label}</span>
    </label>
  )
}
