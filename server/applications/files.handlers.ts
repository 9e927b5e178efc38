import type { IncomingMessage } from 'node:http'
import { fileTypeFromBuffer } from 'file-type'
import type { OfficeHandlers } from '../accounts/person.ts'
import { MOST_FILES } from '../../contract/office/applications.ts'
import type { ApplicantView } from '../../contract/join/application-view.ts'
import { databaseAway } from '../db/database-away.ts'
import type { Sql } from '../db/pool.ts'
import { clientAddress } from '../http/client-address.ts'
import { RequestProblem } from '../http/problem.ts'
import { rateLimit } from '../http/rate-limit.ts'
import { acceptsFiles } from './application.ts'
import { scanName, scanType } from './scan-file.ts'
import { addEntry, movedOn, type Application } from './applications.store.ts'
import { addFile, filesOf } from './files.store.ts'

interface Parts {
  readonly sql: Sql
  readonly clock: () => Date
  readonly files: string
  readonly proxies: number
  readonly secretOf: (request: IncomingMessage) => string
  /** @throws {RequestProblem} not-found */
  readonly known: (db: Sql, secret: string) => Promise<Application>
  /** The same, locked. */
  readonly held: (tx: Sql, secret: string) => Promise<Application>
  readonly viewOf: (db: Sql, secret: string) => Promise<ApplicantView>
}

/** The signed paper: judged by its bytes, whatever its name and header say. */
export function uploadHandlers(parts: Parts): Pick<OfficeHandlers, 'uploadScan'> {
  const { sql, clock, files, proxies, secretOf, known, held, viewOf } = parts
  const uploads = rateLimit({ uses: 30, seconds: 3600 })
  return {
    uploadScan: {
      before: async (request) => {
        const secret = secretOf(request)
        await uploads(clientAddress(request, proxies))
        await known(sql, secret)
      },
      handle: async ({ exchange: { request }, body: { bytes, name } }) => {
        const secret = secretOf(request)
        const type = scanType((await fileTypeFromBuffer(bytes))?.mime)
        if (!type) throw new RequestProblem('unsupported-file')
        const at = clock()
        let added: Awaited<ReturnType<typeof addFile>>
        try {
          return await sql.transaction().execute(async (tx) => {
            const { id, state } = await held(tx, secret)
            if (!acceptsFiles(state)) throw movedOn(state, 'applicant')
            added = await addFile(tx, files, id, { name: scanName(name, type), type, bytes, at })
            if (added && (await filesOf(tx, id)).length > MOST_FILES) throw new RequestProblem('too-many-files')
            if (added) await addEntry(tx, id, { at: at.toISOString(), by: 'applicant', event: 'file-added' })
            return viewOf(tx, secret)
          })
        } catch (thrown) {
          // it may have been written all the same, its answer lost: a file too many is better than a row without one
          if (!databaseAway(thrown)) await added?.discard()
          throw thrown
        }
      },
    },
  }
}
