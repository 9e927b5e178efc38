import type { JSX, ReactNode } from 'react'

interface ChoiceProps {
  readonly role: 'radio' | 'checkbox'
  readonly checked: boolean
  readonly onChoose: () => void
  readonly children: ReactNode
  readonly className?: string
  readonly disabled?: boolean | undefined
  readonly lang?: string
}

/** A button rather than an input: Enter chooses too, since where nothing is typed the space bar is the scanner's. */
export function Choice({
  role,
  checked,
  onChoose,
  children,
  className = '',
  disabled,
  lang,
}: ChoiceProps): JSX.Element {
  return (
    <button
      type="button"
      role={role}
      aria-checked={checked}
      className={`choice ${role} ${className}`}
      onClick={onChoose}
      disabled={disabled}
      lang={lang}
    >
      <i className="tick" aria-hidden="true" />
      {children}
    </button>
  )
}
