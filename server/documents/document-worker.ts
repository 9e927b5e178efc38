/** Draws PDFs (250 ms of work each), writes and reads tables: on a thread of its own, so that no scan waits for them. */
import { parentPort } from 'node:worker_threads'
import { drawAppendix1 } from './appendix1-drawing.ts'
import type { FromWorker, JobKind, Jobs, ToWorker } from './document-job.ts'
import { drawPoster } from './poster-drawing.ts'
import { writeCsv } from '../sheets/csv-writing.ts'
import { packed, unpacked } from '../sheets/packed-rows.ts'
import { readTableHere } from '../sheets/table-reading.ts'
import { writeXlsx } from '../sheets/xlsx-writing.ts'

type Workers = { readonly [Kind in JobKind]: (given: Jobs[Kind]['given']) => Promise<Jobs[Kind]['made']> }
const workers: Workers = {
  poster: drawPoster,
  appendix1: drawAppendix1,
  xlsx: async ({ rows, ...sheet }) => writeXlsx({ ...sheet, rows: await unpacked(rows) }),
  csv: async ({ rows, ...sheet }) => writeCsv({ ...sheet, rows: await unpacked(rows) }),
  'read-table': async (bytes) => {
    const read = await readTableHere(bytes)
    return read.kind === 'read' ? { ...read, rows: await packed(read.rows) } : read
  },
}

const port = parentPort
port?.on('message', ({ kind, given }: ToWorker) => {
  const answer = (reply: FromWorker): void => port.postMessage(reply)
  // which kind goes with what is given, `done` in document-thread.ts has checked
  const work = workers[kind] as (given: unknown) => Promise<Jobs[JobKind]['made']>
  work(given).then(
    (made) => answer({ made }),
    () => answer({}),
  )
})
