import { assertNever } from '../../../contract/assert-never.ts'
import type { JSX } from 'react'
import alphabetUrl from '../../../resources/calibration/alphabet.png'
import caseUrl from '../../../resources/calibration/case.png'
import lengthUrl from '../../../resources/calibration/length.png'
import { CODE_NAMES, type CodeName } from '../../../contract/kiosk/calibration.ts'
import { isHarmless, type Finding } from '../../../contract/kiosk/calibration-diagnosis.ts'
import type { Calibration, ScannerKind } from '../../preload/setup-api.ts'
import { Advised } from './Advised.tsx'
import type { StepProps } from './step-props.ts'

const PICTURES: Readonly<Record<CodeName, string>> = { alphabet: alphabetUrl, case: caseUrl, length: lengthUrl }

export function CalibrationStep({ setup, words }: StepProps): JSX.Element {
  const { calibrations } = setup
  const newest = calibrations[0]?.diagnosis
  const read = newest?.read ?? []
  const next = CODE_NAMES.find((code) => !read.includes(code)) ?? 'length'
  const said = words.calibration
  return (
    <>
      <h1>{said.heading}</h1>
      <p className="lead">{said.detail}</p>
      <div className="calibration">
        <img className="code" src={PICTURES[next]} alt={said.codePicture(said.codes[next])} data-code={next} />
        <div className="verdicts" aria-live="polite">
          <div className="codes-row">
            <ol className="codes">
              {CODE_NAMES.map((code) => (
                <li key={code} className={read.includes(code) ? 'read' : code === next ? 'next' : ''}>
                  {said.codes[code]}
                  {read.includes(code) && <span className="spoken">{said.codeRead}</span>}
                </li>
              ))}
            </ol>
            {calibrations.length > 0 && (
              <button type="button" onClick={() => void window.kioskSetup.ask({ kind: 'calibrate-anew' })}>
                {said.anew}
              </button>
            )}
          </div>
          {newest === undefined && <Advised advice={said.waiting} tone="waiting" />}
          {calibrations.map((calibration) => (
            <Verdict key={calibration.reader} calibration={calibration} words={words} />
          ))}
        </div>
      </div>
    </>
  )
}

function Verdict({
  calibration,
  words,
}: Pick<StepProps, 'words'> & { readonly calibration: Calibration }): JSX.Element {
  const { findings } = calibration.diagnosis
  return (
    <section className="verdict">
      <h2>{words.readers.names[calibration.reader]}</h2>
      {findings.length === 0 && <Advised advice={{ heading: words.calibration.goOn }} tone="well" />}
      {findings.map((finding) => (
        <Advised
          key={finding.kind}
          advice={adviceOn(finding, words.calibration.findings, calibration.reader)}
          tone={isHarmless(finding) && finding.kind !== 'slow' ? 'well' : 'wrong'}
        />
      ))}
    </section>
  )
}

type Sayings = StepProps['words']['calibration']['findings']

function adviceOn(finding: Finding, sayings: Sayings, reader: ScannerKind): ReturnType<Sayings['all-well']> {
  switch (finding.kind) {
    case 'all-well':
      return sayings['all-well'](finding, reader)
    case 'lower-case':
      return sayings['lower-case'](finding, reader)
    case 'case-inverted':
      return sayings['case-inverted'](finding, reader)
    case 'layout':
      return sayings.layout(finding, reader)
    case 'prefix':
      return sayings.prefix(finding, reader)
    case 'suffix':
      return sayings.suffix(finding, reader)
    case 'spaces':
      return sayings.spaces(finding, reader)
    case 'characters-dropped':
      return sayings['characters-dropped'](finding, reader)
    case 'slow':
      return sayings.slow(finding, reader)
    case 'no-text':
      return sayings['no-text'](finding, reader)
    case 'not-the-sheet':
      return sayings['not-the-sheet'](finding, reader)
    default:
      return assertNever(finding)
  }
}
